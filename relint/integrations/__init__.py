"""Integrations with other linters."""
