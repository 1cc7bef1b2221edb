"""Edits of values change the lines that they mean, in the style of the author, and nothing else."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from relint.fixes.edit import Edit, EditError
from relint.fixes.text_edits import edit_document
from relint.source.document import Document
from relint.source.location import Path
from relint.source.read import read_document
from tests.helpers.paths import ROOT

QUEUE: Path = ("Resources", "Queue", "Properties")


def edited(template: str, edit: Edit, file: str = "template.yaml") -> str:
    return edit_document(read_document(template, file), [edit])[0].source.text


BLOCK = """\
Resources:
  Queue:
    Type: AWS::SQS::Queue   # the work
    Properties:
      VisibilityTimeout: "30"   # seconds
      Tags:
      - Key: a
        Value: b
  # the next one
  Other:
    Type: AWS::SQS::Queue
"""


@pytest.mark.parametrize(
    ("edit", "before", "after"),
    [
        pytest.param(
            Edit("set", (*QUEUE, "VisibilityTimeout"), 60),
            '      VisibilityTimeout: "30"   # seconds\n',
            '      VisibilityTimeout: "60"   # seconds\n',
            id="quotes and comment of a value stay",
        ),
        pytest.param(
            Edit("set", (*QUEUE, "MessageRetentionPeriod"), 345600),
            "        Value: b\n",
            "        Value: b\n      MessageRetentionPeriod: 345600\n",
            id="a new property stands behind the last one, before the comment of the next resource",
        ),
        pytest.param(
            Edit("set", ("Resources", "Queue", "DeletionPolicy"), "Retain"),
            "    Type: AWS::SQS::Queue   # the work\n",
            "    Type: AWS::SQS::Queue   # the work\n    DeletionPolicy: Retain\n",
            id="an attribute stands behind the type",
        ),
        pytest.param(
            Edit("add", (*QUEUE, "Tags"), {"Key": "c", "Value": {"Ref": "AWS::Region"}}),
            "        Value: b\n",
            "        Value: b\n      - Key: c\n        Value: !Ref AWS::Region\n",
            id="an item is indented as the others are",
        ),
        pytest.param(
            Edit("set", (*QUEUE, "RedrivePolicy", "maxReceiveCount"), 5),
            "        Value: b\n",
            "        Value: b\n      RedrivePolicy:\n        maxReceiveCount: 5\n",
            id="mappings on the way are added",
        ),
        pytest.param(
            Edit("remove", (*QUEUE, "VisibilityTimeout")),
            '      VisibilityTimeout: "30"   # seconds\n',
            "      # seconds\n",
            id="a comment beside a removed value stays",
        ),
        pytest.param(
            Edit("set", ("Resources", "Other", "Properties", "FifoQueue"), True),
            "  Other:\n    Type: AWS::SQS::Queue\n",
            "  Other:\n    Type: AWS::SQS::Queue\n    Properties:\n      FifoQueue: true\n",
            id="Properties are added where there are none",
        ),
    ],
)
def test_edit_of_a_block_changes_its_lines_only(edit: Edit, before: str, after: str) -> None:
    assert before in BLOCK
    assert edited(BLOCK, edit) == BLOCK.replace(before, after)
    windows = BLOCK.replace("\n", "\r\n")
    assert edited(windows, edit) == BLOCK.replace(before, after).replace("\n", "\r\n")


JSON = """\
{
    "Resources": {
        "Queue": {
            "Type": "AWS::SQS::Queue",
            "Properties": {
                "VisibilityTimeout": 30
            }
        },
        "Other": {"Type": "AWS::SQS::Queue", "Properties": {}}
    }
}
"""


@pytest.mark.parametrize(
    ("edit", "before", "after"),
    [
        pytest.param(
            Edit("set", (*QUEUE, "RedrivePolicy", "maxReceiveCount"), 5),
            '"VisibilityTimeout": 30\n',
            '"VisibilityTimeout": 30,\n                "RedrivePolicy": {\n'
            '                    "maxReceiveCount": 5\n                }\n',
            id="a member on lines of its own",
        ),
        pytest.param(
            Edit("set", ("Resources", "Other", "DeletionPolicy"), "Retain"),
            '"Other": {"Type": "AWS::SQS::Queue", ',
            '"Other": {"Type": "AWS::SQS::Queue", "DeletionPolicy": "Retain", ',
            id="a member on the line of the others",
        ),
        pytest.param(
            Edit("set", ("Resources", "Other", "Properties", "FifoQueue"), True),
            '"Properties": {}}',
            '"Properties": {\n            "FifoQueue": true\n        }}',
            id="the first member of an empty object",
        ),
        pytest.param(
            Edit("remove", (*QUEUE, "VisibilityTimeout")),
            '"Properties": {\n                "VisibilityTimeout": 30\n            }',
            '"Properties": {}',
            id="the last member of an object",
        ),
    ],
)
def test_edit_of_json_changes_its_lines_only(edit: Edit, before: str, after: str) -> None:
    assert before in JSON
    assert edited(JSON, edit, "template.json") == JSON.replace(before, after)


def test_json_on_one_line_stays_on_one_line() -> None:
    template = '{"Resources":{"Queue":{"Type":"AWS::SQS::Queue"}}}'
    edit = Edit("set", (*QUEUE, "VisibilityTimeout"), 30)
    assert edited(template, edit, "t.json") == template.replace(
        '"AWS::SQS::Queue"', '"AWS::SQS::Queue","Properties":{"VisibilityTimeout":30}'
    )


@pytest.mark.parametrize(
    ("written", "member"),
    [
        ("Type: 'AWS::SQS::Queue', DependsOn: 'Topic', Condition: 'Prod'", "DeletionPolicy: 'Retain'"),
        ('"Type": "AWS::SQS::Queue", "Condition": "A", "DependsOn": "B"', '"DeletionPolicy": "Retain"'),
        ("'Type': AWS::SQS::Queue, 'Condition': Prod, 'DependsOn': a", "'DeletionPolicy': Retain"),
        ("Type: AWS::SQS::Queue, DependsOn: 'Topic', Condition: 'Prod'", "DeletionPolicy: Retain"),
        ("Type: 'AWS::SQS::Queue', Condition: Prod, DependsOn: 'Topic'", "DeletionPolicy: Retain"),
    ],
)
def test_texts_have_quotes_where_the_author_writes_them_so(written: str, member: str) -> None:
    lines = "".join(f"    {line}\n" for line in written.split(", "))
    after = edited(f"Resources:\n  Queue:\n{lines}", Edit("set", ("Resources", "Queue", "DeletionPolicy"), "Retain"))
    assert f"    {member}" in after.splitlines()


def test_empty_brackets_become_lines_in_a_block() -> None:
    template = "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Properties: {}  # none\n"
    after = edited(template, Edit("set", (*QUEUE, "DelaySeconds"), 2))
    assert after == template.replace("Properties: {}  # none\n", "Properties:  # none\n      DelaySeconds: 2\n")


def test_value_that_an_anchor_shares_is_not_edited() -> None:
    template = (
        "Resources:\n  Queue: &queue\n    Type: AWS::SQS::Queue\n    Properties: {DelaySeconds: 1}\n  Other: *queue\n"
    )
    for name in ("Queue", "Other"):
        with pytest.raises(EditError, match="an anchor shares this value"):
            edited(template, Edit("set", ("Resources", name, "Properties", "DelaySeconds"), 2))


def test_value_with_an_anchor_that_nothing_repeats_is_edited() -> None:
    template = "Resources:\n  Queue: &queue\n    Properties: &other {DelaySeconds: &delay 1}\n  Note: '*queue-2'\n"
    after = edited(template, Edit("set", (*QUEUE, "DelaySeconds"), 2))
    assert after == template.replace("&delay 1", "&delay 2")


def test_member_of_a_call_is_not_added() -> None:
    template = "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Properties:\n      RedrivePolicy: !Ref Policy\n"
    with pytest.raises(EditError, match="RedrivePolicy is a value that takes no members"):
        edited(template, Edit("set", (*QUEUE, "RedrivePolicy", "maxReceiveCount"), 5))


VALUES = (True, 5, "Retain", "no", "a: b", {"Status": "Enabled"}, [{"Key": "a"}], {"Fn::GetAtt": ["A", "Arn"]})


def some_edits(document: Document, choice: random.Random) -> Iterator[Edit]:
    for name, resource in document.data["Resources"].items():
        path: Path = ("Resources", name)
        properties = resource.get("Properties") if isinstance(resource, dict) else None
        yield Edit("set", (*path, "DeletionPolicy"), "Retain")
        for key, value in (properties or {}).items() if isinstance(properties, dict) else ():
            yield Edit("set", (*path, "Properties", key), choice.choice(VALUES))
            yield Edit("set", (*path, "Properties", "New", "Deeper"), choice.choice(VALUES))
            yield Edit("remove", (*path, "Properties", key))
            if isinstance(value, list) and value:
                yield Edit("add", (*path, "Properties", key), choice.choice(VALUES))
                yield Edit("remove", (*path, "Properties", key, 0))


TEMPLATES = sorted(
    path for path in (ROOT / "fixtures").rglob("template.*") if path.suffix in (".yaml", ".json") and path.is_file()
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_edits_of_fixtures_keep_all_other_values_and_lines(path: object) -> None:
    """`edit_document` compares the values itself, so that only the lines are compared here."""
    assert hasattr(path, "read_bytes")
    document = read_document(path.read_bytes(), str(path))
    done = 0
    for edit in some_edits(document, random.Random(7)):
        try:
            after = edit_document(document, [edit])[0].source.text
        except EditError as reason:
            assert "comment" in str(reason) or "takes no members" in str(reason)
            continue
        done += 1
        kept = set(map(str.strip, after.splitlines()))
        comments = {line.strip() for line in document.source.text.splitlines() if line.strip().startswith("#")}
        assert comments <= kept
    assert done
