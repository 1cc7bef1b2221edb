"""The effective configuration as text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from relint.catalog.thresholds import THRESHOLDS
from relint.settings.options import OPTIONS
from relint.settings.setting import Origin

if TYPE_CHECKING:
    from relint.settings.configuration import Settings


def render_settings(settings: Settings) -> Iterator[str]:
    """A line for every value that is in force, as `key = value  # where it was set`."""
    rows = list(_rows(settings))
    width = min(48, max(len(left) for left, _ in rows))
    for left, origin in rows:
        yield f"{left:{width}}  # {origin}"


def _rows(settings: Settings) -> Iterator[tuple[str, Origin]]:
    for name, key in OPTIONS.items():
        setting = settings.values[name]
        if key.type == "layers":
            continue
        if name == "thresholds":
            for inner, threshold in THRESHOLDS.items():
                value = setting.value.get(inner, threshold.default)
                yield f"thresholds.{inner} = {value}", settings.origins.get((name, inner), Origin("default"))
        elif isinstance(setting.value, dict):
            if not setting.value:
                yield f"{name} = {{}}", setting.origin
            for inner, value in sorted(setting.value.items()):
                yield f"{name}.{inner} = {_text(value)}", settings.origins.get((name, inner), setting.origin)
        elif name == "suppressions":
            for entry in setting.value:
                yield f"suppressions: {entry['rule']} ({entry['reason']})", Origin(entry["file"], entry["span"])
        else:
            yield f"{name} = {_text(setting.value)}", setting.origin


def _text(value: Any) -> str:
    return "not set" if value is None else json.dumps(list(value) if isinstance(value, tuple) else value)
