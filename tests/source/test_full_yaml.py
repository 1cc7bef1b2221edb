"""Values of YAML, as CloudFormation reads them."""

from __future__ import annotations

import math
from typing import Any

import pytest

from relint.errors import TemplateError
from relint.source.read import read_document


def data(text: str) -> Any:
    return read_document(text, "template.yaml").data


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", True),
        ("Off", False),
        ("NO", False),
        ("true", True),
        ("y", "y"),
        ("tRue", "tRue"),
        ("null", None),
        ("~", None),
        ("", None),
        ("7", 7),
        ("-1_000", -1000),
        ("012345", 5349),
        ("012389", "012389"),
        ("0x1F", 31),
        ("0b11", 3),
        ("0x_", "0x_"),
        ("1:30", 90),
        ("-1:30", -90),
        ("08:30", "08:30"),
        ("1:30.5", 90.5),
        ("3.5", 3.5),
        (".5", 0.5),
        ("1.", 1.0),
        ("1.5e+3", 1500.0),
        ("1e3", "1e3"),
        ("-.inf", -math.inf),
        (".", "."),
        ("2010-09-09", "2010-09-09"),
        ("2010-09-09T10:00:00Z", "2010-09-09T10:00:00Z"),
        ("10.0.0.0/16", "10.0.0.0/16"),
        ("1.2.3", "1.2.3"),
        ("=", "="),
        ("٣", "٣"),
        ("9" * 5000, "9" * 5000),
        ("'yes'", "yes"),
        ('"7"', "7"),
        ("!!str 7", "7"),
        ("!!int '7'", 7),
        ("!!float 7", 7.0),
        ("!!timestamp 2010-09-09", "2010-09-09"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_scalars_have_their_yaml_1_1_types(text: str, value: Any) -> None:
    read_value = data(f"Key: {text}")["Key"]
    assert (read_value, type(read_value)) == (value, type(value))


def test_nan_is_a_float() -> None:
    assert math.isnan(data("Key: .nan")["Key"])


@pytest.mark.parametrize("key", ["1", "no", "on", "012", "2010-09-09", "~", "null"])
def test_key_is_its_source_text(key: str) -> None:
    assert data(f"{key}: value") == {key: "value"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("!Ref Name", {"Ref": "Name"}),
        ("!Ref 7", {"Ref": "7"}),
        ("!Condition IsProd", {"Condition": "IsProd"}),
        ("!GetAtt Vpc.Arn", {"Fn::GetAtt": ["Vpc", "Arn"]}),
        ("!GetAtt Nested.Outputs.Arn", {"Fn::GetAtt": ["Nested", "Outputs.Arn"]}),
        ("!GetAtt [Vpc, Arn]", {"Fn::GetAtt": ["Vpc", "Arn"]}),
        ("{Fn::GetAtt: Vpc.Arn}", {"Fn::GetAtt": "Vpc.Arn"}),
        ("!Sub '${A}-b'", {"Fn::Sub": "${A}-b"}),
        ("!GetAZs ''", {"Fn::GetAZs": ""}),
        ("!If [IsProd, 2, !Ref Count]", {"Fn::If": ["IsProd", 2, {"Ref": "Count"}]}),
        ("!Not [!Equals [!Ref A, b]]", {"Fn::Not": [{"Fn::Equals": [{"Ref": "A"}, "b"]}]}),
        ("!Transform {Name: AWS::Include}", {"Fn::Transform": {"Name": "AWS::Include"}}),
        ("!Invented [1]", {"Fn::Invented": [1]}),
        ("! plain", "plain"),
    ],
    ids=lambda value: str(value),
)
def test_short_tag_becomes_the_long_form(text: str, value: Any) -> None:
    assert data(f"Key: {text}")["Key"] == value


def test_alias_shares_the_value() -> None:
    values = data("First: &anchor {a: 1}\nSecond: *anchor\nThird: !Ref &name X\nFourth: *name")
    assert values["First"] is values["Second"]
    assert values["Fourth"] == {"Ref": "X"}


def test_explicit_keys_win_over_merged_keys_and_earlier_mappings_over_later() -> None:
    text = """
One: &one {a: 1, b: 1, c: 1}
Two: &two {b: 2, d: 2}
Both: {<<: [*one, *two], a: 0}
"""
    document = read_document(text, "template.yaml")
    assert document.data["Both"] == {"a": 0, "b": 1, "c": 1, "d": 2}
    assert document.duplicates == ()


def test_quoted_double_angle_is_an_ordinary_key() -> None:
    assert data("'<<': 1") == {"<<": 1}


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing but a comment\n"], ids=["empty", "blank", "comment"])
def test_empty_document_has_no_value(text: str) -> None:
    document = read_document(text, "template.yaml")
    assert document.data is None
    assert document.span_of(("Resources",)).start.line == 1


def test_values_are_the_same_without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib
    import sys

    from relint.source.full_yaml import reader as yaml_reader

    text = "A: &a [1, 'é 😀', !Ref X]\nB: {<<: {c: no}}\nD: |\n  text\nE: *a\n"
    expected = read_document(text, "template.yaml")
    with monkeypatch.context() as patched:
        patched.setitem(sys.modules, "yaml._yaml", None)
        slow = importlib.reload(yaml_reader)
        document = slow.read_yaml(expected.source)
        with pytest.raises(TemplateError, match="200 levels"):
            slow.read_yaml(type(expected.source)("template.yaml", "[" * 190 + "[a: " * 190))
    importlib.reload(yaml_reader)
    assert document.data == expected.data
    for path in [("A",), ("A", 1), ("B", "c"), ("D",), ("E",)]:
        assert document.span_of(path) == expected.span_of(path)
