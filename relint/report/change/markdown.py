"""The differences between templates as Markdown for a pull request: a table of what happens, the worst first."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from relint._typing import TYPE_CHECKING
from relint.report.change.outcomes import OutlinedChange, count_outcomes, gravest_first, outline, texts_of_change
from relint.report.change.text import heading_of
from relint.report.markdown import limited_rows, render_findings
from relint.report.markdown_text import code, escape
from relint.report.repository_paths import paths_from_root
from relint.report.severity import most_severe_first
from relint.report.summary import format_summary, summarize

if TYPE_CHECKING:
    from relint.finding import Failure
    from relint.model.template import Template
    from relint.run.comparison.compare_files import Diff
    from relint.source.location import Path

_MAX_VALUES = 3
"""Values of a resource in the table; a reader who wants all of them reads the change itself."""
_MAX_ROWS = 20
"""Rows of the table, beyond which changes without a finding are folded: a reader has ten seconds."""
_MILD = ("changed", "added")
"""Outcomes that the reader need not look at, which are folded."""


def render_markdown_diff(diff: Diff, *, show_open: bool) -> Iterator[str]:
    """Yield a heading with the numbers of changes, failures, a table of consequences, and the other changes folded."""
    changes = outline(diff, show_open=show_open)
    told = {id(finding) for change in changes for finding in change.findings}
    others = [one for one in most_severe_first(diff.report, show_open=show_open) if id(one) not in told]
    grave, mild = _split(changes)
    counts = count_outcomes(change for change in changes if change.outcome != "cosmetic")
    nothing = "not everything could be compared" if diff.report.failures else "nothing that runs changes"
    yield f"## relint diff: {counts or nothing}"
    yield ""
    yield escape(format_summary(summarize(diff.report), show_open=show_open))
    table = _Table(diff)
    yield from table.failures()
    if grave:
        yield ""
        yield from table.lines(grave)
    if others:  # about resources that stay as they are, such as a queue without the alarm that is removed
        yield ""
        yield from render_findings(others)
    yield from _notes(diff)
    if mild or diff.added:
        yield ""
        yield f"<details><summary>{escape(_summary_of_mild(mild, diff.added))}</summary>"
        yield ""
        if mild:
            yield from table.lines(mild)
            yield ""
        if diff.added:
            yield from (f"- {code(file)}: a new template" for file in diff.added)
            yield ""
        yield "</details>"
    cosmetic = [change for change in changes if change.outcome == "cosmetic"]
    if cosmetic:
        number = f"{len(cosmetic)} change{'' if len(cosmetic) == 1 else 's'}"
        yield ""
        yield f"{'And ' if grave or mild else ''}{number} without effect on what runs (tags, descriptions)."


def _split(changes: Sequence[OutlinedChange]) -> tuple[list[OutlinedChange], list[OutlinedChange]]:
    """Return the changes that the reader has to see, and those that are folded, without the cosmetic ones.

    What no finding is about is folded beyond the first rows, in a stack that is gone, and if it only follows what
    another row says.
    """
    grave: list[OutlinedChange] = []
    mild: list[OutlinedChange] = []
    for change in changes:
        if change.outcome == "cosmetic":
            continue
        is_folded = change.entry.gone or change.outcome in _MILD or _only_follows(change)
        is_seen = change.findings or (len(grave) < _MAX_ROWS and not is_folded)
        (grave if is_seen else mild).append(change)
    return grave, mild


def _only_follows(row: OutlinedChange) -> bool:
    """Whether a resource changes only because it refers to replaced ones of its template, which have rows."""
    values = (*row.change.properties, *row.change.attributes)
    ids = {change.logical_id for change in row.entry.comparison.changes}
    return bool(values) and all(value.replaced in ids for value in values)


def _summary_of_mild(mild: Sequence[OutlinedChange], added: Sequence[str]) -> str:
    templates = f"{len(added)} new template{'' if len(added) == 1 else 's'}" if added else ""
    return ", ".join(filter(None, (count_outcomes(mild), templates)))


def _notes(diff: Diff) -> Iterator[str]:
    """Yield what is gone and what a change set says, each as an item of a list."""
    ended = (entry for entry in diff.comparisons if entry.gone and entry.comparison.changes)
    gone = [f"{heading_of(entry).removesuffix(':')} what it contains." for entry in ended]
    remarks = [remark for entry in diff.comparisons for remark in entry.comparison.remarks]
    notes = list(dict.fromkeys((*gone, *remarks)))
    if notes:
        yield ""
    yield from (f"- {escape(note)}" for note in notes)


class _Table:
    """Rows about the changes of a comparison, with links to the lines where the pipeline says where the files are."""

    def __init__(self, diff: Diff) -> None:
        self._diff = diff
        self._paths = paths_from_root(diff.report)
        self._base_url = _url_of_files()

    def failures(self) -> Iterator[str]:
        """Yield the failures as a list, if there are any."""
        if self._diff.report.failures:
            yield ""
            yield "**Not everything could be compared:**"
            yield ""
        yield from (f"- {_failure_text(failure)}" for failure in self._diff.report.failures)

    def lines(self, changes: Sequence[OutlinedChange]) -> Iterator[str]:
        """Yield the heading of the table and a row for each change."""
        yield "| | Resource | Change | Consequence |"
        yield "| --- | --- | --- | --- |"
        yield from limited_rows([self._row(change) for change in changes])

    def _row(self, row: OutlinedChange) -> str:
        change = row.change
        old = change.old.logical_id if change.old else ""
        was = {"renamed": f" (was {code(old)})", "retyped": f" (was {escape(change.old.type if change.old else '')})"}
        resource = f"{code(change.logical_id)}{was.get(change.kind, '')} {escape(change.type)}<br>{self._place(row)}"
        texts = texts_of_change(change)
        shown = [code(text.replace(" -> ", " → ")) for text in texts[:_MAX_VALUES]]
        if len(texts) > _MAX_VALUES:
            shown.append(f"and {len(texts) - _MAX_VALUES} more")
        cells = (f"**{row.outcome}**", resource, "<br>".join(shown), "<br>".join(_consequences(row)))
        return f"| {' | '.join(cells)} |"

    def _place(self, row: OutlinedChange) -> str:
        """Return file and line of a change, as a link if the file is a new one."""
        change, comparison = row.change, row.entry.comparison
        if change.new is None:
            file, line = _file_and_line(comparison.old.template, change.resource.path)
            return code(f"{file}:{line}")
        values = gravest_first(change)
        path = (*change.new.path, "Condition") if change.kind == "removed" else change.new.path
        file, line = _file_and_line(comparison.new.template, values[0].new_path if values else path)
        place = code(f"{file}:{line}")
        return (
            f"[{place}]({self._base_url}/{_quoted(self._paths.get(file, file))}#L{line})" if self._base_url else place
        )


def _file_and_line(template: Template, path: Path) -> tuple[str, int]:
    written = template.written_path(template.source_path(path))
    return template.document.file_of(written), template.document.span_of(written).start.line


def _quoted(path: str) -> str:
    from urllib.parse import quote  # takes milliseconds to import, and few reports have links

    return quote(path, errors="backslashreplace")


def _consequences(row: OutlinedChange) -> Iterator[str]:
    for finding in row.findings:
        yield f"{escape(finding.message)} {code(finding.rule.id)}"
    if row.consequence:
        yield escape(row.consequence)


def _failure_text(failure: Failure) -> str:
    place = f"{failure.file}:{failure.span.start.line}" if failure.span else failure.file
    return f"{code(place)}: {escape(failure.message)}"


def _url_of_files() -> str:
    """Return the address of the files of this commit, if GitHub Actions or GitLab names it.

    https://docs.github.com/en/actions/reference/workflows-and-actions/variables,
    https://docs.gitlab.com/ci/variables/predefined_variables/, read on 2026-11-29.
    """
    environ = os.environ
    if all(name in environ for name in ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA")):
        return f"{environ['GITHUB_SERVER_URL']}/{environ['GITHUB_REPOSITORY']}/blob/{environ['GITHUB_SHA']}"
    if all(name in environ for name in ("CI_PROJECT_URL", "CI_COMMIT_SHA")):
        return f"{environ['CI_PROJECT_URL']}/-/blob/{environ['CI_COMMIT_SHA']}"
    return ""
