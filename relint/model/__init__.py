"""A template as resources that refer to one another, with their names, networks and zones."""
