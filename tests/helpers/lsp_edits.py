"""Edits of the language server, applied as an editor applies them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

LATEST: dict[str, Any] = {
    "textDocument": {"codeAction": {"dataSupport": True, "resolveSupport": {"properties": ["edit"]}}},
    "workspace": {"workspaceEdit": {"documentChanges": True}},
}
"""The abilities of an editor that asks for the edit of the chosen action, and takes versions."""


def apply_edits(text: str, edits: list[dict[str, Any]], unit: str = "utf-16-le") -> str:
    """Return a text after edits, whose columns count units of an encoding; none of them overlaps another."""
    starts = [0, *(found.end() for found in re.finditer(r"\r\n?|\n", text))]

    def offset(position: dict[str, int]) -> int:
        start = starts[position["line"]]
        size = {"utf-8": 1, "utf-16-le": 2, "utf-32-le": 4}[unit] * position["character"]
        return start + len(text[start:].encode(unit)[:size].decode(unit))

    placed = [(offset(edit["range"]["start"]), offset(edit["range"]["end"]), edit["newText"]) for edit in edits]
    assert all(before[1] <= after[0] for before, after in pairwise(placed))
    for start, end, inserted in reversed(placed):
        text = text[:start] + inserted + text[end:]
    return text
