"""Comparisons in patterns of EventBridge rules.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html (looked up 2026-11-28)
"""

from __future__ import annotations

from collections.abc import Callable

from relint._typing import TYPE_CHECKING
from relint.logic.predicates import is_equal
from relint.logic.truth import Truth, any_of, negate
from relint.resolve.value import Located, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.view import View

_IGNORE_CASE = "equals-ignore-case"


def accepts(view: View, item: Located, text: str) -> Truth:
    """Whether an item of a pattern, a value or a comparison such as {prefix: shop-}, matches a text of an event."""
    if isinstance(item.value, Unknown):
        return item.value
    if not isinstance(item.value, dict):
        return is_equal(item.value, text)
    operator = str(next(iter(item.value), ""))
    operand = view.get(item, operator)
    if operator == "exists" and len(item.value) == 1:
        return operand.value if isinstance(operand.value, Unknown) else is_equal(operand.value, "true")
    if operator == "anything-but":
        return negate(any_of(accepts(view, refused, text) for refused in view.scenario.items(operand)))
    if isinstance(operand.value, dict) and operator in _TESTS:  # such as {prefix: {equals-ignore-case: Shop-}}
        operand = view.get(operand, _IGNORE_CASE)
        text = text.lower()
        if isinstance(operand.value, str):
            operand = Located(operand.value.lower(), operand.path)
    if isinstance(operand.value, Unknown):
        return operand.value
    if len(item.value) != 1 or operator not in _TESTS or isinstance(operand.value, dict | list):
        return Unknown(("Pattern", item.path), "relint does not know its comparison")
    return _TESTS[operator](text, scalar_text(operand.value))


def _matches_wildcard(text: str, wildcard: str) -> bool:
    """Whether a text matches a pattern in which each asterisk represents any characters."""
    first, *others = wildcard.split("*")
    if not others:
        return text == wildcard
    *middle, last = others
    position = len(first)
    for part in middle:
        found = text.find(part, position)
        if found < 0:
            return False
        position = found + len(part)
    return text.startswith(first) and text.endswith(last) and position + len(last) <= len(text)


_TESTS: dict[str, Callable[[str, str], bool]] = {
    "prefix": str.startswith,
    "suffix": str.endswith,
    "wildcard": _matches_wildcard,
    _IGNORE_CASE: lambda text, operand: text.lower() == operand.lower(),
}
"""By the operator of a comparison, whether a text passes it."""
