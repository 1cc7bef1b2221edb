"""Coded checks and facts for rules on Amazon Data Lifecycle Manager."""
