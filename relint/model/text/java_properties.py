"""Texts in the format of Java's .properties files, such as the settings of a Kafka broker."""

from __future__ import annotations

import re
from typing import Any

from relint.resolve.value import ABSENT, Expression, Unknown, scalar_text

_LINE = re.compile(r"([^=:\s]+)(?:\s*[=:]\s*|\s+|$)(.*)")
_BASE64 = re.compile(r"[A-Za-z0-9+/\s]{8,}={0,2}\s*")


class JavaProperties:
    """The keys and values of a text; as `doubt` the Unknown, if any, that keeps it from being all that there is."""

    __slots__ = ("_values", "doubt")

    def __init__(self, values: dict[str, Any], doubt: Unknown | None) -> None:
        self._values = values
        self.doubt = doubt

    def get(self, key: str) -> Any:
        """The text behind a key; ABSENT if the key is not there, Unknown if these files do not tell."""
        return self._values.get(key, self.doubt or ABSENT)


def parse_java_properties(value: Any) -> JavaProperties:
    """Reads a text, also one in Base64 or with parts that only a deployment knows.

    https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/Properties.html
    """
    form: Expression = value.expression if isinstance(value, Unknown) else scalar_text(value)
    reason = value.reason if isinstance(value, Unknown) else ""
    if isinstance(form, tuple) and form[:1] == ("Base64",) and len(form) == 2:
        form = form[1]
    pieces = form[1:] if isinstance(form, tuple) and form[:1] == ("Concat",) else (form,)
    text = "".join(piece.replace("\0", "") if isinstance(piece, str) else "\0" for piece in pieces)
    values: dict[str, Any] = {}
    doubt: Unknown | None = None
    for line in _decoded(text).splitlines():
        match = _LINE.match(line.strip())
        if match is None or match[1][0] in "#!":
            continue
        if "\0" in match[1]:
            doubt = Unknown(("Properties", form), reason)
        elif "\0" in match[2]:
            values[match[1]] = Unknown(("Properties", form, match[1]), reason)
        else:
            values[match[1]] = match[2].strip()
    return JavaProperties(values, doubt)


def _decoded(text: str) -> str:
    """A text that was in Base64, which has no dots and so looks like no settings; any other as it is."""
    if _BASE64.fullmatch(text) is None:
        return text
    from base64 import b64decode

    try:
        return b64decode(text).decode("utf-8")
    except ValueError:
        return text
