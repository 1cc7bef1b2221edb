"""Suppressions: where users write them, which findings they match, and which are unused."""
