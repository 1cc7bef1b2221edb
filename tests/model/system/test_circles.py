from __future__ import annotations

import pytest

from relint.model.system.circles import find_circles


@pytest.mark.parametrize(
    ("steps", "circles"),
    [
        pytest.param({"a": "b", "b": "c", "c": ""}, [], id="a way that ends"),
        pytest.param({"a": "a"}, ["a"], id="a node that leads to itself"),
        pytest.param({"a": "b", "b": "c", "c": "b"}, ["bc"], id="a way into a circle is no part of it"),
        pytest.param({"a": "bc", "b": "a", "c": "d", "d": "c"}, ["ab", "cd"], id="two circles with a bridge"),
        pytest.param({"a": "bc", "b": "d", "c": "d", "d": ""}, [], id="two ways to one end"),
    ],
)
def test_circles_are_nodes_that_lead_to_each_other(steps: dict[str, str], circles: list[str]) -> None:
    found = find_circles(steps, lambda node: steps[node])
    assert sorted("".join(sorted(group)) for group in found) == circles


def test_long_circle_needs_no_recursion() -> None:
    size = 50_000
    assert find_circles([0], lambda node: [(node + 1) % size]) == [frozenset(range(size))]
