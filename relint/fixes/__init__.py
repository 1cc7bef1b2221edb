"""Fixes: edits of a template's text that make findings go away."""
