"""Levels of rules and findings."""

from __future__ import annotations

from relint._typing import Literal

Level = Literal["error", "warning", "note"]

LEVELS: tuple[Level, ...] = ("note", "warning", "error")
"""From harmless to severe, so that an index compares two levels."""
