"""What a fix writes looks like what the author writes."""

from __future__ import annotations

import pytest

from relint.fixes.edit import Edit
from relint.fixes.text_edits import edit_document
from relint.source.read import read_document

PROPERTIES = ("Resources", "Queue", "Properties")
REDRIVE = Edit("set", (*PROPERTIES, "RedrivePolicy"), {"maxReceiveCount": 5})

ON_LINES = """\
{
   "Resources" : {
      "Queue" : {
         "Type" : "AWS::SQS::Queue",
         "Properties" : {
            "DelaySeconds" : 1
         }
      }
   }
}
"""


def edited(template: str, *edits: Edit, file: str = "template.yaml") -> str:
    return edit_document(read_document(template, file), edits)[0].source.text


@pytest.mark.parametrize(
    ("queue", "member"),
    [
        ('{ "Type" : "Q", "Properties" : { "A" : 1 } }', ', "RedrivePolicy" : { "maxReceiveCount" : 5 }'),
        ('{"Type": "Q", "Properties": {"A": 1}}', ', "RedrivePolicy": {"maxReceiveCount": 5}'),
        ('{"Type":"Q","Properties":{"A":1}}', ',"RedrivePolicy":{"maxReceiveCount":5}'),
        ('{"Type":"Q", "Properties":{"A":1}}', ', "RedrivePolicy":{"maxReceiveCount":5}'),
    ],
)
def test_json_has_blanks_where_the_author_puts_them(queue: str, member: str) -> None:
    template = f'{{"Resources":{{\n"Queue":{queue}}}}}'
    last = queue.index("1") + 1
    expected = template.replace(queue, queue[:last] + member + queue[last:])
    assert edited(template, REDRIVE, file="t.json") == expected


def test_json_on_lines_has_blanks_before_colons_where_the_author_puts_them() -> None:
    expected = ON_LINES.replace(
        '"DelaySeconds" : 1\n',
        '"DelaySeconds" : 1,\n            "RedrivePolicy" : {\n               "maxReceiveCount" : 5\n            }\n',
    )
    assert edited(ON_LINES, REDRIVE, file="t.json") == expected


def test_list_that_json_has_on_one_line_stays_there() -> None:
    written = ON_LINES.replace('"DelaySeconds" : 1', '"Tags" : [ "a" ]')
    edit = Edit("set", (*PROPERTIES, "Tags"), ["b", "c"])
    assert edited(written, edit, file="t.json") == written.replace('[ "a" ]', '[ "b", "c" ]')


def test_calls_in_json_stand_on_one_line_where_the_author_writes_them_so() -> None:
    written = ON_LINES.replace('"DelaySeconds" : 1', '"KmsMasterKeyId" : { "Ref" : "Key" }')
    edit = Edit("set", (*PROPERTIES, "Tags"), [{"Key": "a", "Value": {"Fn::GetAtt": ["B", "C"]}}, "b"])
    lines = edited(written, edit, file="t.json").splitlines()
    assert [line.strip() for line in lines[5:13]] == [
        '"KmsMasterKeyId" : { "Ref" : "Key" },',
        '"Tags" : [',
        "{",
        '"Key" : "a",',
        '"Value" : { "Fn::GetAtt" : ["B", "C"] }',
        "},",
        '"b"',
        "]",
    ]


@pytest.mark.parametrize(
    ("queue", "member"),
    [
        ("{ Type: Q, Properties: { Tags: [ a, b ] } }", "RedrivePolicy: { maxReceiveCount: 5 }"),
        ("{Type: Q, Properties: {Tags: [a, b]}}", "RedrivePolicy: {maxReceiveCount: 5}"),
        ("{ Type: Q, Properties: { Name: !Sub '${A}${B}${C}' } }", "RedrivePolicy: { maxReceiveCount: 5 }"),
    ],
)
def test_braces_have_blanks_inside_where_the_author_puts_them(queue: str, member: str) -> None:
    assert f", {member}" in edited(f"Resources:\n  Queue: {queue}\n", REDRIVE)


def test_item_of_a_block_list_becomes_lines() -> None:
    template = (
        "Resources:\n  Queue:\n    Properties:\n"
        "      Redrive: !If\n      - A\n      - !Ref AWS::NoValue\n      - b: 1\n"
    )
    edit = Edit("set", (*PROPERTIES, "Redrive", "Fn::If", 1), {"b": 5, "c": 1})
    assert edited(template, edit) == template.replace("!Ref AWS::NoValue\n", "b: 5\n        c: 1\n")


@pytest.mark.parametrize(("written", "fixed"), [("86400", "60"), ("'86400'", "'60'"), ('"86400"', '"60"')])
def test_number_has_quotes_where_the_author_puts_them(written: str, fixed: str) -> None:
    template = f"Resources:\n  Queue:\n    Properties:\n      TTL: {written}   # a day\n"
    assert edited(template, Edit("set", (*PROPERTIES, "TTL"), "60")) == template.replace(written, fixed)


def test_value_below_its_key_stays_there() -> None:
    template = "Resources:\n  Queue:\n    Properties:\n      TTL:   # time\n        86400   # a day\n"
    assert edited(template, Edit("set", (*PROPERTIES, "TTL"), 60)) == template.replace("86400", "60")


def test_policies_on_deletion_stand_together() -> None:
    resource = ("Resources", "Queue")
    edits = [
        Edit("set", (*resource, "UpdatePolicy"), {"EnableVersionUpgrade": True}),
        Edit("set", (*resource, "UpdateReplacePolicy"), "Retain"),
        Edit("set", (*resource, "DeletionPolicy"), "Retain"),
    ]
    lines = edited("Resources:\n  Queue:\n    Type: Q\n", *edits).splitlines()
    assert lines.index("    UpdateReplacePolicy: Retain") == lines.index("    DeletionPolicy: Retain") + 1
