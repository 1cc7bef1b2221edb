"""The table of metrics is consistent, dated and sourced."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from relint.model.aws.metrics import _MODULES, Namespace, described_namespace
from relint.model.aws.metrics.records import ANY, Group

RECORD: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "data" / "metrics.yaml").read_text(encoding="utf-8")
)


def described(name: str) -> Namespace:
    namespace = described_namespace(name)
    assert namespace is not None
    return namespace


@pytest.mark.parametrize("name", sorted(_MODULES))
def test_namespace_has_pages_and_a_date(name: str) -> None:
    namespace = described(name)
    assert namespace.sources
    assert all(re.match(r"https://docs\.aws\.amazon\.com/", source) for source in namespace.sources)
    assert date.fromisoformat(namespace.looked_up) >= date(2026, 1, 1)


@pytest.mark.parametrize("name", sorted(_MODULES))
def test_metric_is_described_once(name: str) -> None:
    metrics = [metric for group in described(name).groups for metric in group.metrics.split()]
    assert len(metrics) == len(set(metrics))


@pytest.mark.parametrize("name", sorted(_MODULES))
def test_metric_with_a_substitute_is_not_in_the_table(name: str) -> None:
    namespace = described(name)
    assert [metric for metric in namespace.elsewhere if namespace.groups_of(metric)] == []


@pytest.mark.parametrize("name", sorted(_MODULES))
def test_dimension_sets_are_written_in_order(name: str) -> None:
    sets = [names for group in described(name).groups for names in group.dimensions if names not in ("", ANY)]
    assert [names for names in sets if names != ", ".join(sorted(names.split(", ")))] == []


@pytest.mark.parametrize("name", sorted(_MODULES))
def test_substitute_is_a_metric(name: str) -> None:
    """A substitute of another namespace says so: `mem_used of the agent, in CWAgent`."""
    substitutes = {metric.partition(",")[0] for metric in described(name).elsewhere.values() if ", in " not in metric}
    assert {metric for metric in substitutes if metric and not described(name).groups_of(metric)} == set()


def recorded_group(group: Group) -> dict[str, Any]:
    record = {"metrics": group.metrics, "with": list(group.dimensions), "published": group.published}
    return {**record, "life": True} if group.is_sign_of_life else record


@pytest.mark.parametrize("name", sorted(RECORD.keys() | _MODULES.keys()))
def test_namespace_agrees_with_the_record(name: str) -> None:
    namespace = described(name)
    assert [recorded_group(group) for group in namespace.groups] == RECORD[name]["groups"]
    assert dict(namespace.elsewhere) == RECORD[name]["instead"]
    assert [namespace.is_complete, namespace.only_with_dimensions] == [
        trait in RECORD[name]["traits"] for trait in ("is_complete", "only_with_dimensions")
    ]
    assert list(namespace.always_with) == RECORD[name]["always_with"]
    assert list(namespace.further_dimensions) == RECORD[name]["further"]


def test_namespace_of_a_user_is_not_described() -> None:
    assert described_namespace("Shop") is None


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        pytest.param("ApproximateNumberOfMessageVisible", None, id="a letter is missing within the name"),
        pytest.param("approximateAgeOfOldestMessage", "ApproximateAgeOfOldestMessage", id="another case"),
        pytest.param("NumberOfMessagesSents", "NumberOfMessagesSent", id="one s more"),
    ],
)
def test_similar_metric_differs_in_spelling_only(metric: str, expected: str | None) -> None:
    assert described("AWS/SQS").similar_metric(metric) == expected
