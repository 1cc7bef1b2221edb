"""The language server, spoken to by a raw client over standard input and output."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls", reason="the language server is an extra: pip install 'relint[lsp]'")

DATABASE = """Resources:
  Database: # \N{PACKAGE} \N{PACKAGE}
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties: {Engine: mysql, DBName: "\N{PACKAGE}", BackupRetentionPeriod: 2, MultiAZ: true, DeletionProtection: on}
"""


class Client:
    """Frames messages as the protocol has them, and keeps the notifications that came meanwhile."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "relint", "lsp"]
        self.process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.ids = 0

    def send(self, method: str, params: Any, **more: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def receive(self) -> Any:
        assert self.process.stdout
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the server has gone"
        return json.loads(self.process.stdout.read(length))

    def ask(self, method: str, params: Any) -> Any:
        self.ids += 1
        self.send(method, params, id=self.ids)
        while (message := self.receive()).get("id") != self.ids:
            pass
        assert "error" not in message, message
        return message["result"]

    def diagnostics(self) -> list[dict[str, Any]]:
        while (message := self.receive()).get("method") != "textDocument/publishDiagnostics":
            pass
        found: list[dict[str, Any]] = message["params"]["diagnostics"]
        return found


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    (tmp_path / "relint.yaml").write_text("root: true\n", encoding="utf-8")
    one = Client(tmp_path)
    one.ask("initialize", {"processId": None, "rootUri": tmp_path.as_uri(), "capabilities": {}})
    one.send("initialized", {})
    yield one
    one.ask("shutdown", None)
    one.send("exit", None)
    assert one.process.wait(10) == 0


def opened(client: Client, uri: str, text: str) -> list[dict[str, Any]]:
    document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
    client.send("textDocument/didOpen", {"textDocument": document})
    return client.diagnostics()


def changed(client: Client, uri: str, version: int, text: str) -> None:
    document = {"uri": uri, "version": version}
    client.send("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})


def test_template_is_checked_as_it_is_written(client: Client, tmp_path: Path) -> None:
    uri = (tmp_path / "a.yaml").as_uri()
    (found,) = opened(client, uri, DATABASE)
    assert (found["code"], found["severity"], found["source"]) == ("RDS-602", 2, "relint")
    assert found["codeDescription"]["href"].startswith("https://docs.aws.amazon.com/")
    line = DATABASE.splitlines()[5]
    before = line[: line.index("BackupRetentionPeriod")]
    assert found["range"]["start"] == {"line": 5, "character": len(before.encode("utf-16-le")) // 2}
    for version in (2, 3, 4):
        changed(client, uri, version, DATABASE.replace("Period: 2", f"Period: {version + 6}"))
    assert client.diagnostics() == []
    changed(client, uri, 5, "Resources: {A: [")
    (found,) = client.diagnostics()
    assert found["severity"] == 1
    client.send("textDocument/didSave", {"textDocument": {"uri": uri}})
    assert len(client.diagnostics()) == 1
    client.send("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert client.diagnostics() == []


def test_configuration_of_the_folder_holds(client: Client, tmp_path: Path) -> None:
    (tmp_path / "relint.yaml").write_text("root: true\nignore: [RDS-602]\n", encoding="utf-8")
    uri = (tmp_path / "a.yaml").as_uri()
    assert opened(client, uri, DATABASE) == []
    (tmp_path / "relint.yaml").write_text("root: true\nignor: [RDS-602]\n", encoding="utf-8")
    client.send("textDocument/didSave", {"textDocument": {"uri": uri}})
    (found,) = client.diagnostics()
    assert "did you mean 'ignore'" in found["message"]


def test_hover_shows_the_page_of_the_rule(client: Client, tmp_path: Path) -> None:
    uri = (tmp_path / "a.yaml").as_uri()
    (found,) = opened(client, uri, DATABASE)
    position = {"textDocument": {"uri": uri}, "position": found["range"]["start"]}
    contents = client.ask("textDocument/hover", position)["contents"]
    assert contents["kind"] == "markdown"
    assert "Why it matters" in contents["value"]
    assert client.ask("textDocument/hover", {**position, "position": {"line": 0, "character": 0}}) is None


def test_code_action_accepts_a_finding(client: Client, tmp_path: Path) -> None:
    uri = (tmp_path / "a.yaml").as_uri()
    (found,) = opened(client, uri, DATABASE)
    asked = {"textDocument": {"uri": uri}, "range": found["range"], "context": {"diagnostics": [found]}}
    (action,) = client.ask("textDocument/codeAction", asked)
    (edit,) = action["edit"]["changes"][uri]
    assert edit["newText"] == "    # relint: ignore[RDS-602] TODO: say why\n"
    lines = DATABASE.splitlines(keepends=True)
    lines.insert(edit["range"]["start"]["line"], edit["newText"])
    changed(client, uri, 2, "".join(lines))
    assert client.diagnostics() == []


def test_no_comment_is_offered_where_it_would_be_text(client: Client, tmp_path: Path) -> None:
    uri = (tmp_path / "a.json").as_uri()
    properties = {"Engine": "mysql", "BackupRetentionPeriod": 2, "DeletionProtection": True, "MultiAZ": True}
    kept = {"DeletionPolicy": "Snapshot", "UpdateReplacePolicy": "Snapshot"}
    resource = {"Type": "AWS::RDS::DBInstance", **kept, "Properties": properties}
    (found,) = opened(client, uri, json.dumps({"Resources": {"Database": resource}}, indent=2))
    asked = {"textDocument": {"uri": uri}, "range": found["range"], "context": {"diagnostics": [found]}}
    assert client.ask("textDocument/codeAction", asked) == []


@pytest.mark.parametrize("text", ["", "a: b", "\x00", "- - -", "Resources: ["])
def test_what_is_no_template_disturbs_nobody(client: Client, tmp_path: Path, text: str) -> None:
    found = opened(client, (tmp_path / "a.yaml").as_uri(), text)
    assert all(one["source"] == "relint" for one in found)
    assert not found or text == "Resources: ["
