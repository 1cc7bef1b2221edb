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
        pytest.param("g.h", ABSENT, id="an absent key"),
    ],
)
def test_properties_file_is_read_like_in_java(key: str, expected: Any) -> None:
    """The same text in Base64 has the same keys."""
    assert parse_java_properties(TEXT).get(key) == expected
    assert parse_java_properties(b64encode(TEXT.encode()).decode()).get(key) == expected


def test_unknown_value_makes_only_its_own_key_unknown() -> None:
    """The argument of Fn::Base64 is read as well."""
    text = Unknown(("Base64", ("Concat", "a.b=", ("Ref", "X"), "\nc.d=1")), "why")
    properties = parse_java_properties(text)
    assert isinstance(properties.get("a.b"), Unknown)
    assert (properties.get("c.d"), properties.get("e.f")) == ("1", ABSENT)


def test_unknown_line_may_contain_any_key() -> None:
    """Keys on other lines stay known."""
    properties = parse_java_properties(Unknown(("Concat", "a.b=1\n", ("Ref", "More")), "why"))
    assert properties.get("a.b") == "1"
    assert isinstance(properties.get("c.d"), Unknown)
