"""Coded checks and facts for rules on AWS KMS."""
