"""Settings in the format of Java's .properties files."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest

from relint.model.text.java_properties import parse_java_properties
from relint.resolve.value import ABSENT, Unknown

TEXT = "a.b=1\n# a.b=2\n! a.b=3\n\nc.d : two words \n e.f 3"


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        pytest.param("a.b", "1", id="an equals sign, and comments"),
        pytest.param("c.d", "two words", id="a colon"),
        pytest.param("e.f", "3", id="a blank"),
        pytest.param("g.h", ABSENT, id="not there"),
    ],
)
def test_properties_file_is_read_like_in_java(key: str, expected: Any) -> None:
    """Also when it is in Base64."""
    assert parse_java_properties(TEXT).get(key) == expected
    assert parse_java_properties(b64encode(TEXT.encode()).decode()).get(key) == expected


def test_unknown_value_hides_its_own_key_only() -> None:
    """Also within Fn::Base64."""
    text = Unknown(("Base64", ("Concat", "a.b=", ("Ref", "X"), "\nc.d=1")), "why")
    found = parse_java_properties(text)
    assert isinstance(found.get("a.b"), Unknown)
    assert (found.get("c.d"), found.get("e.f")) == ("1", ABSENT)


def test_unknown_line_may_hold_any_key() -> None:
    """What is written elsewhere is known all the same."""
    found = parse_java_properties(Unknown(("Concat", "a.b=1\n", ("Ref", "More")), "why"))
    assert found.get("a.b") == "1"
    assert isinstance(found.get("c.d"), Unknown)
