"""A fix that would leave a declaration without use is not applied, as the next reader would wonder."""

from __future__ import annotations

import pytest

from relint.fixes.unused import newly_unused
from tests.helpers.fixed_text import fix_text

SECTIONS = {"Parameters": {"P": {}}, "Conditions": {"C": {}}, "Mappings": {"M": {}}, "Resources": {"R": {}}}


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ({"Ref": "P"}, "P"),
        ({"Fn::Sub": "a${P}"}, "P"),
        ({"Fn::Sub": ["a${ P }", {}]}, "P"),
        ({"Fn::If": ["C", 1, 2]}, "C"),
        ({"Condition": "C"}, "C"),
        ({"Fn::FindInMap": ["M", "a", "b"]}, "M"),
        ([{"a": {"Ref": "P"}}], "P"),
        ({"Ref": "R"}, ""),
        ({"Ref": ["P"]}, ""),
    ],
)
def test_last_reference_to_a_declaration_is_noticed(value: object, name: str) -> None:
    assert newly_unused({**SECTIONS, "Outputs": value}, SECTIONS) == name
    assert newly_unused({**SECTIONS, "Outputs": value}, {**SECTIONS, "Outputs": [value]}) == ""
    assert newly_unused({**SECTIONS, "Outputs": value}, {"Outputs": {}}) == ""


def test_value_with_the_only_use_of_a_parameter_is_not_removed() -> None:
    text = """\
Parameters: {Units: {Type: Number, Default: 5}}
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      ProvisionedThroughput: {ReadCapacityUnits: !Ref Units, WriteCapacityUnits: 5}
"""
    fixed = fix_text(text, "DDB-301")
    assert (fixed.text, fixed.reasons) == (text, ("it would leave 'Units' unused; change both by hand",))
