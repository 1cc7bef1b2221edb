"""Tests of a value: each returns True, False, or the Unknown that keeps it from an answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import isfinite
from typing import Any

from relint.logic.truth import Truth, any_of
from relint.resolve.value import ABSENT, Unknown, scalar_text

_COLLECTIONS = frozenset({dict, list})
_NUMBERS = frozenset({int, float, str})


def apply_test(name: str, value: Any, operand: Any, negate: bool = False) -> Truth:
    """Whether `value` passes the test `name`, or (with `negate`) does not."""
    truth = _PREDICATES[name](value, operand)
    return (not truth) if negate and isinstance(truth, bool) else truth


def is_equal(one: Any, other: Any) -> bool:
    """Whether two known scalars are equal to CloudFormation, which takes "true" for true and "7" for 7."""
    if one.__class__ is str and other.__class__ is str and not (one[:1].isdigit() and other[:1].isdigit()):
        return bool(one == other)  # most comparisons are of words
    if one.__class__ in _COLLECTIONS or other.__class__ in _COLLECTIONS:
        return bool(one == other)
    left, right = scalar_text(one), scalar_text(other)
    if isinstance(one, bool) or isinstance(other, bool):
        return left.lower() == right.lower()
    return left == right or (as_number(one) is not None and as_number(one) == as_number(other))


def as_number(value: Any) -> float | None:
    """A finite number, also when it is written as text; None for anything else."""
    if value.__class__ not in _NUMBERS:
        return None
    try:
        found = float(value)  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        return None
    return found if isfinite(found) else None


def _exists(value: Any, operand: Any) -> Truth:
    if isinstance(value, Unknown) and value.optional:
        return value
    there = value is not ABSENT and value != []
    return there == bool(operand)


def _known(value: Any, operand: Any) -> Truth:
    return isinstance(value, Unknown) != bool(operand)


def _equals(value: Any, operand: Any) -> Truth:
    if value.__class__ is not Unknown and operand.__class__ is not Unknown:  # as nearly all are
        return value is not ABSENT and is_equal(value, operand)
    if isinstance(value, Unknown) and isinstance(operand, Unknown) and value.expression == operand.expression:
        return True
    for one, other in ((value, operand), (operand, value)):
        if isinstance(one, Unknown):
            bound = as_number(other)
            outside = bound is not None and not _within(one, bound)
            return False if outside else one
    return value is not ABSENT and is_equal(value, operand)


def _within(value: Unknown, bound: float) -> bool:
    return (value.minimum is None or value.minimum <= bound) and (value.maximum is None or bound <= value.maximum)


def _in(value: Any, operand: Any) -> Truth:
    return any_of(_equals(value, option) for option in operand)


def _matches(value: Any, operand: Any) -> Truth:
    """The operand is a regular expression and the length of text for which it is known to end soon."""
    if isinstance(value, Unknown):
        return value
    if value is ABSENT:
        return False
    text = scalar_text(value)
    pattern, longest = operand
    if len(text) > longest:
        return Unknown(("Long", text), f"a text of {len(text):,} characters is too long for the pattern of the rule")
    return re.search(pattern, text) is not None


def _contains(value: Any, operand: Any) -> Truth:
    if isinstance(value, Unknown):
        return value
    if not isinstance(value, list):
        return value is not ABSENT and is_equal(value, operand)
    return any_of(_equals(item, operand) for item in value)


def _distinct(value: Any, operand: Any) -> Truth:
    if isinstance(value, Unknown):
        return value
    items = value if isinstance(value, list) else []
    if next((item for item in items if isinstance(item, Unknown)), None) is not None and len(items) > 1:
        return next(item for item in items if isinstance(item, Unknown))
    return (len({scalar_text(item) for item in items}) == len(items)) == bool(operand)


def _bounds(value: Any) -> tuple[float, float]:
    """The interval in which a number lies."""
    if isinstance(value, Unknown):
        low = float("-inf") if value.minimum is None else value.minimum
        high = float("inf") if value.maximum is None else value.maximum
        return low, high
    known = as_number(value)
    return (known, known) if known is not None else (float("-inf"), float("inf"))


def _ordered(decide: Callable[[tuple[float, float], tuple[float, float]], bool | None]) -> Callable[[Any, Any], Truth]:
    def predicate(value: Any, operand: Any) -> Truth:
        if value is ABSENT:
            return False
        answer = decide(_bounds(value), _bounds(operand))
        if answer is not None:
            return answer
        for side in (value, operand):
            if isinstance(side, Unknown):
                return side
        return Unknown(("NotANumber", scalar_text(value)), f'"{scalar_text(value)}" is not a number')

    return predicate


def _least(value: tuple[float, float], bound: tuple[float, float]) -> bool | None:
    return True if value[0] >= bound[1] else False if value[1] < bound[0] else None


def _most(value: tuple[float, float], bound: tuple[float, float]) -> bool | None:
    return True if value[1] <= bound[0] else False if value[0] > bound[1] else None


def _not(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


_PREDICATES: dict[str, Callable[[Any, Any], Truth]] = {
    "exists": _exists,
    "known": _known,
    "equals": _equals,
    "in": _in,
    "matches": _matches,
    "contains": _contains,
    "distinct": _distinct,
    "min": _ordered(_least),
    "max": _ordered(_most),
    "above": _ordered(lambda value, bound: _not(_most(value, bound))),
    "below": _ordered(lambda value, bound: _not(_least(value, bound))),
}
