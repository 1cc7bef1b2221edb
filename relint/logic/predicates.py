"""Tests of the rule language: each returns True, False, or the Unknown that prevents an answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import isfinite

from relint._typing import Any
from relint.logic.truth import Truth, any_of
from relint.resolve.value import ABSENT, Unknown, parts_of, scalar_text

_COLLECTIONS = frozenset({dict, list})
_NUMERIC_TYPES = frozenset({int, float, str})

Interval = tuple[float, float]


def apply_test(name: str, value: Any, operand: Any, *, negate: bool = False) -> Truth:
    """Return whether a value passes a test, or (with `negate`) fails it."""
    truth = _PREDICATES[name](value, operand)
    return (not truth) if negate and isinstance(truth, bool) else truth


def is_equal(left: Any, right: Any) -> bool:
    """Whether two known values are equal to CloudFormation, for which "true" equals true and "7" equals 7."""
    if left.__class__ is str and right.__class__ is str and not (left[:1].isdigit() and right[:1].isdigit()):
        return bool(left == right)  # the common case: words
    if left.__class__ in _COLLECTIONS or right.__class__ in _COLLECTIONS:
        return bool(left == right)
    left_text, right_text = scalar_text(left), scalar_text(right)
    if isinstance(left, bool) or isinstance(right, bool):
        return left_text.lower() == right_text.lower()
    return left_text == right_text or (as_number(left) is not None and as_number(left) == as_number(right))


def as_number(value: Any) -> float | None:
    """Return a finite number, also one written as text; None for any other value."""
    if value.__class__ not in _NUMERIC_TYPES:
        return None
    try:
        number = float(value)  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        return None
    return number if isfinite(number) else None


def not_a_number(value: Any) -> Unknown:
    """Return the Unknown for a value that should be a number."""
    text = "" if value is ABSENT else scalar_text(value)
    return Unknown(("NotANumber", text), f'"{text}" is not a number')


def _exists(value: Any, operand: Any) -> Truth:
    if isinstance(value, Unknown) and value.optional:
        return value
    is_present = value is not ABSENT and value != []
    return is_present == bool(operand)


def _known(value: Any, operand: Any) -> Truth:
    return isinstance(value, Unknown) != bool(operand)


def _equals(value: Any, operand: Any) -> Truth:
    if value.__class__ is not Unknown and operand.__class__ is not Unknown:  # the common case
        return value is not ABSENT and is_equal(value, operand)
    if isinstance(value, Unknown) and isinstance(operand, Unknown) and value.expression == operand.expression:
        return True
    for left, right in ((value, operand), (operand, value)):
        if isinstance(left, Unknown):
            if left.named_here and not isinstance(right, Unknown):
                return False
            number = as_number(right)
            is_out_of_bounds = number is not None and not _is_within_bounds(left, number)
            return False if is_out_of_bounds else left
    return value is not ABSENT and is_equal(value, operand)


def _is_within_bounds(unknown: Unknown, number: float) -> bool:
    low, high = _interval(unknown)
    return low <= number <= high


def _in(value: Any, operand: Any) -> Truth:
    return any_of(_equals(value, option) for option in operand)


def _matches(value: Any, operand: Any) -> Truth:
    """Test a regular expression; the operand is the expression and the longest text for which it is fast."""
    if isinstance(value, Unknown):
        return value
    if value is ABSENT:
        return False
    text = scalar_text(value)
    pattern, max_length = operand
    if len(text) > max_length:
        return Unknown(("Long", text), f"a text of {len(text):,} characters is too long for the pattern of the rule")
    return re.search(pattern, text) is not None


def _reserved(value: Any, operand: Any) -> Truth:
    """Test for a name that AWS reserves: the end of an assembled text decides, and no resource has such a name.

    The end of an ARN is the whole name, so that it is no reserved one if it does not match.
    """
    if not isinstance(value, Unknown):
        return _matches(value, operand)
    if value.named_here:
        return False
    end = parts_of(value.expression)[-1]
    if not isinstance(end, str) or len(end) > operand[1]:
        return value
    if re.search(f"(?:{operand[0]})$", end) is not None:
        return True
    return False if "/" in end or ":" in end else value


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
    unknown = next((item for item in items if isinstance(item, Unknown)), None)
    if unknown is not None and len(items) > 1:
        return unknown
    return (len({scalar_text(item) for item in items}) == len(items)) == bool(operand)


def _interval(value: Any) -> Interval:
    """Return the bounds of a number, which are equal for a known number and infinite for an unknown one."""
    if isinstance(value, Unknown):
        low = float("-inf") if value.minimum is None else value.minimum
        high = float("inf") if value.maximum is None else value.maximum
        return low, high
    number = as_number(value)
    return (number, number) if number is not None else (float("-inf"), float("inf"))


def _comparison(compare: Callable[[Interval, Interval], bool | None]) -> Callable[[Any, Any], Truth]:
    """Return the predicate of a comparison of intervals, which returns None if the intervals overlap."""

    def predicate(value: Any, operand: Any) -> Truth:
        if value is ABSENT:
            return False
        result = compare(_interval(value), _interval(operand))
        if result is not None:
            return result
        for side in (value, operand):
            if isinstance(side, Unknown):
                return side
        return not_a_number(value)

    return predicate


def _is_at_least(value: Interval, bound: Interval) -> bool | None:
    return True if value[0] >= bound[1] else False if value[1] < bound[0] else None


def _is_at_most(value: Interval, bound: Interval) -> bool | None:
    return True if value[1] <= bound[0] else False if value[0] > bound[1] else None


def _is_above(value: Interval, bound: Interval) -> bool | None:
    return False if value[1] <= bound[0] else True if value[0] > bound[1] else None


def _is_below(value: Interval, bound: Interval) -> bool | None:
    return False if value[0] >= bound[1] else True if value[1] < bound[0] else None


_PREDICATES: dict[str, Callable[[Any, Any], Truth]] = {
    "exists": _exists,
    "known": _known,
    "equals": _equals,
    "in": _in,
    "matches": _matches,
    "reserved": _reserved,
    "contains": _contains,
    "distinct": _distinct,
    "min": _comparison(_is_at_least),
    "max": _comparison(_is_at_most),
    "above": _comparison(_is_above),
    "below": _comparison(_is_below),
}
