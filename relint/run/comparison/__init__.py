"""Comparison of files, stacks and revisions, judged by the rules about changes."""
