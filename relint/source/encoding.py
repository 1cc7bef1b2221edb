"""Decoding of bytes, and the characters that are invalid in a template."""

from __future__ import annotations

import codecs
import re

from relint._typing import TYPE_CHECKING
from relint.source.text import SourceText

if TYPE_CHECKING:
    from relint.errors import TemplateError

_INVALID_CHARACTER = "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
_BYTE_ORDER_MARK = "\ufeff"


def decode(raw: str | bytes, file: str) -> SourceText:
    """Return the text of a file without byte order mark.

    The encoding is UTF-8, or UTF-16 if the file begins with its byte order mark. Raises TemplateError for other bytes.
    """
    if isinstance(raw, str):
        return SourceText(file, raw.removeprefix(_BYTE_ORDER_MARK))
    is_utf16 = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if is_utf16 else "utf-8"
    try:
        return SourceText(file, raw.decode(encoding).removeprefix(_BYTE_ORDER_MARK))
    except UnicodeDecodeError as error:
        text_before = SourceText(file, raw[: error.start].decode(encoding, "replace").removeprefix(_BYTE_ORDER_MARK))
        end = len(text_before.text)
        line = text_before.position_at(end).line
        message = f"Byte {error.start} (on line {line}) is 0x{raw[error.start]:02x}, which is not {encoding.upper()}; "
        raise text_before.error_at(message + "save the file as UTF-8.", end) from error


def invalid_character_error(source: SourceText) -> TemplateError | None:
    """Return the error for the first control character of a text, or None.

    Called for texts that cannot be parsed.
    """
    match = re.search(
        _INVALID_CHARACTER, source.text
    )  # compiled only for invalid files, because that takes milliseconds
    if match is None:
        return None
    message = f"Character U+{ord(match[0]):04X} cannot stand in a template; remove it, or save the file as UTF-8."
    return source.error_at(message, match.start())
