"""What plain (unquoted) words mean in YAML 1.1, which is the version that CloudFormation reads.

https://yaml.org/type/bool.html, https://yaml.org/type/int.html, https://yaml.org/type/float.html,
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
"""

from __future__ import annotations

import re
from functools import reduce

Scalar = str | int | float | bool | None

_WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    **{form: None for word in ("null",) for form in (word, word.title(), word.upper())},
    **{form: True for word in ("yes", "true", "on") for form in (word, word.title(), word.upper())},
    **{form: False for word in ("no", "false", "off") for form in (word, word.title(), word.upper())},
}
_NUMBER_START = frozenset("+-.0123456789")
_NUMBER = frozenset("+-.:_0123456789abcdefABCDEFinxINX")
_DECIMAL = r"[-+]?(?:0|[1-9][0-9_]*)"
_BASED = r"[-+]?0(?:b(?P<binary>[01_]+)|x(?P<hexadecimal>[0-9a-fA-F_]+)|(?P<octal>[0-7_]+))"
_SEXAGESIMAL = r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"
_FLOAT = r"[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+][0-9]+)?"
_SPECIAL = r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
"""Patterns as texts: compiled only if there is something to match, because each takes a part of a millisecond."""
_BASES = {"binary": 2, "octal": 8, "hexadecimal": 16}


def resolve_plain_scalar(text: str) -> Scalar:
    """The value of a plain scalar: None, a bool, a number, or the text itself. Dates stay text."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_START or not _NUMBER.issuperset(text):
        return text
    try:
        return _number(text)
    except ValueError:  # digits that are only underscores, or more of them than Python converts
        return text


def _number(text: str) -> str | int | float:
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
        return _sexagesimal(text.replace("_", ""))
    return text


def _sexagesimal(text: str) -> str | int | float:
    """Base 60, as in 1:30 for ninety; the integer form must not begin with 0, so that 08:30 stays text."""
    *whole, last = text.lstrip("+-").split(":")
    if "." not in last and whole[0].startswith("0"):
        return text
    high = reduce(lambda total, part: total * 60 + int(part), whole, 0)
    value = high * 60 + (float(last) if "." in last else int(last))
    return -value if text.startswith("-") else value
