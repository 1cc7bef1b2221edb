"""Protection that a change weakens or removes, and the causes of it."""
