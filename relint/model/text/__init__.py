"""Readers for text formats embedded in properties."""
