"""Coded checks and facts for rules on the topology of a system."""
