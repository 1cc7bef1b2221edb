"""Report for a terminal: for each finding the source line, the problem, the reason and the remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from relint._typing import TYPE_CHECKING
from relint.catalog.message_template import find_placeholders, render
from relint.report.source_lines import SourceLines
from relint.report.summary import format_summary, summarize, unread_files
from relint.report.terminal import excerpt, printable, width, wrap

if TYPE_CHECKING:
    from relint.finding import Failure, Finding, Report
    from relint.source.location import Span

    Paint = Callable[[str, str], str]

_COLUMNS = 100
_MIN_MESSAGE_COLUMNS = 50
_NOTE_INDENT = 7
"""Columns of "= why: ", below which the further lines of a note are aligned."""
_COLOURS = {"error": "1;31", "warning": "1;33", "note": "1;36", "review": "1;35", "open": "1;34", "frame": "34"}
"""Parameters of the ANSI escape sequence for each style."""


def render_text(report: Report, *, colour: bool, show_open: bool) -> Iterator[str]:
    """Yield the lines of the report: a block for each finding, a line for each failure, and a summary.

    Only the first finding of each rule includes rationale and fix. Suppressed findings are counted, not shown; open
    findings are shown only with `show_open`. `colour` adds ANSI colours; escape sequences in a template are escaped.
    """
    paint: Paint = _coloured if colour else _uncoloured
    lines = SourceLines(report.sources)
    explained: set[tuple[str, bool]] = set()
    verdicts = ("fail", "review", "open") if show_open else ("fail", "review")
    for finding in report.findings:
        if finding.suppression is None and finding.verdict in verdicts:
            yield from _FindingBlock(finding, lines, paint).render(explained)
            yield ""
    unread = unread_files(report)
    for failure in report.failures:
        yield _failure_line(failure, paint, is_unread=failure.file in unread)
    if report.failures:
        yield ""
    yield format_summary(summarize(report), show_open=show_open)


def _coloured(text: str, style: str) -> str:
    return f"\x1b[{_COLOURS[style]}m{text}\x1b[0m"


def _uncoloured(text: str, style: str) -> str:
    return text


class _FindingBlock:
    """The lines about one finding: heading, source lines with marks, and notes, all beside a gutter of line numbers."""

    __slots__ = ("_bar", "_finding", "_gutter", "_lines", "_paint")

    def __init__(self, finding: Finding, lines: SourceLines, paint: Paint) -> None:
        last_line = max(span.start.line for span in (finding.span, *(related.span for related in finding.related)))
        self._finding = finding
        self._lines = lines
        self._paint = paint
        self._gutter = len(str(last_line))
        self._bar = paint(" " * (self._gutter + 1) + "|", "frame")

    def render(self, explained: set[tuple[str, bool]]) -> Iterator[str]:
        """Yield the lines; `explained` contains the rules of earlier blocks, and whether their files had comments."""
        finding, rule, indent = self._finding, self._finding.rule, " " * self._gutter
        style = finding.level if finding.verdict == "fail" else finding.verdict
        yield f"{self._paint(f'{style}[{rule.id}]', style)} {printable(f'{rule.name}: {rule.title}')}"
        subject = finding.logical_id or ""
        if finding.resource_type:
            subject += f" ({finding.resource_type})"
        yield self._location_line("-->", finding.span, subject)
        if finding.cdk_path:
            yield self._paint(printable(f"{indent} ::: construct {finding.cdk_path}"), "frame")
        yield self._bar
        yield from self._source_lines(finding.span, "^", style, _message_without_scenario(finding))
        for related in finding.related:
            yield self._bar
            yield self._location_line(":::", related.span, related.logical_id or "")
            yield self._bar
            yield from self._source_lines(related.span, "-", "frame", related.message)
        notes = list(_notes(finding, explained, allows_comments=_allows_comments(finding.file, self._lines)))
        if notes:
            yield self._bar
        for name, text in notes:
            yield from self._note_lines(name, text)

    def _location_line(self, arrow: str, span: Span, subject: str) -> str:
        location = f"{self._finding.file}:{span.start.line}:{span.start.column}"
        return f"{' ' * self._gutter}{self._paint(arrow, 'frame')} {printable(f'{location}  {subject}').rstrip()}"

    def _source_lines(self, span: Span, marker: str, style: str, message: str) -> Iterator[str]:
        """Yield the source line, markers below the span, and the message beside the markers if it fits, else below."""
        message = printable(message)
        columns = _COLUMNS - self._gutter - 3
        source = self._lines.line_at(self._finding.file, span)
        if source is None:
            yield from (f"{self._bar} {line}" for line in wrap(message, columns))
            return
        text, column, size = excerpt(*source, columns)
        markers = " " * column + self._paint(marker * size, style)
        yield f"{self._paint(f'{span.start.line:>{self._gutter}} |', 'frame')} {text}".rstrip()
        if column + size + 1 + width(message) <= columns:
            yield f"{self._bar} {markers} {message}"
            return
        yield f"{self._bar} {markers}"
        indent = min(column, columns - _MIN_MESSAGE_COLUMNS)
        yield from (f"{self._bar} {' ' * indent}{line}" for line in wrap(message, columns - indent))

    def _note_lines(self, name: str, text: str) -> Iterator[str]:
        margin = self._gutter + 1
        prefix = f"{' ' * margin}{self._paint('=', 'frame')} {name}: "
        for line in _wrap_paragraphs(text, _COLUMNS - margin - _NOTE_INDENT):
            yield f"{prefix}{line}".rstrip()
            prefix = " " * (margin + _NOTE_INDENT)


def _message_without_scenario(finding: Finding) -> str:
    """Return the message without its sentence about the scenario, which becomes a note."""
    template = finding.rule.messages.get(finding.message_id.removesuffix("-when"))
    if finding.message_id.endswith("-when") and template is not None:
        return render(template, finding.arguments[: len(find_placeholders(template))])
    return finding.message


def _allows_comments(file: str, lines: SourceLines) -> bool:
    """Whether the template is YAML; JSON has no comments."""
    text = lines.texts.get(file)
    return not (file.endswith(".json") if text is None else text[:1000].lstrip().startswith("{"))


def _notes(finding: Finding, explained: set[tuple[str, bool]], *, allows_comments: bool) -> Iterator[tuple[str, str]]:
    """Yield names and texts of notes: the scenario always, the rest for the first finding of a rule only.

    The note on suppression is repeated for the first finding in a file of another syntax (YAML or JSON).
    """
    rule = finding.rule
    is_first = not ((rule.id, True) in explained or (rule.id, False) in explained)
    if finding.scenario and finding.verdict != "open":
        yield "when", finding.scenario
    if is_first:
        yield "why", rule.rationale
        yield "fix", rule.fix
        yield "ref", " ".join((*rule.pillar[:1], *rule.references[:1]))
    if (rule.id, allows_comments) not in explained:
        explained.add((rule.id, allows_comments))
        if allows_comments:
            yield "off", f"# relint: ignore[{rule.id}] <reason>"
        else:
            yield "off", f'"Metadata": {{"relint": {{"ignore": {{"{rule.id}": "<reason>"}}}}}}'


def _wrap_paragraphs(text: str, columns: int) -> Iterator[str]:
    """Yield the lines of a text with its paragraphs wrapped.

    Indented lines are YAML to paste, so that they stay as they are, however long: a wrapped one is another YAML.
    """
    paragraph: list[str] = []
    for line in text.strip("\n").splitlines():
        if line.strip() and not line[0].isspace():
            paragraph.append(line)
            continue
        if paragraph:
            yield from wrap(printable(" ".join(" ".join(paragraph).split())), columns)
            paragraph.clear()
        yield printable(line.rstrip())
    if paragraph:
        yield from wrap(printable(" ".join(" ".join(paragraph).split())), columns)


def _failure_line(failure: Failure, paint: Paint, *, is_unread: bool) -> str:
    location = failure.file
    if failure.span:
        location += f":{failure.span.start.line}:{failure.span.start.column}"
    message = f"not analysed: {failure.message}" if is_unread else failure.message
    return f"{printable(location)}: {paint('error', 'error')}: {printable(message)}"
