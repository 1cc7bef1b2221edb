"""Values in messages."""

from __future__ import annotations

from typing import Any

import pytest

from relint.evaluate.descriptions import format_value
from relint.resolve.value import ABSENT, Unknown


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("text", "text"),
        (True, "true"),
        (7.0, "7"),
        (0.5, "0.5"),
        (None, ""),
        (ABSENT, "absent"),
        (Unknown(("Ref", "A"), "why"), "unknown"),
        (["a", 1, Unknown(("Ref", "A"), "why")], "a, 1, unknown"),
        ({"Key": 1, "Value": 2}, "Key, Value"),
        ("it's\n  on two lines ", 'it"s on two lines'),
        ("x" * 100, "x" * 100),
        ("x" * 101, "x" * 97 + "..."),
    ],
    ids=lambda value: str(value)[:20],
)
def test_value_is_shown_as(value: Any, expected: str) -> None:
    assert format_value(value) == expected
