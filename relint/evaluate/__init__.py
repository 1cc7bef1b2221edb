"""Rules and templates in, verdicts out."""
