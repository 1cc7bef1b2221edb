"""A JSON text -> a document."""

from __future__ import annotations

import json
import re
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from relint.source.document import Document
from relint.source.encoding import bad_character
from relint.source.json_locator import JsonLocator, duplicate_keys
from relint.source.limits import MAX_DEPTH, TOO_DEEP

if TYPE_CHECKING:
    from relint.errors import TemplateError
    from relint.source.text import SourceText

_TOKEN = r'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]|-?Infinity|NaN|-?[0-9]+'  # a text that never ends is one token
_BLANKS = " \t\r\n"


class _NotJson(ValueError):
    """NaN or Infinity, which Python's json would accept."""


def read_json(source: SourceText) -> Document:
    """The document of a JSON text; raises TemplateError with the place of the first mistake."""
    repeated: list[dict[str, Any]] = []

    def to_dict(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        mapping = dict(pairs)
        if len(mapping) != len(pairs):
            repeated.append(mapping)
        return mapping

    if _is_too_deep(source.text):
        raise source.error_at(TOO_DEEP, _too_deep_at(source.text))
    try:
        data = json.loads(source.text, object_pairs_hook=to_dict, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise bad_character(source) or _explain(error, source) from error
    except _NotJson as error:
        message = f"JSON has no {error}; write a number, or put it between quotes."
        raise source.error_at(message, _token_at(source.text, str(error))) from error
    except ValueError as error:
        message = "A number has more digits than Python converts; put it between quotes."
        raise source.error_at(message, _longest_number_at(source.text)) from error
    duplicates = sorted(duplicate_keys(data, repeated, source), key=lambda duplicate: duplicate.second)
    return Document(source, "json", data, tuple(duplicates), (), JsonLocator(source).locate)


def _refuse(name: str) -> None:
    raise _NotJson(name)


def _explain(error: json.JSONDecodeError, source: SourceText) -> TemplateError:
    text = source.text
    here = error.pos + len(text[error.pos :]) - len(text[error.pos :].lstrip(_BLANKS))
    found = text[here : here + 1]
    before = text[:here].rstrip(_BLANKS)
    if error.msg.startswith("Unterminated string"):
        return source.error_at("The text that begins here is never closed; add the double quote.", error.pos)
    if error.msg.startswith("Invalid control character"):
        return source.error_at("A text in JSON cannot go over several lines; write '\\n' for a line break.", error.pos)
    if error.msg.startswith("Invalid \\"):
        return source.error_at("JSON does not know this escape; write '\\\\' for a backslash.", error.pos)
    if error.msg.startswith("Extra data"):
        return source.error_at("The document has ended before this text; remove what is too much.", here)
    if not found:
        return source.error_at("The text ends too early; close what was opened with '{' or '['.", here)
    if error.msg.startswith("Illegal trailing comma") or (found in "]}" and before.endswith(",")):
        comma = error.pos if found == "," else len(before) - 1
        return source.error_at("A comma stands here with nothing behind it; remove it.", comma)
    if found in "#/":
        return source.error_at("JSON has no comments; remove it, or write the template in YAML.", here)
    if found == "'":
        return source.error_at("JSON puts text between double quotes; replace the single quotes.", here)
    wanted = {
        "Expecting ',' delimiter": "A comma is missing before this",
        "Expecting ':' delimiter": "A ':' is missing between key and value",
        "Expecting property name enclosed in double quotes": "A key between double quotes was expected here",
    }.get(error.msg, "A value was expected here")
    return source.error_at(f"{wanted}; write '\"Key\": value' with a comma between two of them.", here)


def _is_too_deep(text: str) -> bool:
    """Whether objects and arrays are nested deeper than MAX_DEPTH.

    Known before json's scanner, because that recurses on the C stack and, from Python 3.12 on, ends the process when it
    does so in a thread with a small one. Every second piece between quotes stands outside of the texts.
    """
    if text.count("{") + text.count("[") <= MAX_DEPTH:
        return False
    outside = "".join(text.replace("\\\\", "").replace('\\"', "").split('"')[::2])
    steps = (1 if bracket in "{[" else -1 for bracket in re.findall(r"[\[\]{}]", outside))
    return max(accumulate(steps), default=0) > MAX_DEPTH


def _too_deep_at(text: str) -> int | None:
    depth = 0
    for token in re.finditer(_TOKEN, text, re.DOTALL):
        if token[0] in ("{", "["):
            depth += 1
            if depth > MAX_DEPTH:
                return token.start()
        elif token[0] in ("}", "]"):
            depth -= 1
    return None


def _token_at(text: str, wanted: str) -> int | None:
    return next((token.start() for token in re.finditer(_TOKEN, text, re.DOTALL) if token[0] == wanted), None)


def _longest_number_at(text: str) -> int | None:
    numbers = (token for token in re.finditer(_TOKEN, text, re.DOTALL) if token[0][0] in "-0123456789")
    longest = max(numbers, key=lambda token: len(token[0]), default=None)
    return longest.start() if longest else None
