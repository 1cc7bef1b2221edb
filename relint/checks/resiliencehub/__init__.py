"""Coded checks and facts for rules on AWS Resilience Hub."""
