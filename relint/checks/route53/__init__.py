"""Coded checks and facts for rules on Amazon Route 53."""
