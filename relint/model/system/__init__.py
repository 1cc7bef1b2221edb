"""The system that a template describes: what depends on what, where requests enter, what a failure takes along."""
