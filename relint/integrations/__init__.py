"""Adapters to other linters."""
