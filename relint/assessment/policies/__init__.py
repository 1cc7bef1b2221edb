"""Policies: the objectives for recovery that users declare, and the verdicts of an assessment on them."""
