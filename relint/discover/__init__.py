"""Discovery of candidate templates: from the paths and URLs of the user to files that are read."""
