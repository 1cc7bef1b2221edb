"""Whole numbers and bounds of numbers that are not known."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from relint.logic.predicates import as_number
from relint.resolve.value import ABSENT, Located, Unknown, scalar_text

if TYPE_CHECKING:
    pass


def integer_value(located: Located, default: int | None = None) -> Any:
    """A whole number that may be written as text; `default` if it was left out, else an Unknown."""
    value = located.value
    if value is ABSENT and default is not None:
        return default
    if isinstance(value, Unknown):
        return value
    known = as_number(value)
    if known is None:
        shown = "" if value is ABSENT else scalar_text(value)
        return Unknown(("NotANumber", shown), f'"{shown}" is not a number')
    return int(known)


def map_bounds(value: Any, increasing: Callable[[Any], Any]) -> Any:
    """`increasing` of a number; of an Unknown, an Unknown between what it makes of the bounds.

    The function never falls, so that a bound stays a bound. No size is below 0.
    """
    if not isinstance(value, Unknown):
        return increasing(value)
    low = increasing(max(value.minimum or 0, 0))
    high = None if value.maximum is None else increasing(value.maximum)
    return Unknown(("Derived", value.expression), value.reason, low, high)
