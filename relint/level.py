"""Levels of findings, from harmless to certain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    pass


Level = Literal["error", "warning", "note"]


LEVELS: tuple[Level, ...] = ("note", "warning", "error")
"""From harmless to certain, so that an index compares them."""
