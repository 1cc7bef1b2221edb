"""What the user has decided: files of configuration and options of a run, as one set of values for each template."""
