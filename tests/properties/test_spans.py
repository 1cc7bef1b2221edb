"""A finding points to what its message speaks of."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from relint.source.location import Span
from tests.properties.writing import as_json, as_yaml

WRITERS = st.sampled_from([(as_json, "a.json"), (as_yaml, "a.yaml")])


def text_at(text: str, span: Span) -> str:
    """What stands between the two places of a text."""
    lines = text.splitlines(keepends=True)
    assert 1 <= span.start.line <= span.end.line <= len(lines)
    if span.start.line == span.end.line:
        assert 1 <= span.start.column <= span.end.column <= len(lines[span.start.line - 1]) + 1
        return lines[span.start.line - 1][span.start.column - 1 : span.end.column - 1]
    inner = lines[span.start.line : span.end.line - 1]
    first, last = lines[span.start.line - 1], lines[span.end.line - 1]
    return "".join([first[span.start.column - 1 :], *inner, last[: span.end.column - 1]])


def written_at(data: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        data = data[step]
    return data
