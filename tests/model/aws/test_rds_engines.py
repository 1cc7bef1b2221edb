"""The table of what RDS cannot do, against the rules that ask it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

import pytest

from relint.api import load_rules
from relint.model.aws.rds_engines import EXCLUSIONS, Exclusion

ENGINES = (
    *("aurora", "aurora-mysql", "aurora-postgresql", "mysql", "mariadb", "postgres", "db2-ae", "db2-ce", "db2-se"),
    *("oracle-ee", "oracle-ee-cdb", "oracle-se2", "oracle-se2-cdb", "custom-oracle-ee", "custom-oracle-se2-cdb"),
    *("sqlserver-dev-ee", "sqlserver-ee", "sqlserver-se", "sqlserver-ex", "sqlserver-web", "custom-sqlserver-web"),
)
"""Engines of the API, and aurora, which has ended.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
"""


def features_of(clause: Any) -> Iterator[str]:
    """Yield the features about which compiled clauses ask."""
    if isinstance(clause, dict):
        if clause.get("feature"):
            yield clause["feature"]
        clause = list(clause.values())
    if isinstance(clause, list | tuple):
        for part in clause:
            yield from features_of(part)


def test_rules_ask_for_the_features_of_the_table() -> None:
    clauses = [(case.when, case.asserts) for rule in load_rules() for case in rule.cases]
    assert set(features_of(clauses)) == {exclusion.feature for exclusion in EXCLUSIONS}


@pytest.mark.parametrize(
    "exclusion", EXCLUSIONS, ids=lambda exclusion: f"{exclusion.feature} {' '.join(exclusion.engines)}"
)
def test_exclusion_has_a_source_a_day_and_an_engine(exclusion: Exclusion) -> None:
    assert exclusion.source.startswith("https://docs.aws.amazon.com/")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", exclusion.checked)
    assert all(any(fnmatchcase(engine, name) for engine in ENGINES) for name in exclusion.engines)
