"""The files of a game day: a page for each event, a template of experiments and an index."""
