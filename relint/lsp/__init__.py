"""A language server: what relint finds, while a template is written."""
