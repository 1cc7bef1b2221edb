"""Problem matchers for editors and GitHub match the output of relint."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import relint
from relint.finding import Report
from relint.report.one_line import closing_line, render_concise
from tests.helpers.paths import ROOT

GITHUB = json.loads((ROOT / "examples/editors/problem-matcher.json").read_text(encoding="utf-8"))["problemMatcher"]
CODE = json.loads((ROOT / "examples/editors/vscode-tasks.json").read_text(encoding="utf-8"))["tasks"][0]
PARTS = ("file", "line", "column", "severity", "code", "message")
NODE = """
const {expressions, lines} = JSON.parse(require("fs").readFileSync(0, "utf8"));
const groups = (match) => match && match.slice(1);
const matches = (expression) => lines.map((line) => groups(line.match(new RegExp(expression))));
console.log(JSON.stringify(expressions.map(matches)));
"""


def reports() -> list[Report]:
    """Return reports on the fixtures under file names of several systems, and reports with failures."""
    fixture_reports = [
        relint.check_text(path.read_bytes(), f"{folder}{path.parent.name}/{path.name}", ruleset="all")
        for path in sorted((ROOT / "fixtures").glob("*/template.*"))
        for folder in ("", "C:/Users/Ann Lee/", "/srv/a:1/ü (2)/", "stacks/12:7: eu-")
    ]
    broken = ("Resources: [", "Resources:\n  A: {Type: AWS::SNS::Topic, Type: AWS::SQS::Queue}\n", "a: \0")
    return [
        *fixture_reports,
        *(relint.check_text(text, "broken.yaml") for text in broken),
        relint.check("missing/a.yaml"),
    ]


REPORTS = reports()
LINES = [line for report in REPORTS for line in render_concise(report, show_open=True)]
EXPECTED = [
    *(
        (finding.file, str(finding.span.start.line), str(finding.span.start.column), finding.rule.id, finding.message)
        for report in REPORTS
        for finding in report.results
        if finding.suppression is None
    ),
    *(
        (
            failure.file,
            str(failure.span.start.line if failure.span else 1),
            str(failure.span.start.column if failure.span else 1),
            "RELINT",
            failure.message,
        )
        for report in REPORTS
        for failure in report.failures
    ),
]


def parts(pattern: dict[str, Any], groups: list[str]) -> dict[str, str]:
    return {part: groups[pattern[part] - 1] for part in PARTS if part in pattern}


def location(match: dict[str, str]) -> tuple[str, ...]:
    return tuple(match[part] for part in PARTS if part != "severity")


def groups_of(pattern: dict[str, Any], line: str) -> list[str] | None:
    match = re.search(pattern["regexp"], line)
    return list(match.groups()) if match else None


def test_output_has_every_severity_and_a_failure() -> None:
    assert {line.split(": ")[1].split()[0] for line in LINES if line[:1] != "s"} == {"error", "warning", "info"}
    assert any(" RELINT " in line for line in LINES)


def test_visual_studio_code_matches_every_line() -> None:
    pattern = CODE["problemMatcher"]["pattern"]
    matches = [parts(pattern, groups_of(pattern, line) or []) for line in LINES]
    assert sorted(map(location, matches)) == sorted(EXPECTED)
    assert {match["severity"] for match in matches} == {"error", "warning", "info"}


def test_github_matches_every_line_once_with_a_valid_severity() -> None:
    matches = []
    for line in LINES:
        (match,) = (
            {"severity": matcher.get("severity", ""), **parts(matcher["pattern"][0], groups)}
            for matcher in GITHUB
            if (groups := groups_of(matcher["pattern"][0], line))
        )
        matches.append(match)
    assert sorted(map(location, matches)) == sorted(EXPECTED)
    assert {match["severity"] for match in matches} == {"error", "warning", "notice"}


@pytest.mark.parametrize("severity", ["error", "warning", "info"])
def test_findings_of_cfn_lint_match_too(severity: str) -> None:
    line = f"a.yaml:28:3: {severity} W3011 cfn-lint finds: Both are needed."
    patterns = [matcher["pattern"][0] for matcher in GITHUB]
    assert (groups_of(CODE["problemMatcher"]["pattern"], line) or [])[-2:] == [
        "W3011",
        "cfn-lint finds: Both are needed.",
    ]
    assert [groups[-2] for pattern in patterns if (groups := groups_of(pattern, line))] == ["W3011"]


def test_other_lines_do_not_match() -> None:
    unrelated_lines = [
        "",
        "3 findings",
        "https://example.com:443:1: error",
        "  --> a.yaml:3:1  Orders",
        "error RDS-701 no place",
        closing_line(REPORTS[0], show_open=False, notes=["exit code 1: findings at or above warning, see --fail-on"]),
    ]
    patterns = [CODE["problemMatcher"]["pattern"], *(matcher["pattern"][0] for matcher in GITHUB)]
    assert not any(groups_of(pattern, line) for pattern in patterns for line in unrelated_lines)


def test_owners_differ_and_every_group_exists() -> None:
    assert len({matcher["owner"] for matcher in GITHUB}) == len(GITHUB)
    for pattern in (CODE["problemMatcher"]["pattern"], *(matcher["pattern"][0] for matcher in GITHUB)):
        assert max(pattern[part] for part in PARTS if part in pattern) == re.compile(pattern["regexp"]).groups


def test_expressions_match_the_same_in_javascript() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    patterns = [CODE["problemMatcher"]["pattern"], *(matcher["pattern"][0] for matcher in GITHUB)]
    request = json.dumps({"expressions": [pattern["regexp"] for pattern in patterns], "lines": LINES})
    run = subprocess.run([node, "-e", NODE], input=request, capture_output=True, encoding="utf-8", check=True)
    assert json.loads(run.stdout) == [[groups_of(pattern, line) for line in LINES] for pattern in patterns]


def test_task_of_visual_studio_code_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from relint.cli import run

    template = ROOT / "fixtures/data-platform/template.yaml"
    (tmp_path / "template.yaml").write_bytes(template.read_bytes())
    monkeypatch.chdir(tmp_path)
    assert CODE["command"] == "relint"
    assert run(CODE["args"]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert printed
    assert all(groups_of(CODE["problemMatcher"]["pattern"], line) for line in printed)
