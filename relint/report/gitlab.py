"""Report in GitLab's code quality format (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.report.repository_paths import name_files_from_root
from relint.report.sarif.locations import relative_paths
from relint.report.severity import effective_severity, visible_findings
from relint.storage.hashing import blake2b

if TYPE_CHECKING:
    from relint.finding import Report

_SEVERITIES = {"error": "critical", "warning": "major", "info": "info"}


def render_gitlab(report: Report, *, show_open: bool) -> Iterator[str]:
    """Yield the lines of a JSON array.

    Fingerprints stay the same when lines move. They are unique, because GitLab merges entries with equal fingerprints.
    """
    report = name_files_from_root(report)
    findings = list(visible_findings(report, show_open=show_open))
    paths = relative_paths([*(finding.file for finding in findings), *(failure.file for failure in report.failures)])
    occurrences: Counter[str] = Counter()
    entries: list[dict[str, Any]] = []
    for finding in findings:
        occurrences[finding.fingerprint] += 1
        occurrence = occurrences[finding.fingerprint]
        entry = _entry(
            description=finding.message_with_environments,
            check=finding.rule.id,
            fingerprint=finding.fingerprint if occurrence == 1 else _digest(finding.fingerprint, str(occurrence)),
            severity=_SEVERITIES[effective_severity(finding)],
            path=paths[finding.file],
            line=finding.span.start.line,
        )
        entries.append(entry)
    for failure in report.failures:
        entry = _entry(
            description=failure.message,
            check="RELINT",
            fingerprint=_digest(failure.file, failure.stage, failure.message),
            severity="blocker",
            path=paths[failure.file],
            line=failure.span.start.line if failure.span else 1,
        )
        entries.append(entry)
    yield "["
    for number, entry in enumerate(entries, 1):
        yield json.dumps(entry) + ("," if number < len(entries) else "")
    yield "]"


def _entry(*, description: str, check: str, fingerprint: str, severity: str, path: str, line: int) -> dict[str, Any]:
    return {
        "description": description,
        "check_name": check,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {"path": path, "lines": {"begin": line}},
    }


def _digest(*parts: str) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
