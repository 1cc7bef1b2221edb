"""The problem matchers that are shipped, on what relint really prints."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import relint
from relint.report.severities import told

ROOT = Path(__file__).parent.parent
GITHUB = json.loads((ROOT / "editors" / "problem-matcher.json").read_text(encoding="utf-8"))["problemMatcher"][0]
VSCODE = json.loads((ROOT / "editors" / "vscode-tasks.json").read_text(encoding="utf-8"))["tasks"][0]["problemMatcher"]
PATTERNS = [pytest.param(GITHUB["pattern"][0], id="GitHub"), pytest.param(VSCODE["pattern"], id="VS Code")]


def printed() -> list[str]:
    command = [sys.executable, "-m", "relint", "check", "fixtures", "missing.yaml", "--format", "concise"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.splitlines()


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_line_is_matched_with_its_parts(pattern: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    report = relint.check("fixtures", "missing.yaml")
    lines = printed()
    assert len(lines) == len(list(told(report, show_open=False))) + 1
    names = {name: pattern[name] for name in ("file", "line", "column", "severity", "code", "message")}
    found = []
    for line in lines:
        match = re.match(pattern["regexp"], line)
        assert match, line
        found.append({name: match[group] for name, group in names.items()})
    finding = next(one for one in told(report, show_open=False) if one.verdict == "fail")
    start = finding.span.start
    assert {
        "file": finding.file,
        "line": str(start.line),
        "column": str(start.column),
        "severity": finding.level.replace("note", "info"),
        "code": finding.rule.id,
        "message": finding.message,
    } in found
    assert found[-1]["code"] == "RELINT"


@pytest.mark.parametrize("pattern", PATTERNS)
def test_javascript_reads_the_expression_alike(pattern: dict[str, Any]) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    script = (
        "const [p, lines] = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        "console.log(JSON.stringify(lines.map(l => new RegExp(p).exec(l)?.slice(1) ?? null)))"
    )
    lines = printed()
    data = json.dumps([pattern["regexp"], lines])
    done = subprocess.run([node, "-e", script], input=data, capture_output=True, text=True, check=True)
    expected = [list(match.groups()) for line in lines if (match := re.match(pattern["regexp"], line))]
    assert json.loads(done.stdout) == expected
