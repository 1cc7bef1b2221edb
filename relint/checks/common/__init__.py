"""Coded facts that rules of many services use."""
