"""The two readers of YAML compared: what the quick one is sure of, libyaml reads in the same way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from relint.source.fast_yaml.reader import read_plain
from relint.source.full_yaml.reader import read_yaml
from relint.source.location import Path
from relint.source.text import SourceText


def is_sure(text: str) -> bool:
    """Whether the quick reader takes the text; if it does, it must agree with libyaml, or this raises an error."""
    source = SourceText("a.yaml", text)
    plain = read_plain(source)
    if plain is None:
        return False
    slow = read_yaml(source)
    assert repr(plain.data) == repr(slow.data)
    assert not slow.duplicates
    for path in _paths(plain.data, ()):
        assert plain.locate(path) == slow.locate(path), path
    return True


def _paths(value: Any, path: Path) -> Iterator[Path]:
    """Every path of a value, and below each one that is not there."""
    yield path
    yield (*path, "Nothing")
    for step, inner in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield from _paths(inner, (*path, step))
