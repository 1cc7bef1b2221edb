"""Small changes of each rule file, which its own examples must notice: mutation tests of the rules."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor

import pytest

from relint.api import load_rules
from relint.catalog.loader import builtin_rules_directory, find_rule_files
from relint.testing import Mutation, find_mutations

pytestmark = pytest.mark.slow


def unnoticed_changes(file: str) -> list[str]:
    """The changes of a rule file that no example notices, but for those that the file explains."""
    return [
        f"{mutation.rule_id} {mutation.change}" for mutation in find_mutations(file, load_rules()) if is_hole(mutation)
    ]


def is_hole(mutation: Mutation) -> bool:
    return not mutation.is_noticed and mutation.equivalent is None


def test_examples_notice_each_change_of_a_rule() -> None:
    files = find_rule_files(builtin_rules_directory())
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        unnoticed = [change for changes in pool.map(unnoticed_changes, files) for change in changes]
    assert unnoticed == [], "run: relint test rules --mutate, and add an example for each"
