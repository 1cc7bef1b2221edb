"""The effective configuration as text."""

from __future__ import annotations

import json
from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.catalog.thresholds import THRESHOLDS
from relint.settings.options import OPTIONS
from relint.settings.setting import Origin

if TYPE_CHECKING:
    from relint.settings.merge import Settings

_MAX_WIDTH = 48
"""Characters to which assignments are padded; origins of longer ones are not aligned."""


def render_settings(settings: Settings) -> Iterator[str]:
    """Yield a line for each value in effect, as `option = value  # origin`."""
    rows = list(_rows(settings))
    width = min(_MAX_WIDTH, max(len(assignment) for assignment, _ in rows))
    for assignment, origin in rows:
        yield f"{assignment:{width}}  # {origin}"


def _rows(settings: Settings) -> Iterator[tuple[str, Origin]]:
    """Yield the assignment and the origin of each value."""
    for name, option in OPTIONS.items():
        setting = settings.values[name]
        if option.type == "layers":
            continue
        if name == "thresholds":
            for key, threshold in THRESHOLDS.items():
                value = setting.value.get(key, threshold.default)
                yield f"thresholds.{key} = {value}", settings.origins.get((name, key), Origin("default"))
        elif isinstance(setting.value, dict):
            if not setting.value:
                yield f"{name} = {{}}", setting.origin
            for key, value in sorted(setting.value.items()):
                yield f"{name}.{key} = {_render_value(value)}", settings.origins.get((name, key), setting.origin)
        elif name == "suppressions":
            for entry in setting.value:
                yield f"suppressions: {entry['rule']} ({entry['reason']})", Origin(entry["file"], entry["span"])
        else:
            yield f"{name} = {_render_value(setting.value)}", setting.origin


def _render_value(value: Any) -> str:
    return "not set" if value is None else json.dumps(list(value) if isinstance(value, tuple) else value)
