"""Reader of JSON, built on the json module."""

from __future__ import annotations

import json
import re
from itertools import accumulate

from relint._typing import TYPE_CHECKING, Any
from relint.source.document import Document
from relint.source.encoding import invalid_character_error
from relint.source.json_locator import JsonLocator, duplicate_keys
from relint.source.limits import MAX_DEPTH, TOO_DEEP

if TYPE_CHECKING:
    from relint.errors import TemplateError
    from relint.source.text import SourceText

_TOKEN = r'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]|-?Infinity|NaN|-?[0-9]+'  # a string that is never closed is one token
_BLANKS = " \t\r\n"


class _NotJson(ValueError):
    """A constant, NaN or Infinity, that the json module accepts but JSON does not have."""


def read_json(source: SourceText) -> Document:
    """Return the document of a JSON text; raises TemplateError at the first mistake."""
    objects_with_duplicates: list[dict[str, Any]] = []

    def to_dict(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        mapping = dict(pairs)
        if len(mapping) != len(pairs):
            objects_with_duplicates.append(mapping)
        return mapping

    if _is_too_deep(source.text):
        raise source.error_at(TOO_DEEP, _offset_of_excessive_depth(source.text))
    try:
        data = json.loads(source.text, object_pairs_hook=to_dict, parse_constant=_reject_constant)
    except json.JSONDecodeError as error:
        raise invalid_character_error(source) or _explain(error, source) from error
    except _NotJson as error:
        message = f"JSON has no {error}; write a number, or put it between quotes."
        raise source.error_at(message, _offset_of_token(source.text, str(error))) from error
    except ValueError as error:
        message = "A number has more digits than Python converts; put it between quotes."
        raise source.error_at(message, _offset_of_longest_number(source.text)) from error
    duplicates = duplicate_keys(data, objects_with_duplicates, source)
    return Document(
        source=source,
        language="json",
        data=data,
        duplicates=tuple(sorted(duplicates, key=lambda duplicate: duplicate.second)),
        inline_suppressions=(),
        locate=JsonLocator(source).locate,
    )


def _reject_constant(name: str) -> None:
    raise _NotJson(name)


def _explain(error: json.JSONDecodeError, source: SourceText) -> TemplateError:
    text = source.text
    offset = error.pos + len(text[error.pos :]) - len(text[error.pos :].lstrip(_BLANKS))
    character = text[offset : offset + 1]
    text_before = text[:offset].rstrip(_BLANKS)
    if error.msg.startswith("Unterminated string"):
        return source.error_at("The text that begins here is never closed; add the double quote.", error.pos)
    if error.msg.startswith("Invalid control character"):
        return source.error_at("A text in JSON cannot go over several lines; write '\\n' for a line break.", error.pos)
    if error.msg.startswith("Invalid \\"):
        return source.error_at("JSON does not know this escape; write '\\\\' for a backslash.", error.pos)
    if error.msg.startswith("Extra data"):
        return source.error_at("The document has ended before this text; remove what is too much.", offset)
    if not character:
        return source.error_at("The text ends too early; close what was opened with '{' or '['.", offset)
    if error.msg.startswith("Illegal trailing comma") or (character in "]}" and text_before.endswith(",")):
        comma = error.pos if character == "," else len(text_before) - 1
        return source.error_at("A comma stands here with nothing behind it; remove it.", comma)
    if character in "#/":
        return source.error_at("JSON has no comments; remove it, or write the template in YAML.", offset)
    if character == "'":
        return source.error_at("JSON puts text between double quotes; replace the single quotes.", offset)
    mistake = {
        "Expecting ',' delimiter": "A comma is missing before this",
        "Expecting ':' delimiter": "A ':' is missing between key and value",
        "Expecting property name enclosed in double quotes": "A key between double quotes was expected here",
    }.get(error.msg, "A value was expected here")
    return source.error_at(f"{mistake}; write '\"Key\": value' with a comma between two of them.", offset)


def _is_too_deep(text: str) -> bool:
    """Whether objects and arrays are nested deeper than MAX_DEPTH.

    Checked before the json module reads the text: its scanner recurses on the C stack and, from Python 3.12 on, ends
    the process in a thread whose stack is too small. Every second piece between quotes is outside of strings.
    """
    if text.count("{") + text.count("[") <= MAX_DEPTH:
        return False
    outside_strings = "".join(text.replace("\\\\", "").replace('\\"', "").split('"')[::2])
    changes = (1 if bracket in "{[" else -1 for bracket in re.findall(r"[\[\]{}]", outside_strings))
    return max(accumulate(changes), default=0) > MAX_DEPTH


def _offset_of_excessive_depth(text: str) -> int | None:
    depth = 0
    for token in re.finditer(_TOKEN, text, re.DOTALL):
        if token[0] in ("{", "["):
            depth += 1
            if depth > MAX_DEPTH:
                return token.start()
        elif token[0] in ("}", "]"):
            depth -= 1
    return None


def _offset_of_token(text: str, expected: str) -> int | None:
    return next((token.start() for token in re.finditer(_TOKEN, text, re.DOTALL) if token[0] == expected), None)


def _offset_of_longest_number(text: str) -> int | None:
    numbers = (token for token in re.finditer(_TOKEN, text, re.DOTALL) if token[0][0] in "-0123456789")
    longest = max(numbers, key=lambda token: len(token[0]), default=None)
    return longest.start() if longest else None
