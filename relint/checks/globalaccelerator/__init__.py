"""Coded checks and facts for rules on AWS Global Accelerator."""
