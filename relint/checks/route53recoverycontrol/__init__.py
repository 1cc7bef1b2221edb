"""Coded checks and facts for rules on Amazon Application Recovery Controller."""
