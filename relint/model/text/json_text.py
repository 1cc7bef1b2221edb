"""JSON texts of which only a deployment knows some parts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from relint.resolve.value import Expression, Unknown, concat, scalar_text

MAX_TEXT = 1_048_576
"""Longer texts are not read; a state machine definition, the longest JSON text of a template, may not be longer.

https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
"""

_VARIABLE = re.compile(r"\$\{([^${}]*)\}")
_MARK = re.compile("\ue000([0-9]{1,6})\ue001")
_QUOTE = re.compile(r'\\.|"', re.DOTALL)


def parse_json(value: Any, variables: Mapping[str, Any] = {}) -> Any:
    """The object or list that a text describes: what is Unknown in the text is Unknown below it, and nothing else.

    `variables` are the values of `${name}` in the text. An Unknown if the text as a whole cannot be read.
    """
    import json

    form = value.expression if isinstance(value, Unknown) else scalar_text(value)
    reason = value.reason if isinstance(value, Unknown) else unknown_reason(variables)
    pieces = form[1:] if isinstance(form, tuple) and form[:1] == ("Concat",) else (form,)
    unknowns: list[Expression] = []
    text = _marked(pieces, variables, unknowns)
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
    _put_unknowns(tree, unknowns, reason)
    return tree


def _marked(pieces: Sequence[Expression], variables: Mapping[str, Any], unknowns: list[Expression]) -> str | None:
    """The text with a mark for each unknown piece, quoted where it is outside of a string; None if nothing is known."""
    if not any(isinstance(piece, str) for piece in pieces):
        return None
    marked: list[str] = []
    quoted = False
    for piece in pieces:
        for part in substitute_variables(piece, variables) if isinstance(piece, str) else [Unknown(piece, "")]:
            if isinstance(part, Unknown):
                mark = f"\ue000{len(unknowns)}\ue001"
                unknowns.append(part.expression)
                marked.append(mark if quoted else f'"{mark}"')
            else:
                text = scalar_text(part)
                marked.append(text)
                quoted ^= sum(found[0] == '"' for found in _QUOTE.finditer(text)) % 2 == 1
    return "".join(marked)


def _put_unknowns(tree: Any, unknowns: list[Expression], reason: str) -> None:
    stack = [tree]
    while stack:
        node = stack.pop()
        for key, item in list(node.items() if isinstance(node, dict) else enumerate(node)):
            if isinstance(item, dict | list):
                stack.append(item)
            elif isinstance(item, str) and "\ue000" in item:
                parts = _MARK.split(item)
                for index in range(1, len(parts), 2):
                    number = int(parts[index])
                    parts[index] = Unknown(unknowns[number], reason) if number < len(unknowns) else ""
                node[key] = concat(parts, reason)


def substitute_variables(text: str, variables: Mapping[str, Any]) -> list[Any]:
    """The parts of a text with values where its variables were."""
    parts: list[Any] = []
    end = 0
    for match in _VARIABLE.finditer(text):
        if match[1] in variables:
            parts += [text[end : match.start()], variables[match[1]]]
            end = match.end()
    return [*parts, text[end:]]


def unknown_reason(variables: Mapping[str, Any]) -> str:
    """Why a text with these variables is not known."""
    unknown = next((value for value in variables.values() if isinstance(value, Unknown)), None)
    return unknown.reason if unknown else "a text that is put together on deployment"


def without_markers(name: str) -> str:
    """A member's name for people, with dots for its unknown parts."""
    return _MARK.sub("...", name)
