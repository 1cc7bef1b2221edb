"""Discovery of candidate templates among the paths and URLs of the user."""
