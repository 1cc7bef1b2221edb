"""Text for Markdown: what others wrote cannot be read as markup there."""

from __future__ import annotations

import re

from relint.report.terminal import printable

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~#@$!&])")


def code(text: str) -> str:
    """Return the text as code, or as escaped text if it contains a backtick or a bar, which would end code or cell."""
    text = printable(text)
    return escape(text) if "`" in text or "|" in text else f"`{text}`"


def escape(text: str) -> str:
    """Return the text without markup, HTML, mentions and characters that would end a cell."""
    return _SPECIAL.sub(r"\\\1", printable(text)).replace("\\<", "&lt;").replace("\\>", "&gt;").replace("\\&", "&amp;")
