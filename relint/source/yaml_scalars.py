"""Values of plain (unquoted) scalars in YAML 1.1, the version that CloudFormation reads.

https://yaml.org/type/bool.html, https://yaml.org/type/int.html, https://yaml.org/type/float.html,
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
"""

from __future__ import annotations

import re
from functools import reduce

Scalar = str | int | float | bool | None

_KEYWORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    **{spelling: None for keyword in ("null",) for spelling in (keyword, keyword.title(), keyword.upper())},
    **{spelling: True for keyword in ("yes", "true", "on") for spelling in (keyword, keyword.title(), keyword.upper())},
    **{
        spelling: False
        for keyword in ("no", "false", "off")
        for spelling in (keyword, keyword.title(), keyword.upper())
    },
}
_NUMBER_START = frozenset("+-.0123456789")
_NUMBER_CHARACTERS = frozenset("+-.:_0123456789abcdefABCDEFinxINX")
_DECIMAL = r"[-+]?(?:0|[1-9][0-9_]*)"
_BASED = r"[-+]?0(?:b(?P<binary>[01_]+)|x(?P<hexadecimal>[0-9a-fA-F_]+)|(?P<octal>[0-7_]+))"
_SEXAGESIMAL = r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"
_FLOAT = r"[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+][0-9]+)?"
_SPECIAL = r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
# The patterns are compiled only if a text may be a number, because each compilation takes a part of a millisecond.
_BASES = {"binary": 2, "octal": 8, "hexadecimal": 16}


def resolve_plain_scalar(text: str) -> Scalar:
    """Return the value of a plain scalar: None, a bool, a number, or the text. Dates stay text."""
    if text in _KEYWORDS:
        return _KEYWORDS[text]
    if text[0] not in _NUMBER_START or not _NUMBER_CHARACTERS.issuperset(text):
        return text
    try:
        return int(text) if text.isdecimal() and text[0] != "0" else _parse_number(text)
    except ValueError:  # the digits are only underscores, or more than Python converts
        return text


def _parse_number(text: str) -> str | int | float:
    if re.fullmatch(_DECIMAL, text):
        return int(text.replace("_", ""))
    if match := re.fullmatch(_BASED, text):
        sign = -1 if text[0] == "-" else 1
        return sign * int(match[match.lastgroup or ""].replace("_", ""), _BASES[match.lastgroup or ""])
    if re.fullmatch(_FLOAT, text):
        return float(text.replace("_", ""))
    if re.fullmatch(_SPECIAL, text):
        return float(text.replace(".", ""))
    if re.fullmatch(_SEXAGESIMAL, text):
        return _parse_sexagesimal(text.replace("_", ""))
    return text


def _parse_sexagesimal(text: str) -> str | int | float:
    """Return the value of a number to base 60: 90 for 1:30. An integer must not begin with 0, so 08:30 stays text."""
    *leading, last = text.lstrip("+-").split(":")
    if "." not in last and leading[0].startswith("0"):
        return text
    high = reduce(lambda total, part: total * 60 + int(part), leading, 0)
    value = high * 60 + (float(last) if "." in last else int(last))
    return -value if text.startswith("-") else value
