"""Reader for all of YAML, built on libyaml's composer."""
