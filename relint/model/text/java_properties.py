"""Texts in the format of Java's .properties files, such as the settings of a Kafka broker."""

from __future__ import annotations

import re

from relint._typing import Any
from relint.resolve.value import ABSENT, Expression, Unknown, arguments_of, is_call, parts_of, scalar_text

_LINE = re.compile(r"([^=:\s]+)(?:\s*[=:]\s*|\s+|$)(.*)")
_BASE64 = re.compile(r"[A-Za-z0-9+/\s]{8,}={0,2}\s*")
_UNKNOWN_PART = "\0"


class JavaProperties:
    """The keys and values of a text; `unknown` is an Unknown if the text may contain further keys."""

    __slots__ = ("_values", "unknown")

    def __init__(self, values: dict[str, Any], unknown: Unknown | None) -> None:
        self._values = values
        self.unknown = unknown

    def get(self, key: str) -> Any:
        """Return the value of a key; ABSENT if the text does not contain the key, Unknown if it may."""
        return self._values.get(key, self.unknown or ABSENT)


def parse_java_properties(value: Any) -> JavaProperties:
    """Parse a text, which may be encoded in Base64 and may contain unknown parts.

    https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/Properties.html
    """
    expression: Expression = value.expression if isinstance(value, Unknown) else scalar_text(value)
    reason = value.reason if isinstance(value, Unknown) else ""
    if is_call(expression, "Base64"):
        (expression,) = arguments_of(expression)
    text = "".join(
        part.replace(_UNKNOWN_PART, "") if isinstance(part, str) else _UNKNOWN_PART for part in parts_of(expression)
    )
    values: dict[str, Any] = {}
    unknown: Unknown | None = None
    for line in _decode(text).splitlines():
        match = _LINE.match(line.strip())
        if match is None or match[1][0] in "#!":
            continue
        if _UNKNOWN_PART in match[1]:
            unknown = Unknown(("Properties", expression), reason)
        elif _UNKNOWN_PART in match[2]:
            values[match[1]] = Unknown(("Properties", expression, match[1]), reason)
        else:
            values[match[1]] = match[2].strip()
    return JavaProperties(values, unknown)


def _decode(text: str) -> str:
    """Decode a text in Base64, which contains no dots and so differs from settings; other texts are unchanged."""
    if _BASE64.fullmatch(text) is None:
        return text
    from base64 import b64decode

    try:
        return b64decode(text).decode("utf-8")
    except ValueError:
        return text
