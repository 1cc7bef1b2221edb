"""A run over many templates: order, processes, cache."""
