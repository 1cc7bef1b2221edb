"""Code actions that fix findings, in a conversation with the server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.command_line import run_relint
from tests.helpers.lsp_client import Client, Message, client
from tests.helpers.lsp_edits import LATEST, apply_edits
from tests.helpers.paths import ROOT

pytest.importorskip("pygls")

TEMPLATES = sorted((ROOT / "fixtures").glob("*/template.*"))
URI = "file:///project/template.yaml"
DATABASE = (
    "  {}:\n    Type: AWS::RDS::DBInstance\n    DeletionPolicy: Snapshot\n    UpdateReplacePolicy: Snapshot\n"
    "    Properties:\n      Engine: mysql\n      AllocatedStorage: 100\n      MultiAZ: false # enough\n"
    "      BackupRetentionPeriod: 7\n"
)
TEXT = "Resources:\n" + DATABASE.format("Orders") + DATABASE.format("Customers")
WHOLE = {"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}}
STANDBY = "Set MultiAZ: true (the standby costs as much as the instance)"
GROWTH = "Set MaxAllocatedStorage: 200"


@pytest.fixture(scope="module")
def shared_editor() -> Iterator[Client]:
    with client() as connected:
        connected.initialize(LATEST)
        yield connected


@pytest.fixture
def editor(shared_editor: Client) -> Iterator[Client]:
    """An editor that asks for the edit of the chosen action, and takes versions."""
    yield shared_editor
    shared_editor.close_documents()


@pytest.fixture(scope="module")
def old_editor() -> Iterator[Client]:
    """An editor that does neither."""
    with client() as connected:
        connected.initialize()
        yield connected
        connected.close_documents()


def actions_at(editor: Client, uri: str, selection: Message = WHOLE, **context: Any) -> list[Message]:
    params = {"textDocument": {"uri": uri}, "range": selection, "context": {"diagnostics": [], **context}}
    return list(editor.request("textDocument/codeAction", params))


def fixes_at(editor: Client, uri: str, selection: Message = WHOLE, **context: Any) -> list[Message]:
    return [
        action for action in actions_at(editor, uri, selection, **context) if not action["title"].startswith("Accept")
    ]


def titles(actions: list[Message]) -> list[str]:
    return [action["title"] for action in actions]


def range_of(published: Message, rule: str) -> Message:
    return next(entry["range"] for entry in published["diagnostics"] if entry["code"] == rule)


def resolved(editor: Client, action: Message) -> Message | None:
    edit: Message | None = editor.request("codeAction/resolve", action).get("edit")
    return edit


def edited(editor: Client, text: str, action: Message, version: int = 1) -> str:
    """Return the text after the edit of an action, which the editor asks for and which names the version."""
    assert action.get("edit") is None
    edit = resolved(editor, action)
    assert edit
    [change] = edit["documentChanges"]
    assert change["textDocument"] == {"uri": action["data"]["uri"], "version": version}
    return apply_edits(text, change["edits"])


def test_fix_of_a_finding_makes_it_go_away(editor: Client) -> None:
    published = editor.open(URI, TEXT)
    unsafe, all_of_rule, all_safe = fixes_at(editor, URI, range_of(published, "RDS-701"))
    assert titles([unsafe, all_of_rule]) == [STANDBY, f"Fix all RDS-701 in this file{STANDBY[17:]}"]
    assert [entry["code"] for entry in unsafe["diagnostics"]] == ["RDS-701"]
    assert (unsafe["kind"], unsafe.get("isPreferred")) == ("quickfix", None)
    after = edited(editor, TEXT, unsafe)
    assert after == TEXT.replace("false # enough", "true # enough", 1)
    editor.change(URI, 2, after)
    left = editor.published(URI)["diagnostics"]
    assert [entry["code"] for entry in left].count("RDS-701") == 1
    assert all_safe["kind"] == "source.fixAll.relint"


def test_safe_fix_is_the_preferred_one(editor: Client) -> None:
    safe, *_ = fixes_at(editor, URI, range_of(editor.open(URI, TEXT), "RDS-101"))
    assert (safe["title"], safe["isPreferred"]) == (GROWTH, True)
    after = edited(editor, TEXT, safe)
    assert after.replace("      MaxAllocatedStorage: 200\n", "", 1) == TEXT
    editor.change(URI, 2, after)
    assert range_of(editor.published(URI), "RDS-101")["start"]["line"] == after[: after.index("Customers")].count("\n")


def test_all_findings_of_a_rule_are_fixed_at_once(editor: Client) -> None:
    actions = fixes_at(editor, URI, range_of(editor.open(URI, TEXT), "RDS-701"))
    assert edited(editor, TEXT, actions[1]) == TEXT.replace("false # enough", "true # enough")
    editor.change(URI, 2, TEXT.replace("false # enough", "true # enough", 1))
    assert titles(fixes_at(editor, URI, range_of(editor.published(URI), "RDS-701")))[0:1] == [STANDBY]
    assert "Fix all RDS-701" not in str(fixes_at(editor, URI))


@pytest.mark.parametrize("asked", ["source.fixAll", "source.fixAll.relint", "source"])
def test_safe_fixes_of_the_file_are_those_of_the_source_action(editor: Client, asked: str) -> None:
    editor.open(URI, TEXT)
    nowhere = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}
    [action] = actions_at(editor, URI, nowhere, only=[asked])
    assert action["kind"] == "source.fixAll.relint"
    after = edited(editor, TEXT, action)
    assert after.count("MaxAllocatedStorage: 200") == 2
    assert after.replace("      MaxAllocatedStorage: 200\n", "") == TEXT


def test_source_action_is_offered_only_if_something_is_safe(editor: Client) -> None:
    editor.open(URI, TEXT.replace("      AllocatedStorage: 100\n", ""))
    assert actions_at(editor, URI, only=["source.fixAll"]) == []
    assert actions_at(editor, URI, only=["source.organizeImports", "refactor"]) == []


def test_fixes_of_several_resources_name_their_resource(editor: Client) -> None:
    editor.open(URI, TEXT)
    assert titles(fixes_at(editor, URI, only=["quickfix"]))[:4] == [
        f"Orders: {GROWTH}",
        f"Orders: {STANDBY}",
        f"Customers: {GROWTH}",
        f"Customers: {STANDBY}",
    ]


def test_columns_of_edits_are_in_the_units_of_the_editor(editor: Client) -> None:
    text = "Resources: {A: {Type: AWS::RDS::DBInstance, Properties: {DBName: '🙂é', Engine: mysql, MultiAZ: false}}}"
    editor.open(URI, text)
    action = next(action for action in fixes_at(editor, URI) if action["title"] == STANDBY)
    assert edited(editor, text, action) == text.replace("MultiAZ: false", "MultiAZ: true")


@pytest.mark.parametrize("line_break", ["\r\n", "\r"])
def test_line_breaks_and_byte_order_mark_stay(editor: Client, line_break: str) -> None:
    text = "\ufeff" + TEXT.replace("\n", line_break)
    editor.open(URI, text)
    [action] = actions_at(editor, URI, only=["source.fixAll"])
    after, added = edited(editor, text, action), f"      MaxAllocatedStorage: 200{line_break}"
    assert (after.count(added), after.replace(added, "")) == (2, text)


def test_editor_that_asks_for_no_edit_gets_verified_edits_without_versions(old_editor: Client) -> None:
    published = old_editor.open(URI, TEXT)
    unsafe, all_of_rule = fixes_at(old_editor, URI, range_of(published, "RDS-701"))
    assert apply_edits(TEXT, unsafe["edit"]["changes"][URI]) == TEXT.replace("false # enough", "true # enough", 1)
    assert len(all_of_rule["edit"]["changes"][URI]) == 2
    [all_safe] = actions_at(old_editor, URI, only=["source.fixAll"])
    assert len(all_safe["edit"]["changes"][URI]) == 2
    assert all(action.get("data") is None for action in (unsafe, all_of_rule, all_safe))


def test_edit_of_an_older_version_is_not_given(editor: Client) -> None:
    action, *_ = fixes_at(editor, URI, range_of(editor.open(URI, TEXT), "RDS-101"))
    editor.change(URI, 2, f"# A line more.\n{TEXT}")
    assert resolved(editor, action) is None
    again, *_ = fixes_at(editor, URI)
    assert edited(editor, f"# A line more.\n{TEXT}", again, version=2)


def test_edit_names_the_version_of_a_text_that_came_back(editor: Client) -> None:
    editor.open(URI, TEXT)
    editor.change(URI, 2, "Resources: {}")
    editor.change(URI, 3, TEXT)
    action, *_ = fixes_at(editor, URI)
    assert edited(editor, TEXT, action, version=3)


def test_text_of_the_editor_counts_and_not_that_of_the_disk(editor: Client, tmp_path: Path) -> None:
    file = tmp_path / "template.yaml"
    file.write_text("Resources: {}\n", encoding="utf-8")
    editor.open(file.as_uri(), TEXT)
    [action] = actions_at(editor, file.as_uri(), only=["source.fixAll"])
    assert edited(editor, TEXT, action).count("MaxAllocatedStorage") == 2
    assert file.read_text(encoding="utf-8") == "Resources: {}\n"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.parent.name)
def test_fixes_of_the_editor_are_those_of_the_command(editor: Client, tmp_path: Path, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    file = tmp_path / path.name
    file.write_text(text, encoding="utf-8")
    editor.open(file.as_uri(), text)
    actions = actions_at(editor, file.as_uri(), only=["source.fixAll"])
    run_relint("check", "--fix", path.name, cwd=tmp_path)
    fixed = file.read_text(encoding="utf-8")
    assert [edited(editor, text, action) for action in actions] == ([] if fixed == text else [fixed])
