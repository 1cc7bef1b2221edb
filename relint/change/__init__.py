"""The difference between two templates, and what an update from one to the other does to deployed resources."""
