"""Folders of the checkout that tests read."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""

DATA = ROOT / "tests" / "data"
"""Files that only tests read."""
