"""A code quality report (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from relint.report.sarif.locations import relative_paths
from relint.report.severity import effective_severity, visible_findings
from relint.storage.hashing import blake2b

if TYPE_CHECKING:
    from relint.finding import Report

_SEVERITIES = {"error": "critical", "warning": "major", "info": "info"}


def render_gitlab(report: Report, *, show_open: bool) -> Iterator[str]:
    """The lines of a JSON array. Fingerprints stay when lines move; none are equal, as GitLab merges those."""
    findings = list(visible_findings(report, show_open=show_open))
    files = relative_paths([*(one.file for one in findings), *(one.file for one in report.failures)])
    seen: Counter[str] = Counter()
    entries: list[dict[str, Any]] = []
    for finding in findings:
        seen[finding.fingerprint] += 1
        again = seen[finding.fingerprint]
        fingerprint = finding.fingerprint if again == 1 else _hash(finding.fingerprint, str(again))
        line = finding.span.start.line
        what = (finding.message, finding.rule.id, fingerprint, _SEVERITIES[effective_severity(finding)])
        entries.append(_entry(*what, files[finding.file], line))
    for failure in report.failures:
        fingerprint = _hash(failure.file, failure.stage, failure.message)
        line = failure.span.start.line if failure.span else 1
        entries.append(_entry(failure.message, "RELINT", fingerprint, "blocker", files[failure.file], line))
    yield "["
    for number, entry in enumerate(entries, 1):
        yield json.dumps(entry) + ("," if number < len(entries) else "")
    yield "]"


def _entry(description: str, check: str, fingerprint: str, severity: str, path: str, line: int) -> dict[str, Any]:
    return {
        "description": description,
        "check_name": check,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {"path": path, "lines": {"begin": line}},
    }


def _hash(*parts: str) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
