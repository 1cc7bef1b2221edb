"""A template as resources that refer to one another and lie in zones."""
