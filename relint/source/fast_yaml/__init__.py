"""Reader for the plain subset of YAML that most templates are written in."""
