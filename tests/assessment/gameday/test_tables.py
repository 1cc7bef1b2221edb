"""Tables of faults: each row has its source and its day, and each action what its permissions need."""

from __future__ import annotations

import csv
import json
from importlib.metadata import files

import pytest

from relint.assessment.gameday.conditions import CONDITIONS
from relint.assessment.gameday.tables import FisAction, fis_actions, manual_ways, permissions
from tests.helpers.paths import ROOT

ROWS = (*fis_actions(), *permissions(), *manual_ways())
INJECTED = [action for action in fis_actions() if action.kinds]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(map(str, row[:3])))
def test_row_has_the_page_and_the_day_on_which_it_was_read(row: FisAction) -> None:
    assert row.source.startswith(("https://docs.aws.amazon.com/", "https://aws.amazon.com/"))
    assert "2026-11-01" <= row.as_of <= "2026-12-31"


@pytest.mark.parametrize("action", INJECTED, ids=lambda action: f"{action.id} {action.kinds} {action.types}")
def test_action_of_an_event_has_a_target_texts_and_permissions(action: FisAction) -> None:
    types = {row.type for row in permissions() if row.action == action.id}

    assert action.mark in ("C", "J")
    assert set(action.kinds) <= {"hardware", "zone", "service", "region"}
    assert action.target_key and action.target_type and action.selection and action.says and action.stop
    assert action.target_arn or action.target_tags or action.target_parameters
    assert not (action.target_arn and (action.target_tags or action.filters)), "FIS takes only one of them"
    assert types, "an experiment without permissions fails"
    assert not action.condition or action.condition in CONDITIONS


@pytest.mark.parametrize("name", ["fis_actions", "fis_permissions", "manual_ways"])
def test_each_row_has_all_columns_and_no_more(name: str) -> None:
    with open(ROOT / f"relint/assessment/gameday/{name}.csv", encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)

    assert {len(row) for row in rows} == {len(header)}


def test_permissions_are_those_of_actions_in_the_table() -> None:
    assert {row.action for row in permissions()} - {action.id for action in INJECTED} == {"*"}


def test_each_condition_is_one_of_a_row() -> None:
    rows = (*fis_actions(), *manual_ways())
    assert {row.condition for row in rows} - {""} == set(CONDITIONS)


def test_last_manual_way_of_each_kind_is_for_any_type() -> None:
    for kind in ("hardware", "zone", "service", "data", "region"):
        way = [way for way in manual_ways() if way.kind == kind][-1]
        assert (way.types, way.condition) == (("*",), "")


# What IAM can narrow is what the Service Authorization Reference says, of which cfn-lint has a copy.
@pytest.mark.slow
def test_permissions_exist_and_are_narrowed_where_iam_can() -> None:
    path = next(file for file in files("cfn-lint") or [] if str(file).endswith("AdditionalSpecs/Policies.json"))
    services = json.loads(path.read_text(encoding="utf-8"))
    wide = set()
    for row in permissions():
        for name in row.permissions:
            service, _, action = name.partition(":")
            described = services[service]["Actions"][action.lower()]
            if row.resource == "*" and not row.conditions and described.get("Resources"):
                wide.add(name)

    assert wide == set()
