"""Facts about updates: what AWS does to a resource when a property changes, and what its users feel."""
