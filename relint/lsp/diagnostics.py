"""Findings and failures of a report as diagnostics of an editor."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol.types import (
    CodeDescription,
    Diagnostic,
    DiagnosticRelatedInformation,
    DiagnosticSeverity,
    Location,
)
from pygls.uris import from_fs_path

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.report.sarif.rules import help_uri
from relint.report.severity import effective_severity, visible_findings

if TYPE_CHECKING:
    from relint.finding import Failure, Finding, Report
    from relint.lsp.positions import PositionConverter

_SEVERITIES = {
    "error": DiagnosticSeverity.Error,
    "warning": DiagnosticSeverity.Warning,
    "info": DiagnosticSeverity.Information,
}
SOURCE = "relint"
FAILURE_CODE = "RELINT"


class RelintDiagnostic(NamedTuple):
    """A diagnostic and its finding, which is None for a failure."""

    diagnostic: Diagnostic
    finding: Finding | None


def build_diagnostics(
    report: Report, path: str, uri: str, converter: PositionConverter, *, with_failures: bool = True
) -> Iterator[RelintDiagnostic]:
    """Yield the diagnostics of one document, which is the file `path` in the report and `uri` in the editor.

    A finding that fails only outside of the default deployment is one step less severe; suppressed and open findings
    have no diagnostic. A failure of another file, such as the configuration, is on the first line and names that file.
    """
    for finding in visible_findings(report, show_open=False):
        if finding.file == path:
            related = _related_information(finding, report, uri, converter) if finding.related else None
            diagnostic = _finding_diagnostic(finding, converter, related)
            yield RelintDiagnostic(diagnostic=diagnostic, finding=finding)
    for failure in report.failures if with_failures else ():
        yield RelintDiagnostic(diagnostic=_failure_diagnostic(failure, path, converter), finding=None)


def _related_information(
    finding: Finding, report: Report, uri: str, converter: PositionConverter
) -> list[DiagnosticRelatedInformation]:
    """Return the related locations of a finding, of which some may be in the template that includes its file."""
    information = []
    for related in finding.related:
        related_uri, related_converter = uri, converter
        if related.file is not None:
            related_uri = from_fs_path(related.file) or uri
            related_converter = converter.for_text(report.sources.get(related.file, ""))
        location = Location(uri=related_uri, range=related_converter.to_editor_range(related.span))
        information.append(DiagnosticRelatedInformation(location=location, message=related.message))
    return information


def _finding_diagnostic(
    finding: Finding, converter: PositionConverter, related: list[DiagnosticRelatedInformation] | None
) -> Diagnostic:
    rule = finding.rule
    return Diagnostic(
        range=converter.to_editor_range(finding.span),
        message=finding.message,
        severity=_SEVERITIES[effective_severity(finding)],
        code=rule.id,
        code_description=CodeDescription(href=help_uri(rule)),
        source=SOURCE,
        related_information=related,
        data={
            "rule": rule.id,
            "name": rule.name,
            "verdict": finding.verdict,
            "fingerprint": finding.fingerprint,
            "logicalId": finding.logical_id,
            "path": list(finding.path),
        },
    )


def _failure_diagnostic(failure: Failure, path: str, converter: PositionConverter) -> Diagnostic:
    is_in_document = failure.file == path
    return Diagnostic(
        range=converter.to_editor_range(failure.span if is_in_document else None),
        message=failure.message if is_in_document else f"{_file_and_line(failure)}: {failure.message}",
        severity=DiagnosticSeverity.Error,
        code=FAILURE_CODE,
        source=SOURCE,
    )


def _file_and_line(failure: Failure) -> str:
    return f"{failure.file}:{failure.span.start.line}" if failure.span else failure.file
