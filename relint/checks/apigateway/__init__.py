"""Coded checks and facts for rules on Amazon API Gateway."""
