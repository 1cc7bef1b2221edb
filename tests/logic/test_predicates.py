"""Tests of the rule language, on known values, on bounds and on unknown values."""

from __future__ import annotations

from typing import Any

import pytest

from relint.logic.predicates import apply_test
from relint.resolve.value import ABSENT, Unknown

TWO_TO_FIVE = Unknown(("Ref", "Size"), "it is a parameter", minimum=2, maximum=5)

NAME_OF_A_RESOURCE = Unknown(("Ref", "Document"), "it is created", named_here=True)
ASSEMBLED = Unknown(("Concat", "arn:aws:ssm:", ("Ref", "AWS::Region"), "::document/AWS-RunPatchBaseline"), "why")
ARN_OF_ANOTHER = Unknown(("Concat", "arn:aws:ssm:", ("Ref", "AWS::Region"), "::document/setup"), "why")
END_OF_A_NAME = Unknown(("Concat", ("Ref", "Prefix"), "Baseline"), "why")
PATTERN = ("AWS-RunPatchBaseline$", 1_000)


@pytest.mark.parametrize(
    ("name", "value", "operand", "expected"),
    [
        pytest.param("equals", "true", True, True, id="a boolean as text"),
        pytest.param("equals", "7", 7, True, id="a number as text"),
        pytest.param("equals", TWO_TO_FIVE, 9, False, id="a number outside of the bounds"),
        pytest.param("equals", TWO_TO_FIVE, 3, TWO_TO_FIVE, id="a number within the bounds"),
        pytest.param("min", TWO_TO_FIVE, 2, True, id="the lower bound suffices"),
        pytest.param("above", TWO_TO_FIVE, 5, False, id="never above the upper bound"),
        pytest.param("below", TWO_TO_FIVE, 6, True, id="always below a higher number"),
        pytest.param("max", TWO_TO_FIVE, 3, TWO_TO_FIVE, id="the bounds leave it open"),
        pytest.param("min", ABSENT, 0, False, id="an absent number"),
        pytest.param("distinct", ["a", "b", "a"], True, False, id="a repeated item"),
        pytest.param("equals", NAME_OF_A_RESOURCE, "AWS-RunPatchBaseline", False, id="a resource has no name of AWS"),
        pytest.param("in", NAME_OF_A_RESOURCE, ["default"], False, id="nor one of several"),
        pytest.param("equals", NAME_OF_A_RESOURCE, ASSEMBLED, NAME_OF_A_RESOURCE, id="another unknown may be equal"),
        pytest.param("matches", NAME_OF_A_RESOURCE, PATTERN, NAME_OF_A_RESOURCE, id="a pattern may match an ARN"),
        pytest.param("reserved", NAME_OF_A_RESOURCE, PATTERN, False, id="a resource has no reserved name"),
        pytest.param("reserved", ASSEMBLED, PATTERN, True, id="the end of a text decides"),
        pytest.param("reserved", ARN_OF_ANOTHER, PATTERN, False, id="the end of an ARN is a whole name"),
        pytest.param("reserved", END_OF_A_NAME, PATTERN, END_OF_A_NAME, id="a part of a name decides nothing"),
        pytest.param("reserved", TWO_TO_FIVE, PATTERN, TWO_TO_FIVE, id="a parameter may be a reserved name"),
        pytest.param("reserved", "Mine", PATTERN, False, id="a literal that is not reserved"),
        pytest.param("exists", [], True, False, id="an empty list counts as absent"),
    ],
)
def test_predicate_returns(name: str, value: Any, operand: Any, expected: Any) -> None:
    assert apply_test(name, value, operand) == expected


def test_negated_predicate_keeps_unknown() -> None:
    assert apply_test("max", TWO_TO_FIVE, 3, negate=True) == TWO_TO_FIVE
    assert apply_test("max", TWO_TO_FIVE, 6, negate=True) is False
