"""The settings of each template, from files of configuration and options of the run."""
