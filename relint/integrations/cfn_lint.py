"""Findings of cfn-lint in the same templates, added to a report."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence

from relint._typing import Any
from relint.catalog.message_template import render
from relint.catalog.rule import Body, Rule
from relint.errors import OptionError
from relint.evaluate.descriptions import to_single_line
from relint.finding import Finding, Report, finding_sort_key
from relint.level import Level
from relint.source.location import Position, Span

_LEVELS: dict[str, Level] = {"E": "error", "W": "warning", "I": "note"}
_MESSAGE = "cfn-lint finds: {message}."
_BATCH_SIZE = 200
"""Files per process, so that their names fit into a command line."""


def add_cfn_lint_findings(report: Report, regions: Sequence[str] = ()) -> Report:
    """Return the report with the findings of the installed cfn-lint in the templates that were checked.

    `regions` are the Regions that cfn-lint checks for; without them its default applies. Configuration, suppressions
    and levels are those of cfn-lint. Raises OptionError if cfn-lint is not installed or does not work.
    """
    matches = [match for files in _batches(report.templates) for match in _run_cfn_lint(files, regions)]
    findings = [_to_finding(match) for match in _without_repetitions(matches)]
    rules = {rule.id: rule for rule in (*report.rules, *(finding.rule for finding in findings))}
    sources = dict(report.sources)
    for file in {finding.file for finding in findings} - sources.keys():
        with open(file, encoding="utf-8", errors="replace", newline="") as stream:
            sources[file] = stream.read()
    return report._replace(
        results=tuple(sorted((*report.results, *findings), key=finding_sort_key)),
        rules=tuple(rules[key] for key in sorted(rules)),
        sources={file: sources[file] for file in sorted(sources)},
    )


def _batches(files: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(files), _BATCH_SIZE):
        yield files[start : start + _BATCH_SIZE]


def _run_cfn_lint(files: Sequence[str], regions: Sequence[str]) -> Iterable[Any]:
    """Return the matches that cfn-lint prints as JSON, which are its findings.

    Those of relint's rules in cfn-lint (`append_rules: [relint.cfnlint]`) are left out, as the report has them already.
    """
    region_arguments = ["--regions", *regions] if regions else []
    command = [_find_executable(), "--format", "json", *region_arguments, "--template", *files]
    process = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    try:
        matches = json.loads(process.stdout or "[]")
    except ValueError as error:
        raise _not_working(process.stderr.strip() or process.stdout) from error
    if not matches and process.returncode:
        raise _not_working(process.stderr)
    return [match for match in matches if isinstance(match, dict) and not _is_from_relint(match)]


def _is_from_relint(match: Any) -> bool:
    """Whether a rule of relint in cfn-lint, of this or another version, is the source of a match.

    `integrations.cfn_lint_rules` writes such a match: its rule is ETOPO702, and its message ends in "(TOPO-702)".
    """
    rule_id = match["Rule"]["Id"]
    if rule_id == "ERELINT":
        return True
    named = re.search(r"\(([A-Z0-9]+)-(\d{3})\)$", match["Message"].strip())
    return named is not None and rule_id[1:] == named[1] + named[2]


def _without_repetitions(matches: Iterable[Any]) -> Iterator[Any]:
    """Yield the matches with one for duplicate keys in each file, which says what they are for cfn-lint.

    cfn-lint reports all places of each key, which rule CFN-001 reports too, and checks nothing else in the file.
    """
    files: set[str] = set()
    for match in matches:
        if match["Rule"]["Id"] == "E0000" and match["Message"].startswith("Duplicate found "):
            if match["Filename"] in files:
                continue
            files.add(match["Filename"])
            match = {**match, "Message": f"{match['Message']}, so cfn-lint checks nothing else in this file"}
        yield match


def _not_working(output: str) -> OptionError:
    """Return an error with the last line of an output, where Python puts the message of an exception."""
    last_line = "".join(output.strip().splitlines()[-1:])
    return OptionError(f"cfn-lint does not work: {to_single_line(last_line)}")


def _find_executable() -> str:
    """Return the path of the cfn-lint beside this Python, else of the first on PATH."""
    path = shutil.which("cfn-lint", path=os.path.dirname(sys.executable)) or shutil.which("cfn-lint")
    if path is None:
        raise OptionError("cfn-lint is not installed here; run: pip install cfn-lint")
    return path


def _to_finding(match: Any) -> Finding:
    rule = _to_rule(match["Rule"])
    location = match["Location"]
    path = tuple(location.get("Path") or ())
    arguments = (to_single_line(match["Message"].strip().rstrip(".")),)
    return Finding(
        rule=rule,
        verdict="fail",
        level=rule.level,
        message=render(_MESSAGE, arguments),
        message_id="default",
        arguments=arguments,
        file=match["Filename"],
        path=path,
        span=Span(_to_position(location["Start"]), _to_position(location["End"])),
        logical_id=str(path[1]) if path[:1] == ("Resources",) and len(path) > 1 else None,
    )


def _to_position(position: Any) -> Position:
    return Position(position["LineNumber"], position["ColumnNumber"])


def _to_rule(raw_rule: Any) -> Rule:
    rule_id = str(raw_rule["Id"])
    source = str(raw_rule.get("Source") or "")
    title = str(raw_rule.get("ShortDescription") or rule_id)
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
            rationale=str(raw_rule.get("Description") or title),
            fix="See the rules of cfn-lint.",
            references=(source,) if source.startswith("https://") else (),
            equivalents={},
        ),
    )
