"""Patterns of files."""

from __future__ import annotations

import pytest

from relint.settings.glob import matches_pattern


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("*.gen.yaml", "a/b/x.gen.yaml", True),
        ("stacks/", "stacks/dev/a.yaml", True),
        ("stacks", "other/stacks/a.yaml", True),
        ("/stacks", "other/stacks/a.yaml", False),
        ("stacks/*.yaml", "stacks/dev/a.yaml", False),
        ("stacks/**/a.yaml", "stacks/a.yaml", True),
        ("stacks/**", "stacks/dev/a.yaml", True),
        ("?.yaml", "ab.yaml", False),
    ],
)
def test_patterns_are_those_of_gitignore(pattern: str, path: str, expected: bool) -> None:
    assert matches_pattern(pattern, path) is expected
