"""Coded checks and facts for rules on service quotas."""
