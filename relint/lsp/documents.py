"""Documents of an editor, checked with the configuration of their folders."""

from __future__ import annotations

from typing import NamedTuple

from relint import api
from relint.errors import RelintError
from relint.finding import Failure, Finding, Report
from relint.report.severities import told


class Edit(NamedTuple):
    """Text to be inserted before a place: a line and a column, both counted from 0 and in code points."""

    line: int
    column: int
    text: str


def check_document(path: str, text: str) -> Report:
    """The report on a text that stands, or will stand, in a file; what is no template has none.

    A mistake in the configuration is a failure of the report.
    """
    try:
        return api.check_text(text, path, config="find", skip_non_templates=True, allow_empty=True)
    except RelintError as error:
        where = f" ({error.file}:{error.span.start.line})" if error.file and error.span else ""
        return Report(failures=(Failure(path, "options", f"{error.message}{where}"),))


def suppression(path: str, text: str, finding: Finding) -> Edit | None:
    """The comment that accepts a finding, on a line of its own above it or else at the end of its line.

    Each is tried: a comment that would be text (in a block scalar, in JSON) accepts nothing. None if neither does.
    """
    lines = text.splitlines(keepends=True)
    number = finding.span.start.line - 1
    if number >= len(lines):
        return None
    line = lines[number].rstrip("\r\n")
    newline = lines[number][len(line) :] or "\n"
    comment = f"# relint: ignore[{finding.rule.id}] TODO: say why"
    indent = line[: len(line) - len(line.lstrip())]
    for edit in (Edit(number, 0, f"{indent}{comment}{newline}"), Edit(number, len(line), f"  {comment}")):
        edited = "".join([*lines[:number], _with(lines[number], edit), *lines[number + 1 :]])
        report = check_document(path, edited)
        accepted = [one for one in report.findings if one.rule.id == finding.rule.id and one.path == finding.path]
        if accepted and all(one.suppression for one in accepted) and not report.failures:
            return edit
    return None


def shown(report: Report) -> list[Finding]:
    """The findings that an editor marks."""
    return list(told(report, show_open=False))


def _with(line: str, edit: Edit) -> str:
    return line[: edit.column] + edit.text + line[edit.column :]
