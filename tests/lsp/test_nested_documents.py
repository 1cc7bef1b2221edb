"""Diagnostics of nested stacks, which depend on the parents that are open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.includes import IN_PROPERTIES, NO_STANDBY
from tests.helpers.lsp_client import Client, Message, client
from tests.helpers.nested_stacks import CHILD, stack_resource

pytest.importorskip("pygls")


@pytest.fixture
def editor() -> Iterator[Client]:
    with client() as connected:
        connected.initialize()
        yield connected


def parent_text(standby: str) -> str:
    return "Resources:\n" + stack_resource("Data", "child.yaml", f"{{Standby: '{standby}'}}")


def scenarios(published: Message) -> list[str]:
    """Return when the database has no standby, as the diagnostics say."""
    messages = [entry["message"] for entry in published["diagnostics"] if entry["code"] == "RDS-701"]
    return [message.partition("This happens when ")[2] for message in messages]


def test_nested_stack_has_the_diagnostics_that_its_parent_causes(editor: Client, tmp_path: Path) -> None:
    parent, child = tmp_path / "parent.yaml", tmp_path / "child.yaml"
    child.write_text(CHILD, encoding="utf-8")
    deployed, alone = [f'it is deployed as "Data" of "{parent}".'], ['Standby is "false".']
    editor.open(parent.as_uri(), parent_text("false"))
    assert scenarios(editor.published(child.as_uri())) == deployed
    assert scenarios(editor.open(child.as_uri(), CHILD)) == deployed
    editor.change(parent.as_uri(), 2, parent_text("true"))
    assert scenarios(editor.published(child.as_uri())) == []
    editor.notify("textDocument/didClose", {"textDocument": {"uri": parent.as_uri()}})
    assert scenarios(editor.published(child.as_uri())) == alone


def test_diagnostics_of_a_closed_nested_stack_end_with_their_cause(editor: Client, tmp_path: Path) -> None:
    parent, child = tmp_path / "parent.yaml", tmp_path / "child.yaml"
    child.write_text(CHILD, encoding="utf-8")
    editor.open(parent.as_uri(), parent_text("false"))
    assert scenarios(editor.published(child.as_uri())) != []
    editor.change(parent.as_uri(), 2, "Resources: {}\n")
    assert scenarios(editor.published(child.as_uri())) == []


def test_included_file_has_the_diagnostics_of_its_template(editor: Client, tmp_path: Path) -> None:
    template, part = tmp_path / "main.yaml", tmp_path / "part.yaml"
    part.write_text(NO_STANDBY, encoding="utf-8")
    editor.open(template.as_uri(), IN_PROPERTIES)
    (diagnostic,) = (e for e in editor.published(part.as_uri())["diagnostics"] if e["code"] == "RDS-701")
    assert diagnostic["range"]["start"]["line"] == 1
    (place,) = diagnostic["relatedInformation"]
    assert place["location"]["uri"] == template.as_uri() and place["location"]["range"]["start"]["line"] == 5
    assert scenarios(editor.open(part.as_uri(), NO_STANDBY)) == [""]
    editor.change(part.as_uri(), 2, "MultiAZ: true")
    assert scenarios(editor.published(part.as_uri())) == []


DATA = """Resources:
  Stream: {Type: AWS::Kinesis::Stream}
  Queue: {Type: AWS::SQS::Queue}
Outputs: {Source: {Value: !GetAtt %s.Arn, Export: {Name: source}}}
"""
READER = """Parameters: {Source: {Type: String}}
Resources:
  Reader: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: worker, EventSourceArn: %s}}
"""


@pytest.mark.parametrize("source", ["!Ref Source", "!ImportValue source"])
def test_change_of_another_stack_changes_diagnostics(editor: Client, tmp_path: Path, source: str) -> None:
    data, reader, root = (tmp_path / f"{name}.yaml" for name in ("data", "reader", "root"))
    passed = "{Source: !GetAtt Data.Outputs.Source}" if "Ref" in source else "{}"
    stacks = stack_resource("Data", "data.yaml") + stack_resource("Reader", "reader.yaml", passed)
    editor.open(data.as_uri(), DATA % "Stream")
    editor.open(root.as_uri(), f"Resources:\n{stacks}")
    published = editor.open(reader.as_uri(), READER % source)
    assert "KIN-401" in {entry["code"] for entry in published["diagnostics"]}
    editor.change(data.as_uri(), 2, DATA % "Queue")
    assert "KIN-401" not in {entry["code"] for entry in editor.published(reader.as_uri())["diagnostics"]}
