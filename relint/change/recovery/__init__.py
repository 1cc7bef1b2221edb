"""Comparison of a primary template with its recovery template."""
