"""Intrinsic functions, parameters and conditions: what a value is in one deployment."""
