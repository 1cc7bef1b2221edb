"""Values of a change as text, with the parts that only a deployment decides as references."""

from __future__ import annotations

import json

from relint._typing import TYPE_CHECKING, Any
from relint.change.change_set.records import is_open_value
from relint.change.resolved import IDENTITY_KEYS
from relint.resolve.value import ABSENT, Expression, Unknown, arguments_of, function_name, is_concat, scalar_text

if TYPE_CHECKING:
    from relint.change.records import ValueChange

MAX_LENGTH = 100
"""Characters of a value in a message or a table."""


def text_of_value(value: Any) -> str:
    """Return a value on one line, shortened: "not set", `${Stage}-orders`, or the JSON of a mapping or a list."""
    if value is ABSENT:
        return "not set"
    if isinstance(value, dict | list):
        return shorten(json.dumps(plain_value(value), ensure_ascii=False, sort_keys=True))
    return shorten(plain_value(value))


def text_of_item(value: Any) -> str:
    """Return an item of a list on one line: by the member that tells it apart, or its only one, if it has members."""
    if isinstance(value, dict):
        names = [key for key in IDENTITY_KEYS if key in value] or list(value)[: len(value) == 1]
        return text_of_value(value[names[0]] if names else value)
    return text_of_value(value)


def describe_old(value: ValueChange | None = None) -> str:
    """Return the sentence about the old place of a value that differs, or of a resource."""
    if value is None:
        return "The old template has it here."
    if value.replaced:
        return f"It refers to '{value.replaced}', which the update replaces."
    if value.renewed:
        return f"It refers to '{value.renewed}', of which the update makes another version."
    if is_open_value(value.old):
        return f"{value.fact.says}."
    return "It was not set here." if value.old is ABSENT else f"It was '{text_of_value(value.old)}'."


def plain_value(value: Any) -> Any:
    """Return a value of JSON: scalars as texts, unknown parts as references such as `${Stage}`; None if absent."""
    if value is ABSENT:
        return None
    if isinstance(value, dict):
        return {key: plain_value(member) for key, member in value.items()}
    if isinstance(value, list):
        return [plain_value(item) for item in value]
    return _reference_text(value.expression) if isinstance(value, Unknown) else scalar_text(value)


def shorten(text: str) -> str:
    """Return a text on one line, cut at the length of a value."""
    line = " ".join(text.split())
    return line if len(line) <= MAX_LENGTH else f"{line[: MAX_LENGTH - 3]}..."


def _reference_text(expression: Expression) -> str:
    if isinstance(expression, str):
        return expression
    arguments = arguments_of(expression)
    if is_concat(expression):
        return "".join(_reference_text(part) for part in arguments)
    if function_name(expression) in ("Ref", "GetAtt") and all(isinstance(argument, str) for argument in arguments):
        return f"${{{'.'.join(arguments)}}}"
    if function_name(expression) in ("Dynamic", "Items", "Planned") and arguments:
        return _reference_text(arguments[0])
    if function_name(expression) in ("Select", "ImportValue", "GetAZs", "Split", "Base64"):
        return f"{function_name(expression)}({', '.join(map(_argument_text, arguments))})"
    return f"{function_name(expression)}(...)"


def _argument_text(argument: Any) -> str:
    return _reference_text(argument) if isinstance(argument, str | tuple) else str(argument)
