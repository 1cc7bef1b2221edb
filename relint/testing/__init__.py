"""Tests of rule files against the examples that they contain, for relint's rules and those of users."""

from relint.testing.examples import example_errors, run_examples
from relint.testing.mutation import Mutation, find_mutations

__all__ = ["Mutation", "example_errors", "find_mutations", "run_examples"]
