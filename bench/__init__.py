"""relint measured against what a user would pick instead, on the same files in the same run: python -m bench."""
