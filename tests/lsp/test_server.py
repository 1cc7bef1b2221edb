"""The language server, in a process of its own, behind two pipes as with an editor."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import relint
from relint.api import load_rules
from relint.report.rule_pages import render_page
from relint.report.severity import effective_severity, visible_findings
from tests.helpers.command_line import run_python, run_relint_process
from tests.helpers.lsp_client import Client, Message, client
from tests.helpers.paths import ROOT

pytest.importorskip("pygls")

URI = "file:///project/shop%20one/template.yaml"
GOOD = "Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n"
BAD = (
    "Resources:\n  Database:\n    Type: AWS::RDS::DBInstance\n"
    "    DeletionPolicy: Snapshot\n    UpdateReplacePolicy: Snapshot\n"
    "    Properties: {Engine: mysql, MultiAZ: false, BackupRetentionPeriod: 7}\n"
)
SMILING = BAD.replace("Engine: mysql", "DBName: '🙂é', Engine: mysql")


@pytest.fixture(scope="module")
def shared_editor() -> Iterator[Client]:
    with client() as connected:
        connected.initialize()
        yield connected


@pytest.fixture
def editor(shared_editor: Client) -> Iterator[Client]:
    """A client without open documents."""
    yield shared_editor
    shared_editor.close_documents()


def diagnostic_of(published: Message, rule: str) -> dict[str, Any]:
    (diagnostic,) = (entry for entry in published["diagnostics"] if entry["code"] == rule)
    return dict(diagnostic)


def quick_fixes(editor: Client, uri: str, selection: Message, **context: Any) -> list[Message]:
    params = {"textDocument": {"uri": uri}, "range": selection, "context": {"diagnostics": [], **context}}
    return list(editor.request("textDocument/codeAction", params))


def suppressions(editor: Client, uri: str, selection: Message) -> list[Message]:
    return [action for action in quick_fixes(editor, uri, selection) if action["title"].startswith("Accept ")]


def test_finding_is_a_diagnostic_with_rule_page_severity_and_data(editor: Client) -> None:
    diagnostic = diagnostic_of(editor.open(URI, BAD), "RDS-701")
    assert diagnostic["severity"] == 2
    assert diagnostic["source"] == "relint"
    assert diagnostic["message"].startswith("'Database' ")
    assert diagnostic["codeDescription"]["href"].endswith("/docs/rules/RDS-701.md")
    assert diagnostic["data"]["path"] == ["Resources", "Database", "Properties", "MultiAZ"]
    line = BAD.splitlines()[5]
    assert diagnostic["range"] == {
        "start": {"line": 5, "character": line.index("MultiAZ")},
        "end": {"line": 5, "character": line.index("MultiAZ") + len("MultiAZ: false")},
    }


def test_diagnostics_are_those_of_the_library(editor: Client) -> None:
    text = (ROOT / "fixtures/data-platform/template.yaml").read_text(encoding="utf-8")
    shown = [(entry["code"], entry["message"], entry["severity"]) for entry in editor.open(URI, text)["diagnostics"]]
    report = relint.check_text(text, "t.yaml")
    numbers = {"error": 1, "warning": 2, "info": 3}
    expected = [
        (finding.rule.id, finding.message, numbers[effective_severity(finding)])
        for finding in visible_findings(report, show_open=False)
    ]
    assert shown == expected
    assert {1, 2} <= {number for _, _, number in shown}


def test_failure_in_another_deployment_is_one_severity_lower(editor: Client) -> None:
    text = "Parameters:\n  Twice: {Type: String, AllowedValues: ['true', 'false'], Default: 'true'}\n" + BAD.replace(
        "MultiAZ: false", "MultiAZ: !Ref Twice"
    )
    assert diagnostic_of(editor.open(URI, text), "RDS-701")["severity"] == 3


def test_suppressed_finding_is_not_shown(editor: Client) -> None:
    text = BAD.replace("7}", "7} # relint: ignore[RDS-701] Rebuilt within minutes.")
    assert editor.open(URI, text)["diagnostics"] == []


def test_related_location_has_its_own_range(editor: Client) -> None:
    text = (
        "Resources:\n"
        "  Worker:\n    Type: AWS::Lambda::Function\n    Properties: {Timeout: 120}\n"
        "  Orders:\n    Type: AWS::SQS::Queue\n    Properties: {VisibilityTimeout: 30}\n"
        "  Source:\n    Type: AWS::Lambda::EventSourceMapping\n"
        "    Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref Worker}\n"
    )
    diagnostics = editor.open(URI, text)["diagnostics"]
    related = [entry for diagnostic in diagnostics for entry in diagnostic.get("relatedInformation") or []]
    assert related
    assert {entry["location"]["uri"] for entry in related} == {URI}
    assert {entry["location"]["range"]["start"]["line"] for entry in related} <= set(range(1, 10))


@pytest.mark.parametrize(
    ("encodings", "column"),
    [(None, 37), (["utf-32"], 36), (["utf-8", "utf-16"], 40)],
    ids=["UTF-16 by default", "UTF-32", "the first encoding that is offered"],
)
def test_columns_are_in_the_units_of_the_editor(encodings: list[str] | None, column: int) -> None:
    base = SMILING.splitlines()[5].index("MultiAZ")
    with client() as editor:
        editor.initialize(**({"positionEncodings": encodings} if encodings else {}))
        start = diagnostic_of(editor.open(URI, SMILING), "RDS-701")["range"]["start"]
    assert start["character"] - base == column - 36


def test_changes_in_quick_succession_are_checked_once(editor: Client) -> None:
    editor.open(URI, GOOD)
    started = time.monotonic()
    for version, text in enumerate((BAD, "Resources: [", GOOD, BAD), start=2):
        editor.change(URI, version, text)
    published = editor.published(URI)
    assert time.monotonic() - started >= 0.2
    assert published["version"] == 5
    assert diagnostic_of(published, "RDS-701")
    assert editor.is_silent(0.6)


def test_saved_document_is_checked_at_once_and_closing_clears_its_diagnostics(editor: Client) -> None:
    editor.open(URI, GOOD)
    editor.change(URI, 2, BAD)
    editor.notify("textDocument/didSave", {"textDocument": {"uri": URI}})
    assert diagnostic_of(editor.published(URI), "RDS-701")
    editor.notify("textDocument/didClose", {"textDocument": {"uri": URI}})
    assert editor.published(URI)["diagnostics"] == []
    assert editor.is_silent(0.5)


def test_changed_configuration_rechecks_every_open_document(editor: Client) -> None:
    other = "file:///project/other.yaml"
    editor.open(URI, BAD)
    editor.open(other, GOOD)
    change = {"uri": "file:///project/relint.yaml", "type": 2}
    editor.notify("workspace/didChangeWatchedFiles", {"changes": [change]})
    assert diagnostic_of(editor.published(URI), "RDS-701")
    assert editor.published(other)["diagnostics"] == []


def test_configuration_of_the_folder_applies_and_its_errors_are_reported(editor: Client, tmp_path: Path) -> None:
    uri = (tmp_path / "a.yaml").as_uri()
    settings = tmp_path / "relint.yaml"
    settings.write_text("root: true\nignore: [RDS-701]\n", encoding="utf-8")
    assert editor.open(uri, BAD)["diagnostics"] == []
    settings.write_text("root: true\nignor: [RDS-701]\n", encoding="utf-8")
    editor.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": settings.as_uri(), "type": 2}]})
    (diagnostic,) = editor.published(uri)["diagnostics"]
    assert "did you mean 'ignore'" in diagnostic["message"]
    assert "relint.yaml:2: " in diagnostic["message"]
    assert (diagnostic["code"], diagnostic["range"]["start"]) == ("RELINT", {"line": 0, "character": 0})


def test_suppression_is_not_offered_for_a_mandatory_rule(editor: Client, tmp_path: Path) -> None:
    (tmp_path / "relint.yaml").write_text("root: true\nmandatory: [RDS-701]\n", encoding="utf-8")
    uri = (tmp_path / "a.yaml").as_uri()
    assert suppressions(editor, uri, diagnostic_of(editor.open(uri, BAD), "RDS-701")["range"]) == []


def test_line_numbers_are_those_of_editors(editor: Client) -> None:
    text = f"Description: 'one\u2028two\u0085three'\n{BAD}"
    diagnostic = diagnostic_of(editor.open(URI, text), "RDS-701")
    assert diagnostic["range"]["start"]["line"] == 6
    action, *_ = suppressions(editor, URI, diagnostic["range"])
    (edit,) = action["edit"]["changes"][URI]
    assert edit["range"]["start"] == {"line": 6, "character": 0}


def test_hover_responds_while_a_large_template_is_checked(editor: Client) -> None:
    selection = diagnostic_of(editor.open(URI, BAD), "RDS-701")["range"]
    body = BAD.partition("\n")[2]
    large = "Resources:\n" + "".join(body.replace("Database", f"Database{number}") for number in range(450))
    document = {"uri": "file:///project/large.yaml", "languageId": "yaml", "version": 1, "text": large}
    editor.notify("textDocument/didOpen", {"textDocument": document})
    number = editor.send_request("textDocument/hover", {"textDocument": {"uri": URI}, "position": selection["start"]})
    first = editor.wait(lambda message: message.get("id") == number or "diagnostics" in message.get("params", {}))
    assert first.get("id") == number
    assert len(editor.published("file:///project/large.yaml")["diagnostics"]) >= 450


def test_hover_shows_the_page_of_the_rule(editor: Client) -> None:
    selection = diagnostic_of(editor.open(URI, BAD), "RDS-701")["range"]
    shown = editor.request("textDocument/hover", {"textDocument": {"uri": URI}, "position": selection["start"]})
    rule = next(rule for rule in load_rules() if rule.id == "RDS-701")
    assert shown["contents"] == {"kind": "markdown", "value": render_page(rule)}
    assert shown["range"] == selection
    beside = {"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}}
    assert editor.request("textDocument/hover", beside) is None


def test_suppression_is_inserted_in_the_units_of_the_editor(editor: Client) -> None:
    diagnostic = diagnostic_of(editor.open(URI, SMILING), "RDS-701")
    action, *_ = suppressions(editor, URI, diagnostic["range"])
    assert action["kind"] == "quickfix"
    assert action["diagnostics"] == [diagnostic]
    (edit,) = action["edit"]["changes"][URI]
    assert edit["range"] == {"start": {"line": 5, "character": 0}, "end": {"line": 5, "character": 0}}
    lines = SMILING.splitlines(keepends=True)
    editor.change(URI, 2, "".join([*lines[:5], edit["newText"].replace("TODO: say why", "Rebuilt."), *lines[5:]]))
    assert editor.published(URI)["diagnostics"] == []


def test_quick_fixes_wait_for_the_check_of_the_text(editor: Client) -> None:
    selection = diagnostic_of(editor.open(URI, BAD), "RDS-701")["range"]
    editor.change(URI, 2, f"# A line more.\n{BAD}")
    below = {place: {**selection[place], "line": selection[place]["line"] + 1} for place in ("start", "end")}
    [action, *_] = suppressions(editor, URI, below)
    [edit] = action["edit"]["changes"][URI]
    assert edit["range"]["start"]["line"] == below["start"]["line"]


def test_quick_fixes_of_a_text_that_changes_are_not_given(editor: Client) -> None:
    selection = diagnostic_of(editor.open(URI, BAD), "RDS-701")["range"]
    editor.change(URI, 2, f"# A line more.\n{BAD}")
    params = {"textDocument": {"uri": URI}, "range": selection, "context": {"diagnostics": []}}
    number = editor.send_request("textDocument/codeAction", params)
    editor.change(URI, 3, f"# Another line.\n{BAD}")
    assert editor.wait(lambda message: message.get("id") == number)["result"] == []


def test_quick_fix_is_not_offered_for_a_request_of_refactorings(editor: Client) -> None:
    selection = diagnostic_of(editor.open(URI, BAD), "RDS-701")["range"]
    assert quick_fixes(editor, URI, selection, only=["refactor"]) == []
    assert quick_fixes(editor, URI, selection, only=["quickfix"])


@pytest.mark.parametrize(
    "text",
    ["", "key: value\n", "{", "Resources: []\n", "services:\n  web: {image: nginx}\n", "\0\ud83d: ["],
    ids=["empty", "other YAML", "broken JSON", "no resources", "a compose file", "not a text"],
)
def test_document_that_is_not_a_template_has_no_diagnostics(editor: Client, text: str) -> None:
    assert editor.open(URI, text)["diagnostics"] == []


def test_template_that_cannot_be_parsed_has_one_diagnostic_at_its_line(editor: Client) -> None:
    (diagnostic,) = editor.open(URI, BAD + "  Broken: [\n")["diagnostics"]
    assert (diagnostic["code"], diagnostic["severity"]) == ("RELINT", 1)
    assert diagnostic["range"]["start"]["line"] >= 6


@pytest.mark.parametrize(
    "uri", ["untitled:Untitled-1", "file:///c%3A/shop/%C3%BC.yaml", "vscode-vfs://github/a/b.yaml"]
)
def test_document_of_any_scheme_is_checked(editor: Client, uri: str) -> None:
    assert diagnostic_of(editor.open(uri, BAD), "RDS-701")


def test_server_survives_invalid_messages(editor: Client) -> None:
    for body in (b"{nonsense", b"[]", b"null", b"\xff\xfe", b'{"jsonrpc":"2.0","method":"textDocument/didOpen"}'):
        editor.send_raw(body)
    for method in ("textDocument/didSave", "textDocument/didClose", "no/suchThing"):
        editor.notify(method, {"textDocument": {"uri": "file:///never/opened.yaml"}})
    editor.change("file:///never/opened.yaml", 2, BAD)
    editor.open(URI, "Resources:\n" + "[" * 100_000)
    editor.change(URI, 2, BAD)
    assert diagnostic_of(editor.published(URI), "RDS-701")


def test_server_exits_on_request_and_when_the_editor_is_gone() -> None:
    with client() as editor:
        editor.initialize()
        editor.request("shutdown", None)
        editor.notify("exit", None)
        assert editor.process.wait(10) == 0
    with client() as editor:
        editor.initialize()
        assert editor.process.stdin
        editor.process.stdin.close()
        assert editor.process.wait(10) == 0


def test_message_about_missing_pygls_names_the_remedy() -> None:
    done = run_relint_process("lsp", code="import sys; sys.modules['pygls'] = None")
    assert done.exit_code == 2
    assert "pip install 'cfn-relint[lsp]'" in done.stderr


def test_command_line_never_imports_the_packages_of_the_server() -> None:
    code = "import sys, relint.cli, relint.api; print({'pygls', 'lsprotocol'} & set(sys.modules))"
    assert run_python("-c", code).stdout == "set()\n"
