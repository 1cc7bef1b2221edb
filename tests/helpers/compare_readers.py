"""Comparison of the two YAML readers: text that the fast reader supports must mean the same to the full reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from relint.source.fast_yaml.reader import try_read_yaml
from relint.source.full_yaml.reader import read_yaml
from relint.source.location import Path
from relint.source.text import SourceText


def is_supported(text: str) -> bool:
    """Whether the fast reader supports the text; raises AssertionError if the full reader reads it differently."""
    source = SourceText("a.yaml", text)
    fast_document = try_read_yaml(source)
    if fast_document is None:
        return False
    full_document = read_yaml(source)
    assert repr(fast_document.data) == repr(full_document.data)
    assert not full_document.duplicates
    for path in _paths(fast_document.data, ()):
        assert fast_document.locate(path) == full_document.locate(path), path
    return True


def _paths(value: Any, path: Path) -> Iterator[Path]:
    """Yield every path in a value, and below each one a path that does not exist."""
    yield path
    yield (*path, "Nothing")
    if isinstance(value, dict):
        for key, member in value.items():
            yield from _paths(member, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _paths(item, (*path, index))
