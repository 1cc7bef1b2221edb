"""Integers, and bounds of unknown numbers."""

from __future__ import annotations

from collections.abc import Callable

from relint._typing import Any
from relint.logic.predicates import as_number, not_a_number
from relint.resolve.value import ABSENT, Located, Unknown


def integer_value(located: Located, default: int | None = None) -> Any:
    """Return an integer, also one written as text; `default` if the value is absent, else an Unknown."""
    value = located.value
    if value is ABSENT and default is not None:
        return default
    if isinstance(value, Unknown):
        return value
    number = as_number(value)
    return not_a_number(value) if number is None else int(number)


def map_bounds(value: Any, increasing: Callable[[Any], Any]) -> Any:
    """Return `increasing(value)`, or for an Unknown an Unknown between the results for its bounds.

    The function must not decrease, so that bounds stay bounds. Sizes are never below 0.
    """
    if not isinstance(value, Unknown):
        return increasing(value)
    return Unknown(
        expression=("Derived", value.expression),
        reason=value.reason,
        minimum=increasing(max(value.minimum or 0, 0)),
        maximum=None if value.maximum is None else increasing(value.maximum),
    )
