"""Lines about one finding in the text report: heading, source lines with marks, and notes."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.catalog.message_template import find_placeholders, render
from relint.report.layout import style_of
from relint.report.paragraphs import hanging, wrap_paragraphs
from relint.report.terminal import excerpt, printable, width, wrap

if TYPE_CHECKING:
    from relint.finding import Finding
    from relint.report.layout import Layout
    from relint.report.source_lines import SourceLines
    from relint.source.location import Span

_MIN_MESSAGE_COLUMNS = 50
_NOTE_INDENT = 7
"""Columns of "= why: ", below which the further lines of a note are aligned."""


class FindingBlock:
    """The lines about one finding, beside a gutter of line numbers.

    A short block has no empty lines, and a line instead of a frame for each related location. If the finding is in an
    earlier version of a file, which nobody can change any more, that is `current_file`.
    """

    __slots__ = ("_bar", "_current_file", "_finding", "_gutter", "_is_short", "_layout", "_lines")

    def __init__(
        self,
        finding: Finding,
        lines: SourceLines,
        layout: Layout,
        *,
        is_short: bool,
        current_file: str | None = None,
    ) -> None:
        spans = [finding.span] if is_short else [finding.span, *(related.span for related in finding.related)]
        self._finding = finding
        self._lines = lines
        self._layout = layout
        self._is_short = is_short
        self._current_file = current_file
        self._gutter = len(str(max(span.start.line for span in spans)))
        self._bar = layout.paint(" " * (self._gutter + 1) + "|", "frame")

    def render(self, explained: set[tuple[str, bool]], *, repeats_frame: bool) -> Iterator[str]:
        """Yield the lines; `explained` contains the rules of earlier blocks, and whether their files had comments.

        With `repeats_frame`, the block above shows the same source line, which this one then leaves out.
        """
        finding = self._finding
        style = style_of(finding)
        yield from self._heading(style)
        subject = finding.logical_id or ""
        if finding.resource_type:
            subject += f" ({finding.resource_type})"
        yield from self._location_lines("-->", finding.file, finding.span, subject)
        if finding.cdk_path:
            yield self._frame(printable(f"{' ' * self._gutter} ::: construct {finding.cdk_path}"))
        message = _message_without_scenario(finding)
        yield from self._bars()
        if repeats_frame:
            yield from self._message_lines(message)
        else:
            yield from self._source_lines(finding.file, finding.span, "^", style, message)
        yield from self._related_lines()
        yield from self._notes(explained)

    def _heading(self, style: str) -> Iterator[str]:
        rule, paint = self._finding.rule, self._layout.paint
        label = self._layout.link(paint(f"{style}[{rule.id}]", style), rule)
        text = printable(f"{rule.name}: {rule.title}")
        return hanging(f"{label} ", len(f"{style}[{rule.id}] "), text, self._layout.line_columns)

    def _location_lines(self, arrow: str, file: str, span: Span, subject: str) -> Iterator[str]:
        """Yield the place and the subject, on two lines if one would be too long."""
        location = printable(f"{file}:{span.start.line}:{span.start.column}")
        subject = printable(subject)
        line = f"{' ' * self._gutter}{self._frame(arrow)} {location}"
        if subject and self._gutter + 6 + width(location) + width(subject) > self._layout.line_columns:
            yield line
            yield f"{' ' * (self._gutter + 4)}{subject}"
        else:
            yield f"{line}  {subject}".rstrip()

    def _related_lines(self) -> Iterator[str]:
        for related in self._finding.related:
            file = related.file or self._finding.file
            if self._is_short:
                start, subject = related.span.start, related.logical_id or ""
                text = printable(f"{file}:{start.line}:{start.column}  {subject}")
                prefix = f"{' ' * self._gutter}{self._frame(':::')} "
                message = f"{text.rstrip()}: {printable(related.message)}"
                yield from hanging(prefix, self._gutter + 4, message, self._layout.prose_columns)
                continue
            yield self._bar
            yield from self._location_lines(":::", file, related.span, related.logical_id or "")
            yield self._bar
            yield from self._source_lines(file, related.span, "-", "frame", related.message)

    def _source_lines(self, file: str, span: Span, marker: str, style: str, message: str) -> Iterator[str]:
        """Yield the source line, markers below the span, and the message beside the markers if it fits, else below."""
        columns = self._layout.columns - self._gutter - 3
        source = self._lines.line_at(file, span)
        if source is None:
            yield from self._message_lines(message)
            return
        text, column, size = excerpt(*source, columns)
        markers = " " * column + self._layout.paint(marker * size, style)
        yield f"{self._frame(f'{span.start.line:>{self._gutter}} |')} {text}".rstrip()
        message_columns = min(columns, self._layout.prose_columns - self._gutter - 3)
        if column + size + 1 + width(printable(message)) <= message_columns:
            yield f"{self._bar} {markers} {printable(message)}"
            return
        yield f"{self._bar} {markers}"
        yield from self._message_lines(message, max(0, min(column, message_columns - _MIN_MESSAGE_COLUMNS)))

    def _message_lines(self, message: str, indent: int = 0) -> Iterator[str]:
        columns = self._layout.prose_columns - self._gutter - 3 - indent
        return (f"{self._bar} {' ' * indent}{line}" for line in wrap(printable(message), columns))

    def _notes(self, explained: set[tuple[str, bool]]) -> Iterator[str]:
        allows_comments = _allows_comments(self._finding.file, self._lines)
        off = self._suppression(allows_comments=allows_comments)
        notes = list(_notes(self._finding, explained, off, allows_comments=allows_comments, is_short=self._is_short))
        if notes:
            yield from self._bars()
        margin = self._gutter + 1
        for name, text in notes:
            prefix = f"{' ' * margin}{self._frame('=')} {self._layout.paint(f'{name}:', 'strong')} "
            for line in wrap_paragraphs(text, self._layout.prose_columns - margin - _NOTE_INDENT):
                yield f"{prefix}{line}".rstrip()
                prefix = " " * (margin + _NOTE_INDENT)

    def _suppression(self, *, allows_comments: bool) -> str:
        """Return how to suppress the rule: in the template, or if that is gone, in the configuration."""
        finding = self._finding
        if self._current_file is not None:
            entry = f"rule: {finding.rule.id}, path: {self._current_file}, resource: {finding.logical_id}"
            return f"in relint.yaml\n\n    suppressions:\n      - {{{printable(entry)}, reason: <reason>}}"
        if allows_comments:
            return f"# relint: ignore[{finding.rule.id}] <reason>"
        return f'"Metadata": {{"relint": {{"ignore": {{"{finding.rule.id}": "<reason>"}}}}}}'

    def _bars(self) -> Iterator[str]:
        """Yield an empty line of the frame, or nothing in a short block."""
        if not self._is_short:
            yield self._bar

    def _frame(self, text: str) -> str:
        return self._layout.paint(text, "frame")


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


def _notes(
    finding: Finding, explained: set[tuple[str, bool]], suppression: str, *, allows_comments: bool, is_short: bool
) -> Iterator[tuple[str, str]]:
    """Yield names and texts of notes: the scenario always, the rest for the first finding of a rule only.

    The note on suppression is repeated for the first finding in a file of another syntax (YAML or JSON). A short block
    has neither it nor the references, which `relint explain` prints.
    """
    rule = finding.rule
    is_first = not ((rule.id, True) in explained or (rule.id, False) in explained)
    is_first_of_syntax = (rule.id, allows_comments) not in explained
    explained.add((rule.id, allows_comments))
    if finding.scenario and finding.verdict != "open":
        yield "when", finding.scenario
    if finding.environments:
        yield "env", ", ".join(finding.environments)
    if is_first:
        yield "why", rule.rationale
        yield "fix", rule.fix
    if is_first and not is_short:
        yield "ref", " ".join((*rule.pillar[:1], *rule.references[:1]))
    if is_first_of_syntax and not is_short:
        yield "off", suppression
