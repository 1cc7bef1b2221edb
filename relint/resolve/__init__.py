"""Intrinsic functions, parameters and conditions, and the values that follow from them in a deployment."""
