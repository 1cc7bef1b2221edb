"""YAML of a CloudFormation template that relint writes: the same bytes for the same values, and no surprises."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from relint._typing import Any, NamedTuple

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*(::?[A-Za-z0-9_./-]+)*")
_WORDS = {"true", "false", "yes", "no", "on", "off", "y", "n", "null"}


class Ref(NamedTuple):
    """A reference to a parameter or resource."""

    name: str


class GetAtt(NamedTuple):
    """An attribute of a resource, as in "Role.Arn"."""

    name: str


class Sub(NamedTuple):
    """A text with references such as "${Name}"."""

    text: str


class If(NamedTuple):
    """One of two values, by a condition."""

    condition: str
    then: Any
    otherwise: Any


def yaml_lines(value: Mapping[str, Any], indent: int = 0) -> Iterator[str]:
    """Yield the lines of a mapping; values are mappings, lists, texts, numbers, truth values and functions."""
    for key, item in value.items():
        yield from _entry(" " * indent + yaml_scalar(key) + ":", item, indent)


def yaml_scalar(value: object) -> str:
    """Return a scalar or a function on one line; what could be read as anything but a text is quoted."""
    if isinstance(value, Ref):
        return f"!Ref {value.name}"
    if isinstance(value, GetAtt):
        return f"!GetAtt {value.name}"
    if isinstance(value, Sub):
        return f"!Sub {_quoted(value.text)}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    return text if _PLAIN.fullmatch(text) and text.lower() not in _WORDS else _quoted(text)


def _quoted(text: str) -> str:
    """Return a text between double quotes; JSON would write a character beyond 16 bits as two, which YAML rejects."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(character if character.isprintable() else f"\\U{ord(character):08x}" for character in quoted)


def _entry(start: str, item: Any, indent: int) -> Iterator[str]:
    if isinstance(item, Mapping) and item:
        yield start
        yield from yaml_lines(item, indent + 2)
    elif isinstance(item, list) and item:
        yield start
        yield from _items(item, indent + 2)
    elif isinstance(item, If):
        yield f"{start} !If"
        yield from _items([item.condition, item.then, item.otherwise], indent + 2)
    else:
        empty = "{}" if isinstance(item, Mapping) else "[]" if isinstance(item, list) else None
        yield f"{start} {empty or yaml_scalar(item)}"


def _items(items: list[Any], indent: int) -> Iterator[str]:
    start = " " * indent + "-"
    for item in items:
        if isinstance(item, Mapping) and item:
            first, *rest = yaml_lines(item, indent + 2)
            yield f"{start} {first.strip()}"
            yield from rest
        else:
            yield from _entry(start, item, indent)
