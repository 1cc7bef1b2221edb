"""Coded checks and facts for rules on Elastic Load Balancing."""
