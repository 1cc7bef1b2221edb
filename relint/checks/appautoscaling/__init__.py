"""Coded checks and facts for rules on Application Auto Scaling."""
