"""Findings as a person reads them at a terminal: the line, what is wrong with it, why, and what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from relint.catalog.message_template import placeholders, render
from relint.report.source_lines import SourceLines
from relint.report.summary import summarize, summary_line, unread_files
from relint.report.terminal import excerpt, printable, width, wrap

if TYPE_CHECKING:
    from relint.finding import Failure, Finding, Report
    from relint.source.location import Span

    Paint = Callable[[str, str], str]

_COLUMNS = 100
_NARROW = 50
_CODES = {"error": "1;31", "warning": "1;33", "note": "1;36", "review": "1;35", "open": "1;34", "frame": "34"}


def render_text(report: Report, *, colour: bool, show_open: bool) -> Iterator[str]:
    """The lines of the report: a block for each finding, a line for each failure, and a summary.

    Why and how to fix are told with the first finding of each rule only. Suppressed findings are counted, not shown;
    open ones are shown only with `show_open`. `colour` adds ANSI colours; nothing that comes from a template does.
    """
    paint: Paint = _painted if colour else _plain
    lines = SourceLines(report.sources)
    told: set[tuple[str, bool]] = set()
    shown = ("fail", "review", "open") if show_open else ("fail", "review")
    for finding in report.findings:
        if finding.suppression is None and finding.verdict in shown:
            yield from _finding(finding, lines, told, paint)
            yield ""
    unread = unread_files(report)
    for failure in report.failures:
        yield _failure(failure, failure.file in unread, paint)
    if report.failures:
        yield ""
    yield summary_line(summarize(report), show_open=show_open)


def _painted(text: str, kind: str) -> str:
    return f"\x1b[{_CODES[kind]}m{text}\x1b[0m"


def _plain(text: str, kind: str) -> str:
    return text


def _finding(finding: Finding, lines: SourceLines, told: set[tuple[str, bool]], paint: Paint) -> Iterator[str]:
    rule = finding.rule
    kind = finding.level if finding.verdict == "fail" else finding.verdict
    yield f"{paint(f'{kind}[{rule.id}]', kind)} {printable(f'{rule.name}: {rule.title}')}"
    last = max(span.start.line for span in (finding.span, *(related.span for related in finding.related)))
    gutter = len(str(last))
    bar = " " * (gutter + 1) + "|"
    owner = finding.logical_id or ""
    if finding.resource_type:
        owner += f" ({finding.resource_type})"
    yield _place("-->", finding.file, finding.span, owner, gutter, paint)
    if finding.cdk_path:
        yield paint(printable(f"{' ' * gutter} ::: construct {finding.cdk_path}"), "frame")
    yield paint(bar, "frame")
    yield from _source(lines, finding.file, finding.span, ("^", kind), _main_sentence(finding), gutter, paint)
    for related in finding.related:
        yield paint(bar, "frame")
        yield _place(":::", finding.file, related.span, related.logical_id or "", gutter, paint)
        yield paint(bar, "frame")
        yield from _source(lines, finding.file, related.span, ("-", "frame"), related.message, gutter, paint)
    notes = list(_notes(finding, _takes_comments(finding.file, lines), told))
    if notes:
        yield paint(bar, "frame")
    for name, text in notes:
        yield from _note(name, text, gutter, paint)


def _main_sentence(finding: Finding) -> str:
    """The message without its sentence about the scenario, which has a line of its own."""
    template = finding.rule.messages.get(finding.message_id.removesuffix("-when"))
    if finding.message_id.endswith("-when") and template is not None:
        return render(template, finding.arguments[: len(placeholders(template))])
    return finding.message


def _place(arrow: str, file: str, span: Span, what: str, gutter: int, paint: Paint) -> str:
    where = printable(f"{file}:{span.start.line}:{span.start.column}  {what}").rstrip()
    return f"{' ' * gutter}{paint(arrow, 'frame')} {where}"


def _source(
    lines: SourceLines, file: str, span: Span, mark: tuple[str, str], message: str, gutter: int, paint: Paint
) -> Iterator[str]:
    """The source line, the mark below what is meant, and the message beside the mark if it fits, else below."""
    message = printable(message)
    bar = paint(" " * (gutter + 1) + "|", "frame")
    room = _COLUMNS - gutter - 3
    place = lines.line_at(file, span)
    if place is None:
        yield from (f"{bar} {line}" for line in wrap(message, room))
        return
    text, column, size = excerpt(*place, room)
    sign, kind = mark
    marks = " " * column + paint(sign * size, kind)
    yield f"{paint(f'{span.start.line:>{gutter}} |', 'frame')} {text}".rstrip()
    if column + size + 1 + width(message) <= room:
        yield f"{bar} {marks} {message}"
        return
    yield f"{bar} {marks}"
    indent = min(column, room - _NARROW)
    yield from (f"{bar} {' ' * indent}{line}" for line in wrap(message, room - indent))


def _takes_comments(file: str, lines: SourceLines) -> bool:
    """Whether the template is YAML; JSON has no comments."""
    text = lines.texts.get(file)
    return not (file.endswith(".json") if text is None else text[:1000].lstrip().startswith("{"))


def _notes(finding: Finding, comments: bool, told: set[tuple[str, bool]]) -> Iterator[tuple[str, str]]:
    """What is said below: the scenario always, the rest once for each rule, and how to accept it in each syntax."""
    rule = finding.rule
    first = not ((rule.id, True) in told or (rule.id, False) in told)
    if finding.scenario and finding.verdict != "open":
        yield "when", finding.scenario
    if first:
        yield "why", rule.rationale
        yield "fix", rule.fix
        yield "ref", " ".join((*rule.pillar[:1], *rule.references[:1]))
    if (rule.id, comments) not in told:
        told.add((rule.id, comments))
        if comments:
            yield "off", f"# relint: ignore[{rule.id}] <reason>"
        else:
            yield "off", f'"Metadata": {{"relint": {{"ignore": {{"{rule.id}": "<reason>"}}}}}}'


def _note(name: str, text: str, gutter: int, paint: Paint) -> Iterator[str]:
    """A note: paragraphs wrapped, indented lines (YAML to paste) as they are."""
    margin = gutter + 1
    head = f"{' ' * margin}{paint('=', 'frame')} {name}: "
    for line in _laid_out(text, _COLUMNS - margin - 7):
        yield f"{head}{line}".rstrip()
        head = " " * (margin + 7)


def _laid_out(text: str, room: int) -> Iterator[str]:
    paragraph: list[str] = []
    for line in text.strip("\n").splitlines():
        if line.strip() and not line[0].isspace():
            paragraph.append(line)
            continue
        if paragraph:
            yield from wrap(printable(" ".join(" ".join(paragraph).split())), room)
            paragraph.clear()
        yield from _as_written(line, room)
    if paragraph:
        yield from wrap(printable(" ".join(" ".join(paragraph).split())), room)


def _as_written(line: str, room: int) -> Iterator[str]:
    line = printable(line.rstrip())
    if width(line) <= room:
        yield line
        return
    indent = " " * (len(line) - len(line.lstrip()))
    yield from (indent + piece for piece in wrap(line, room - len(indent)))


def _failure(failure: Failure, unread: bool, paint: Paint) -> str:
    where = failure.file
    if failure.span:
        where += f":{failure.span.start.line}:{failure.span.start.column}"
    what = f"not analysed: {failure.message}" if unread else failure.message
    return f"{printable(where)}: {paint('error', 'error')}: {printable(what)}"
