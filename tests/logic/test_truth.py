"""Three-valued logic: any_of, all_of and negate."""

from __future__ import annotations

import pytest

from relint.logic.truth import Truth, all_of, any_of, negate
from relint.resolve.value import Unknown

FIRST = Unknown(("Ref", "First"), "it is a parameter")
SECOND = Unknown(("Ref", "Second"), "it is a parameter")


@pytest.mark.parametrize(
    ("truths", "expected"),
    [
        pytest.param([], False, id="nothing is false"),
        pytest.param([False, FIRST, True], True, id="true decides"),
        pytest.param([False, FIRST, SECOND], FIRST, id="the first unknown is reported"),
        pytest.param([False, False], False, id="all false"),
    ],
)
def test_any_of_is_true_before_unknown_before_false(truths: list[Truth], expected: Truth) -> None:
    assert any_of(truths) is expected


@pytest.mark.parametrize(
    ("truths", "expected"),
    [
        pytest.param([], True, id="nothing is true"),
        pytest.param([True, FIRST, False], False, id="false decides"),
        pytest.param([True, FIRST, SECOND], FIRST, id="the first unknown is reported"),
        pytest.param([True, True], True, id="all true"),
    ],
)
def test_all_of_is_false_before_unknown_before_true(truths: list[Truth], expected: Truth) -> None:
    assert all_of(truths) is expected


def test_negation_of_unknown_is_unknown() -> None:
    assert [negate(True), negate(False), negate(FIRST)] == [False, True, FIRST]
