"""JSON texts with parts that are unknown before deployment."""

from __future__ import annotations

from typing import Any

import pytest

from relint.model.text.json_text import parse_json, without_markers
from relint.resolve.value import Unknown

ARN = ("GetAtt", "Worker", "Arn")
WHY = "it is made later"


def text(*pieces: Any) -> Unknown:
    """A text of known and unknown pieces."""
    return Unknown(("Concat", *pieces), WHY)


@pytest.mark.parametrize(
    ("value", "variables", "expected"),
    [
        pytest.param('{"a": 1}', {}, {"a": 1}, id="known"),
        pytest.param(text('{"a": "', ARN, '"}'), {}, {"a": Unknown(ARN, WHY)}, id="all of a string"),
        pytest.param(text('{"a": ', ARN, "}"), {}, {"a": Unknown(ARN, WHY)}, id="outside of strings"),
        pytest.param(text('["\\"', ARN, ':live"]'), {}, [text('"', ARN, ":live")], id="after an escaped quote"),
        pytest.param('{"a": ${n}, "b": "${s}"}', {"n": 3, "s": "x"}, {"a": 3, "b": "x"}, id="known variables"),
        pytest.param('{"a": "${s}"}', {"s": Unknown(ARN, WHY)}, {"a": Unknown(ARN, WHY)}, id="an unknown variable"),
        pytest.param('{"a": "${other}"}', {"s": "x"}, {"a": "${other}"}, id="a placeholder that is not a variable"),
        pytest.param('{"a": "\ue0009\ue001"}', {}, {"a": ""}, id="the characters of a marker in the template"),
    ],
)
def test_unknown_part_of_a_json_text_becomes_an_unknown_value(
    value: Any, variables: dict[str, Any], expected: Any
) -> None:
    """All other members are known."""
    assert parse_json(value, variables) == expected


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(Unknown(("Ref", "Text"), WHY), id="a text without known parts"),
        pytest.param(text("{", ARN, "}"), id="an unknown member"),
        pytest.param("no JSON", id="a text that is not JSON"),
        pytest.param("7", id="a scalar"),
        pytest.param("[" * 100_000, id="endless nesting"),
        pytest.param("[" + "1," * 600_000 + "1]", id="endless length"),
        pytest.param("9" * 5_000, id="a number that Python refuses"),
    ],
)
def test_text_that_cannot_be_read_is_unknown(value: Any) -> None:
    """No exception is raised."""
    assert isinstance(parse_json(value), Unknown)


def test_unknown_part_of_a_member_name_is_shown_as_dots() -> None:
    """Markers are internal and must not appear in messages."""
    (name,) = parse_json(text('{"run-', ARN, '": 1}'))
    assert without_markers(name) == "run-..."
