"""Bytes -> text, and the characters that no template contains."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from relint.source.text import SourceText

if TYPE_CHECKING:
    from relint.errors import TemplateError

_BAD = "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
_BYTE_ORDER_MARK = "\ufeff"


def decode(raw: str | bytes, file: str) -> SourceText:
    """The text of a file without byte order mark: UTF-8, or UTF-16 with its mark; raises TemplateError for the rest."""
    if isinstance(raw, str):
        return SourceText(file, raw.removeprefix(_BYTE_ORDER_MARK))
    utf16 = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if utf16 else "utf-8"
    try:
        return SourceText(file, raw.decode(encoding).removeprefix(_BYTE_ORDER_MARK))
    except UnicodeDecodeError as error:
        before = SourceText(file, raw[: error.start].decode(encoding, "replace").removeprefix(_BYTE_ORDER_MARK))
        end = len(before.text)
        line = before.position_at(end).line
        name = encoding.upper()
        message = f"Byte {error.start} (on line {line}) is 0x{raw[error.start]:02x}, which is not {name}; "
        raise before.error_at(message + "save the file as UTF-8.", end) from error


def bad_character(source: SourceText) -> TemplateError | None:
    """The error for the first control character of a text that could not be parsed; None if it has none."""
    match = re.search(_BAD, source.text)  # compiled only here, which takes milliseconds
    if match is None:
        return None
    message = f"Character U+{ord(match[0]):04X} cannot stand in a template; remove it, or save the file as UTF-8."
    return source.error_at(message, match.start())
