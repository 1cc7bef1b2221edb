"""The table of what follows from replacements, against the schemas of CloudFormation."""

from __future__ import annotations

import re

import pytest

from relint.change.facts.replacement_consequences import Consequence, replacement_consequences
from tests.helpers.resource_schemas import files_by_type

ROLES = ("path", "entry", "link", "store")
ROWS = list(replacement_consequences().values())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.resource_type)
def test_row_names_a_type_and_a_dated_page(row: Consequence) -> None:
    assert row.resource_type in files_by_type()
    assert row.role in ROLES
    assert row.source.startswith("https://docs.aws.amazon.com/")
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", row.as_of)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.resource_type)
def test_consequence_continues_a_sentence(row: Consequence) -> None:
    assert re.fullmatch(r"[a-z][^.;]*[a-z]", row.says) or row.says.startswith("CloudFormation ")


def test_rows_stand_in_the_order_of_types() -> None:
    names = [row.resource_type for row in ROWS]
    assert names == sorted(names)
