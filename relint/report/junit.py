"""Report as JUnit test results, for Jenkins, Azure DevOps and CodeBuild.

https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.report.repository_paths import name_files_from_root
from relint.report.severity import effective_severity
from relint.report.terminal import printable

if TYPE_CHECKING:
    from relint.finding import Finding, Report

_SPECIAL = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;"}
_FORBIDDEN = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_junit(report: Report, *, show_open: bool) -> Iterator[str]:
    """Yield the lines of an XML document with a test suite for each template and a test case for each finding.

    Errors and warnings are failed tests; suppressed and open findings are skipped tests; notes and reviews are passed
    tests with output. A template without findings is one passed test. A failure is an error. Test histories go by the
    names, so files are named from the root of their repository.
    """
    report = name_files_from_root(report)
    files = (*report.templates, *(finding.file for finding in report.results))
    suites: dict[str, list[str]] = {file: [] for file in files}
    failed = errors = total = 0
    for finding in report.results if show_open else report.findings:
        suites[finding.file].append(_finding_case(finding))
    for failure in report.failures:
        line = failure.span.start.line if failure.span else 1
        body = f'<error type="relint" message="{_escape(failure.message)}">{_escape(f"{failure.file}:{line}")}</error>'
        suites.setdefault(failure.file, []).append(_test_case(failure.file, f"relint {failure.stage}", body))
    lines: list[str] = []
    for file in sorted(suites):
        cases = suites[file] or [_test_case(file, "no findings", "")]
        failed_here, errors_here, skipped = (
            sum(f"><{element} " in case for case in cases) for element in ("failure", "error", "skipped")
        )
        failed, errors, total = failed + failed_here, errors + errors_here, total + len(cases)
        counts = f'tests="{len(cases)}" failures="{failed_here}" errors="{errors_here}" skipped="{skipped}"'
        lines += [f'  <testsuite name="{_escape(file)}" {counts} time="0">', *cases, "  </testsuite>"]
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<testsuites name="relint" tests="{total}" failures="{failed}" errors="{errors}" time="0">'
    yield from lines
    yield "</testsuites>"


def _finding_case(finding: Finding) -> str:
    subject = finding.logical_id or ".".join(map(str, finding.path))
    name = f"{finding.rule.id} {subject}"
    message = _escape(finding.message_with_environments)
    start = finding.span.start
    output = _escape(f"{finding.file}:{start.line}:{start.column}: {finding.message_with_environments}")
    if finding.suppression:
        body = f'<skipped message="{_escape(f"suppressed: {finding.suppression.justification}")}"/>'
    elif finding.verdict == "open":
        body = f'<skipped message="{message}"/>'
    elif finding.verdict == "fail" and effective_severity(finding) in ("error", "warning"):
        body = f'<failure type="{finding.rule.id}" message="{message}">{output}</failure>'
    else:
        body = f"<system-out>{output}</system-out>"
    return _test_case(finding.file, name, body)


def _test_case(file: str, name: str, body: str) -> str:
    start = f'    <testcase classname="{_escape(file)}" name="{_escape(name)}" time="0"'
    return f"{start}>{body}</testcase>" if body else f"{start}/>"


def _escape(text: str) -> str:
    """Return the text escaped for XML text and attributes.

    Characters that XML does not allow are replaced. https://www.w3.org/TR/xml/#charsets
    """
    text = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", printable(text))
    return "".join(_SPECIAL.get(c, c) for c in text)
