"""Three-valued logic and the predicates of the rule language."""
