"""Additions of metric math name the metrics without which they have no value."""

from __future__ import annotations

import pytest

from relint.model.text.metric_math import NotArithmetic, Series, sums_of


def sides(text: str) -> list[tuple[str, str]]:
    """Return the needed metrics of both sides of each addition, where every id is a metric with gaps."""
    sums = sums_of(text, lambda name: Series(metrics=frozenset({name}), needed=frozenset({name})))
    return [(" ".join(sorted(left.needed)), " ".join(sorted(right.needed))) for left, right in sums]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("m1+m2", [("m1", "m2")], id="two metrics"),
        pytest.param("m1 + m2 + m3", [("m1", "m2"), ("m1 m2", "m3")], id="three metrics"),
        pytest.param("100*(m1+m2)/m3", [("m1", "m2")], id="within a share"),
        pytest.param("FILL(m1, 0) + FILL(m2,REPEAT)", [("", "")], id="both filled"),
        pytest.param("FILL(m1+m2, 0)", [("m1", "m2")], id="filled too late"),
        pytest.param("-m1 + 2.5", [("m1", "")], id="a constant"),
        pytest.param("m1 - m2", [], id="a difference"),
        pytest.param("ABS(m1) + m2", [("m1", "m2")], id="a function of one series"),
    ],
)
def test_addition_has_two_sides(text: str, expected: list[tuple[str, str]]) -> None:
    assert sides(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "SUM(METRICS())",
        "IF(m1 > 0, m1 + m2)",
        "SEARCH('{AWS/SQS,QueueName}', 'Sum')",
        "m1 +",
        "(m1",
        "m1 m2",
        "",
        "m1)",
    ],
)
def test_expression_with_other_functions_is_rejected(text: str) -> None:
    with pytest.raises(NotArithmetic):
        sides(text)
