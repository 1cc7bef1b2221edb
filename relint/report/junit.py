"""Test results as Jenkins, Azure DevOps and CodeBuild read them.

https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.report.severity import effective_severity
from relint.report.terminal import printable

if TYPE_CHECKING:
    from relint.finding import Finding, Report

_SPECIAL = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;"}
_FORBIDDEN = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_junit(report: Report, *, show_open: bool) -> Iterator[str]:
    """The lines of an XML document: a test suite for each template, a test case for each finding.

    Errors and warnings are failed tests, what is suppressed or open is skipped, and what is milder (notes, reviews) has
    passed and says so in its output. A template without findings is one passed test; undone work is an error.
    """
    suites: dict[str, list[str]] = {file: [] for file in (*report.templates, *(one.file for one in report.findings))}
    failed = errors = total = 0
    for finding in report.findings:
        if finding.verdict != "open" or show_open:
            suites[finding.file].append(_case(finding))
    for failure in report.failures:
        line = failure.span.start.line if failure.span else 1
        body = f'<error type="relint" message="{_text(failure.message)}">{_text(f"{failure.file}:{line}")}</error>'
        suites.setdefault(failure.file, []).append(_test_case(failure.file, f"relint {failure.stage}", body))
    lines: list[str] = []
    for file in sorted(suites):
        cases = suites[file] or [_test_case(file, "no findings", "")]
        counts = [sum(f"><{kind} " in case for case in cases) for kind in ("failure", "error", "skipped")]
        failed, errors, total = failed + counts[0], errors + counts[1], total + len(cases)
        numbers = f'tests="{len(cases)}" failures="{counts[0]}" errors="{counts[1]}" skipped="{counts[2]}"'
        lines += [f'  <testsuite name="{_text(file)}" {numbers} time="0">', *cases, "  </testsuite>"]
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<testsuites name="relint" tests="{total}" failures="{failed}" errors="{errors}" time="0">'
    yield from lines
    yield "</testsuites>"


def _case(finding: Finding) -> str:
    where = finding.logical_id or ".".join(map(str, finding.path))
    name = f"{finding.rule.id} {where}"
    message = _text(finding.message)
    start = finding.span.start
    place = _text(f"{finding.file}:{start.line}:{start.column}: {finding.message}")
    if finding.suppression:
        body = f'<skipped message="{_text(f"suppressed: {finding.suppression.justification}")}"/>'
    elif finding.verdict == "open":
        body = f'<skipped message="{message}"/>'
    elif finding.verdict == "fail" and effective_severity(finding) in ("error", "warning"):
        body = f'<failure type="{finding.rule.id}" message="{message}">{place}</failure>'
    else:
        body = f"<system-out>{place}</system-out>"
    return _test_case(finding.file, name, body)


def _test_case(file: str, name: str, body: str) -> str:
    start = f'    <testcase classname="{_text(file)}" name="{_text(name)}" time="0"'
    return f"{start}>{body}</testcase>" if body else f"{start}/>"


def _text(text: str) -> str:
    """What XML may hold (https://www.w3.org/TR/xml/#charsets), escaped for text and attributes alike."""
    text = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", printable(text))
    return "".join(_SPECIAL.get(c, c) for c in text)
