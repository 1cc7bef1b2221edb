"""What a report says of the text in an editor: diagnostics, each with its finding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lsprotocol.types import (
    CodeDescription,
    Diagnostic,
    DiagnosticRelatedInformation,
    DiagnosticSeverity,
    Location,
)

from relint._named_tuple import NamedTuple
from relint.report.sarif.rules import help_uri
from relint.report.severity import effective_severity, visible_findings

if TYPE_CHECKING:
    from relint.finding import Failure, Finding, Report
    from relint.lsp.positions import Places

_SEVERITIES = {
    "error": DiagnosticSeverity.Error,
    "warning": DiagnosticSeverity.Warning,
    "info": DiagnosticSeverity.Information,
}
SOURCE = "relint"
FAILURE = "RELINT"


class Mark(NamedTuple):
    """A diagnostic and the finding behind it; a failure has none."""

    diagnostic: Diagnostic
    finding: Finding | None


def marks(report: Report, path: str, uri: str, places: Places) -> Iterator[Mark]:
    """The marks of one file, which the report names `path` and the editor `uri`.

    What fails only in another deployment is a step less severe; what is accepted or open has no mark. A failure of
    another file, such as the configuration, stands on the first line and names that file.
    """
    for finding in visible_findings(report, show_open=False):
        if finding.file == path:
            yield Mark(_diagnostic(finding, uri, places), finding)
    for failure in report.failures:
        yield Mark(_failure(failure, path, places), None)


def _diagnostic(finding: Finding, uri: str, places: Places) -> Diagnostic:
    rule = finding.rule
    related = [
        DiagnosticRelatedInformation(location=Location(uri=uri, range=places.range(one.span)), message=one.message)
        for one in finding.related
    ]
    return Diagnostic(
        range=places.range(finding.span),
        message=finding.message,
        severity=_SEVERITIES[effective_severity(finding)],
        code=rule.id,
        code_description=CodeDescription(href=help_uri(rule)),
        source=SOURCE,
        related_information=related or None,
        data={
            "rule": rule.id,
            "name": rule.name,
            "verdict": finding.verdict,
            "fingerprint": finding.fingerprint,
            "logicalId": finding.logical_id,
            "path": list(finding.path),
        },
    )


def _failure(failure: Failure, path: str, places: Places) -> Diagnostic:
    here = failure.file == path
    return Diagnostic(
        range=places.range(failure.span if here else None),
        message=failure.message if here else f"{_where(failure)}: {failure.message}",
        severity=DiagnosticSeverity.Error,
        code=FAILURE,
        source=SOURCE,
    )


def _where(failure: Failure) -> str:
    return f"{failure.file}:{failure.span.start.line}" if failure.span else failure.file
