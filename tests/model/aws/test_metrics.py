"""The table of metrics is consistent, dated and sourced."""

from __future__ import annotations

import re
from datetime import date

import pytest

from relint.model.aws.metrics import _MODULES, Namespace, described_namespace
from relint.model.aws.metrics.records import ANY


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
