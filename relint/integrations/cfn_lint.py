"""What cfn-lint finds in the same templates, as findings of one report."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from relint.catalog.message_template import render
from relint.catalog.rule import Body, Rule
from relint.errors import OptionError
from relint.evaluate.descriptions import to_single_line
from relint.finding import Finding, Report, finding_sort_key
from relint.level import Level
from relint.source.location import Position, Span

_LEVELS: dict[str, Level] = {"E": "error", "W": "warning", "I": "note"}
_MESSAGE = "cfn-lint finds: '{message}'."
_ENDS = ("Start", "End")
_AT_ONCE = 200
"""Files given to one process: their names must fit into a command line."""


def add_cfn_lint_findings(report: Report, regions: Sequence[str] = ()) -> Report:
    """The report with what the installed cfn-lint finds in the templates that were checked.

    `regions` are those that cfn-lint is to judge for, else its own default holds. Its configuration, suppressions and
    levels are its own. Raises OptionError where it is not installed or does not work.
    """
    matches = [match for files in _groups(report.templates) for match in _matches(files, regions)]
    findings = [_finding(match) for match in matches]
    rules = {rule.id: rule for rule in (*report.rules, *(one.rule for one in findings))}
    sources = dict(report.sources)
    for file in {one.file for one in findings} - sources.keys():
        with open(file, encoding="utf-8", errors="replace", newline="") as stream:
            sources[file] = stream.read()
    return report._replace(
        findings=tuple(sorted((*report.findings, *findings), key=finding_sort_key)),
        rules=tuple(rules[key] for key in sorted(rules)),
        sources={file: sources[file] for file in sorted(sources)},
    )


def _groups(files: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(files), _AT_ONCE):
        yield files[start : start + _AT_ONCE]


def _matches(files: Sequence[str], regions: Sequence[str]) -> Iterable[Any]:
    asked = ["--regions", *regions] if regions else []
    command = [_program(), "--format", "json", *asked, "--template", *files]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    try:
        found = json.loads(done.stdout or "[]")
    except ValueError as error:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise OptionError(f"cfn-lint does not work: {to_single_line(''.join(said))}") from error
    if not found and done.returncode:
        said = done.stderr.strip().splitlines()[-1:]
        raise OptionError(f"cfn-lint does not work: {to_single_line(''.join(said))}")
    return [one for one in found if isinstance(one, dict)]


def _program() -> str:
    """cfn-lint beside this Python, else on the path."""
    found = shutil.which("cfn-lint", path=os.path.dirname(sys.executable)) or shutil.which("cfn-lint")
    if found is None:
        raise OptionError("cfn-lint is not installed here; run: pip install cfn-lint")
    return found


def _finding(match: Any) -> Finding:
    rule = _rule(match["Rule"])
    start, end = (Position(match["Location"][at]["LineNumber"], match["Location"][at]["ColumnNumber"]) for at in _ENDS)
    path = tuple(match["Location"].get("Path") or ())
    arguments = (to_single_line(match["Message"].rstrip(".")),)
    return Finding(
        rule=rule,
        verdict="fail",
        level=rule.level,
        message=render(_MESSAGE, arguments),
        message_id="default",
        arguments=arguments,
        file=match["Filename"],
        path=path,
        span=Span(start, end),
        logical_id=str(path[1]) if path[:1] == ("Resources",) and len(path) > 1 else None,
    )


def _rule(said: Any) -> Rule:
    rule_id = str(said["Id"])
    source = str(said.get("Source") or "")
    title = str(said.get("ShortDescription") or rule_id)
    return Rule(
        id=rule_id,
        name=f"cfn-lint-{rule_id.lower()}",
        title=title,
        level=_LEVELS.get(rule_id[:1], "warning"),
        priority="P1",
        pillar=(),
        resources=(),
        file="",
        body=Body(
            cases=(),
            messages={"default": _MESSAGE},
            rationale=str(said.get("Description") or title),
            fix="See the rules of cfn-lint.",
            references=(source,) if source.startswith("https://") else (),
            equivalents={},
        ),
    )
