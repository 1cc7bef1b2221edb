"""JSON texts with parts that are unknown before deployment."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from relint._typing import Any
from relint.resolve.value import Expression, Unknown, concat, parts_of, scalar_text

MAX_TEXT = 1_048_576
"""Characters above which a text is not parsed: the quota of a state machine definition, the longest JSON of a template.

https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
"""

_VARIABLE = re.compile(r"\$\{([^${}]*)\}")
_MARKER = re.compile("\ue000([0-9]{1,6})\ue001")
_ESCAPE_OR_QUOTE = re.compile(r'\\.|"', re.DOTALL)


def parse_json(value: Any, variables: Mapping[str, Any] | None = None) -> Any:
    """Return the object or list that a text describes; unknown parts of the text become Unknown members.

    `variables` are the values of `${name}` in the text. Returns an Unknown if the text is not a JSON object or list.
    """
    import json

    variables = variables or {}
    expression = value.expression if isinstance(value, Unknown) else scalar_text(value)
    reason = value.reason if isinstance(value, Unknown) else unknown_reason(variables)
    unknowns: list[Expression] = []
    text = _text_with_markers(parts_of(expression), variables, unknowns)
    if text is None:
        return value
    if len(text) > MAX_TEXT:
        return Unknown(("Json", len(text)), "the text is very long")
    try:
        tree = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return Unknown(("Json", len(text)), "the text is no JSON before it is put together")
    if not isinstance(tree, dict | list):
        return Unknown(("Json", len(text)), "the text is no JSON object")
    _replace_markers(tree, unknowns, reason)
    return tree


def _text_with_markers(
    parts: Sequence[Expression], variables: Mapping[str, Any], unknowns: list[Expression]
) -> str | None:
    """Return the text with a marker for each unknown part, or None if all parts are unknown.

    The expressions are added to `unknowns`. A marker outside of a JSON string is quoted, so that the text stays valid.
    """
    if not any(isinstance(part, str) for part in parts):
        return None
    texts: list[str] = []
    is_in_string = False
    for part in parts:
        for piece in substitute_variables(part, variables) if isinstance(part, str) else [Unknown(part, "")]:
            if isinstance(piece, Unknown):
                marker = f"\ue000{len(unknowns)}\ue001"
                unknowns.append(piece.expression)
                texts.append(marker if is_in_string else f'"{marker}"')
            else:
                text = scalar_text(piece)
                texts.append(text)
                quotes = sum(match[0] == '"' for match in _ESCAPE_OR_QUOTE.finditer(text))
                is_in_string ^= quotes % 2 == 1
    return "".join(texts)


def _replace_markers(tree: Any, unknowns: list[Expression], reason: str) -> None:
    """Replace the texts with markers in a tree by Unknowns, in place."""
    stack = [tree]
    while stack:
        node = stack.pop()
        for key, item in list(node.items() if isinstance(node, dict) else enumerate(node)):
            if isinstance(item, dict | list):
                stack.append(item)
            elif isinstance(item, str) and "\ue000" in item:
                parts = _MARKER.split(item)
                for index in range(1, len(parts), 2):
                    number = int(parts[index])
                    parts[index] = Unknown(unknowns[number], reason) if number < len(unknowns) else ""
                node[key] = concat(parts, reason)


def substitute_variables(text: str, variables: Mapping[str, Any]) -> list[Any]:
    """Return the parts of a text, with values in place of its variables."""
    parts: list[Any] = []
    end = 0
    for match in _VARIABLE.finditer(text):
        if match[1] in variables:
            parts += [text[end : match.start()], variables[match[1]]]
            end = match.end()
    return [*parts, text[end:]]


def unknown_reason(variables: Mapping[str, Any]) -> str:
    """Return the reason why a text with these variables is unknown."""
    unknown = next((value for value in variables.values() if isinstance(value, Unknown)), None)
    return unknown.reason if unknown else "a text that is put together on deployment"


def without_markers(key: str) -> str:
    """Return the key of a member for a message, with dots in place of unknown parts."""
    return _MARKER.sub("...", key)
