"""The differences between templates as text: for each file what changes, the gravest first, then the findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relint._typing import TYPE_CHECKING, Any
from relint.report.change.outcomes import OutlinedChange, count_outcomes, outline, texts_of_change
from relint.report.formats import render
from relint.report.terminal import printable

if TYPE_CHECKING:
    from relint.run.comparison.compare_files import Diff
    from relint.run.comparison.compare_stacks import FileComparison


def render_text_diff(diff: Diff, *, show_open: bool, notes: Sequence[str] = (), **options: Any) -> Iterator[str]:
    """Yield the changes of each file, then the findings and a summary; the `options` are those of `render_text`."""
    changes = outline(diff, show_open=show_open)
    lines = [printable(line) for line in _change_lines(diff, changes)]
    counts = count_outcomes(changes)
    notes = [*([f"changes: {counts}"] if counts else []), *notes]
    findings = list(render(diff.report, "text", show_open=show_open, notes=notes, **options))
    yield from (*lines, *([""] if lines and findings else []), *findings)


def _change_lines(diff: Diff, changes: Sequence[OutlinedChange]) -> Iterator[str]:
    """Yield the changes of each file, the file with the worst change first."""
    by_comparison: dict[int, list[OutlinedChange]] = {}
    for change in changes:
        by_comparison.setdefault(id(change.entry), []).append(change)
    quiet = (entry for entry in diff.comparisons if entry.comparison.remarks and id(entry) not in by_comparison)
    for entry in (*(rows[0].entry for rows in by_comparison.values()), *quiet):
        yield heading_of(entry)
        yield from (f"  {remark}" for remark in entry.comparison.remarks)
        rows = by_comparison.get(id(entry), [])
        for row in rows:
            if row.outcome != "cosmetic":
                yield from (f"  {line}" for line in _lines_of(row))
        cosmetic = sum(row.outcome == "cosmetic" for row in rows)
        if cosmetic:
            yield f"  {'and ' if cosmetic < len(rows) else ''}{count_outcomes(rows[-cosmetic:])}"
    yield from (f"{file}: a new template" for file in diff.added)


def _lines_of(row: OutlinedChange) -> Iterator[str]:
    """Yield a change, the values that differ, and what follows unless a finding below says it."""
    change = row.change
    old = change.old.logical_id if change.old else ""
    was = {"renamed": f", which was {old}", "retyped": f", which was {change.old.type if change.old else ''}"}
    yield f"{row.outcome}: {change.logical_id} ({change.type}){was.get(change.kind, '')}"
    yield from (f"  {text}" for text in texts_of_change(change))
    if row.consequence:
        yield f"  {row.consequence}"


def heading_of(entry: FileComparison) -> str:
    """Return the file of a comparison, and how it is deployed."""
    file, *logical_ids = entry.deployed_as or ("",)
    stack = f"nested stack {'.'.join(logical_ids)} of {file}"
    if entry.gone and not entry.gone.logical_id:
        way = f", as {stack}" if logical_ids else ""
        return f"{entry.old_file}: the template is gone; whoever deletes its stack deletes{way}:"
    if entry.gone:
        return f"{entry.old_file}: the {stack} is gone, and with it:"
    return f"{entry.new_file} ({stack})" if logical_ids else entry.new_file
