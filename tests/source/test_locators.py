"""Spans of values in YAML and JSON."""

from __future__ import annotations

import pytest

from relint.source.document import Document
from relint.source.location import Path, Position, Span
from relint.source.read import read_document

YAML = """\
AWSTemplateFormatVersion: 2010-09-09
Resources:
  Database:  # the orders
    Type: AWS::RDS::DBInstance
    Properties:
      Name: 'a
        b'
      MultiAZ: !If [IsProd, true, !Ref Spare]
      Subnets: !Ref Subnets   # comment
      Script: !Sub |
        #!/bin/sh

      Zones:
        - !GetAtt Vpc.Zone
        - Key: a
          Value: b

        # comment below
      Empty:
  Second: {Type: A, Type: B}
"""
TEXT = YAML.splitlines()


def shown(document: Document, span: Span) -> str:
    """Return the text of a span on one line."""
    assert span.start.line == span.end.line
    return document.text.splitlines()[span.start.line - 1][span.start.column - 1 : span.end.column - 1]


PROPERTIES: Path = ("Resources", "Database", "Properties")


@pytest.mark.parametrize(
    ("path", "line", "text"),
    [
        ((), 1, "AWSTemplateFormatVersion: 2010-09-09"),
        (("AWSTemplateFormatVersion",), 1, "AWSTemplateFormatVersion: 2010-09-09"),
        (("Resources", "Database"), 3, "Database"),
        (("Resources", "Database", "Type"), 4, "Type: AWS::RDS::DBInstance"),
        ((*PROPERTIES, "Name"), 6, "Name"),
        ((*PROPERTIES, "MultiAZ"), 8, "MultiAZ: !If [IsProd, true, !Ref Spare]"),
        ((*PROPERTIES, "MultiAZ", "Fn::If"), 8, "MultiAZ: !If [IsProd, true, !Ref Spare]"),
        ((*PROPERTIES, "MultiAZ", "Fn::If", 1), 8, "true"),
        ((*PROPERTIES, "MultiAZ", "Fn::If", 2), 8, "!Ref Spare"),
        ((*PROPERTIES, "MultiAZ", "Fn::If", 2, "Ref"), 8, "!Ref Spare"),
        ((*PROPERTIES, "MultiAZ", "Fn::If", 7), 8, "MultiAZ: !If [IsProd, true, !Ref Spare]"),
        ((*PROPERTIES, "Subnets"), 9, "Subnets: !Ref Subnets"),
        ((*PROPERTIES, "Subnets", "Ref"), 9, "Subnets: !Ref Subnets"),
        ((*PROPERTIES, "Subnets", "Fn::GetAtt"), 9, "Subnets: !Ref Subnets"),
        ((*PROPERTIES, "Script", "Fn::Sub"), 10, "Script"),
        ((*PROPERTIES, "Zones"), 13, "Zones"),
        ((*PROPERTIES, "Zones", 0), 14, "!GetAtt Vpc.Zone"),
        ((*PROPERTIES, "Zones", 0, "Fn::GetAtt", 0), 14, "!GetAtt Vpc.Zone"),
        ((*PROPERTIES, "Zones", 1), 15, "Key: a"),
        ((*PROPERTIES, "Zones", 1, "Value"), 16, "Value: b"),
        ((*PROPERTIES, "Empty"), 19, "Empty:"),
        ((*PROPERTIES, "Missing", "Deep", 3), 5, "Properties"),
        (("Outputs", "Missing"), 1, "AWSTemplateFormatVersion: 2010-09-09"),
        (("Resources", "Second", "Type"), 20, "Type: B"),
    ],
    ids=lambda value: "/".join(map(str, value)) if isinstance(value, tuple) else "",
)
def test_yaml_span_is_the_line_of_the_value(path: Path, line: int, text: str) -> None:
    document = read_document(YAML, "template.yaml")
    span = document.span_of(path)
    assert (span.start.line, shown(document, span)) == (line, text)


def test_value_span_ends_with_the_last_character_of_the_value() -> None:
    document = read_document(YAML, "template.yaml")
    assert document.value_span((*PROPERTIES, "Script")) == Span(Position(10, 15), Position(11, 18))
    assert document.value_span((*PROPERTIES, "Zones")) == Span(Position(14, 9), Position(16, 19))
    assert document.value_span((*PROPERTIES, "Name")) == Span(Position(6, 13), Position(7, 11))


def test_key_span_is_the_key_alone() -> None:
    document = read_document(YAML, "template.yaml")
    assert shown(document, document.key_span((*PROPERTIES, "Subnets"))) == "Subnets"
    assert shown(document, document.key_span((*PROPERTIES, "Zones", 0))) == "!GetAtt Vpc.Zone"


def test_span_of_a_merged_or_aliased_value_is_its_definition() -> None:
    document = read_document(
        "Base: &base\n  a: 1\n  b: 2\nOther:\n  <<: *base\n  b: 3\nAgain: *base\n", "template.yaml"
    )
    assert document.span_of(("Other", "a")).start == Position(2, 3)
    assert document.span_of(("Other", "b")).start == Position(6, 3)
    assert shown(document, document.span_of(("Again",))) == "Again"
    assert document.span_of(("Again", "a")).start == Position(2, 3)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["LF", "CR LF", "CR"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no mark", "byte order mark"])
def test_lines_and_columns_do_not_depend_on_line_ends_or_byte_order_mark(line_end: str, mark: str) -> None:
    for text, file in (("A: 1\nB:\n  - C: é\n", "t.yaml"), ('{"A": 1,\n "B": [\n{"C":  "é"}\n]}', "t.json")):
        document = read_document((mark + text.replace("\n", line_end)).encode(), file)
        plain = read_document(text, file)
        for path in [("A",), ("B",), ("B", 0), ("B", 0, "C")]:
            assert document.span_of(path) == plain.span_of(path)


@pytest.mark.parametrize(
    ("text", "file"),
    [("{'😀': {x: '😀'}, Key: 1}", "t.yaml"), ('{"😀": {"x":"😀"},"Key": 1}', "t.json")],
    ids=["YAML", "JSON"],
)
def test_columns_count_code_points(text: str, file: str) -> None:
    document = read_document(text, file)
    assert document.span_of(("Key",)).start.column == text.index("Key") + (1 if file == "t.yaml" else 0)
    assert document.span_of(("Key",)).end.column == len(text)


JSON = """\
{
\t"Resources": {
\t\t"Database": {
\t\t\t"Type" : "AWS::RDS::DBInstance",
\t\t\t"Tags": [ {"Key": "}"} , 7,
\t\t\t\t{
\t\t\t\t}
\t\t\t]
\t\t},
\t\t"Twice": {"a": 1, "\\u0061": 2}
\t}
}
"""


@pytest.mark.parametrize(
    ("path", "line", "text"),
    [
        ((), 1, "{"),
        (("Resources", "Database"), 3, '"Database"'),
        (("Resources", "Database", "Type"), 4, '"Type" : "AWS::RDS::DBInstance"'),
        (("Resources", "Database", "Type", "Ref"), 4, '"Type" : "AWS::RDS::DBInstance"'),
        (("Resources", "Database", "Tags"), 5, '"Tags"'),
        (("Resources", "Database", "Tags", 0), 5, '{"Key": "}"}'),
        (("Resources", "Database", "Tags", 0, "Key"), 5, '"Key": "}"'),
        (("Resources", "Database", "Tags", 1), 5, "7"),
        (("Resources", "Database", "Tags", 2), 6, "{"),
        (("Resources", "Database", "Tags", 3), 5, '"Tags"'),
        (("Resources", "Twice", "a"), 10, '"\\u0061": 2'),
        (("Outputs",), 1, "{"),
    ],
    ids=lambda value: "/".join(map(str, value)) if isinstance(value, tuple) else "",
)
def test_json_span_is_the_line_of_the_value(path: Path, line: int, text: str) -> None:
    document = read_document(JSON, "template.json")
    span = document.span_of(path)
    assert (span.start.line, shown(document, span)) == (line, text)


def test_json_on_one_line_is_located_by_column() -> None:
    document = read_document('{"Resources":{"A":{"Type":"T"}}}', "template.json")
    assert shown(document, document.span_of(("Resources", "A", "Type"))) == '"Type":"T"'
    assert shown(document, document.span_of(("Resources", "A"))) == '"A":{"Type":"T"}'


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("Resources:\n  A: {Type: 1}\n  B: 2\n  A: 3\nResources2: {}\n", "t.yaml"),
        ('{"Resources":\n{"A": {"Type": 1},\n"B": 2,\n"A": 3}}', "t.json"),
    ],
    ids=["YAML", "JSON"],
)
def test_duplicate_key_is_reported_with_both_lines_and_the_last_wins(text: str, file: str) -> None:
    document = read_document(text, file)
    assert document.data["Resources"] == {"A": 3, "B": 2}
    [duplicate] = document.duplicates
    assert (duplicate.key, duplicate.path) == ("A", ("Resources", "A"))
    assert (duplicate.first.start.line, duplicate.second.start.line) == (2, 4)
    assert document.span_of(("Resources", "A")).start.line == 4


def test_path_of_a_duplicate_key_has_the_long_form_of_a_tag() -> None:
    [duplicate] = read_document("A: !Sub\n  - x\n  - {b: 1, b: 2}\n", "t.yaml").duplicates
    assert duplicate.path == ("A", "Fn::Sub", 1, "b")
