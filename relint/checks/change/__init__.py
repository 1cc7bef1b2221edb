"""Checks of rules about changes."""
