"""The differences between templates as text: for each file what changes, the gravest first, then the findings."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.change.effect import CHANGE_EFFECTS
from relint.change.value_text import text_of_value
from relint.report.formats import render
from relint.report.terminal import printable

if TYPE_CHECKING:
    from relint.change.records import ResourceChange, ValueChange
    from relint.run.compare_files import Diff
    from relint.run.compare_stacks import FileComparison

_KINDS = ("retyped", "removed", "renamed", "modified", "added")
"""Kinds of changes, the gravest first."""
_EFFECTS = {
    "replaces": "replaced",
    "interrupts": "interrupted",
    "varies": "changed, perhaps replaced",
    "unknown": "changed",
    "none": "changed",
}


def render_text_diff(diff: Diff, **options: Any) -> Iterator[str]:
    """Yield the changes of each file, then the findings; the `options` are those of `render_text`."""
    lines = [printable(line) for line in _change_lines(diff)]
    findings = list(render(diff.report, "text", **options))
    yield from (*lines, *([""] if lines and findings else []), *findings)


def _change_lines(diff: Diff) -> Iterator[str]:
    for entry in sorted(diff.comparisons, key=_gravest):
        changes = sorted(entry.comparison.changes, key=_gravity)
        if not (changes or entry.comparison.remarks):
            continue
        yield _heading(entry)
        yield from (f"  {remark}" for remark in entry.comparison.remarks)
        for change in changes:
            yield f"  {describe_change(change)}"
            yield from (f"    {_describe_value(value)}" for value in (*change.properties, *change.attributes))
    yield from (f"{file}: a new template" for file in diff.added)


def _heading(entry: FileComparison) -> str:
    """Return the file of a comparison, and how it is deployed."""
    file, *logical_ids = entry.deployed_as or ("",)
    stack = f"nested stack {'.'.join(logical_ids)} of {file}"
    if entry.gone and not entry.gone.logical_id:
        way = f", as {stack}" if logical_ids else ""
        return f"{entry.old_file}: the template is gone; whoever deletes its stack deletes{way}:"
    if entry.gone:
        return f"{entry.old_file}: the {stack} is gone, and with it:"
    return f"{entry.new_file} ({stack})" if logical_ids else entry.new_file


def _gravest(entry: FileComparison) -> tuple[tuple[int, int], str]:
    """Return the key that puts the files with the gravest changes first."""
    return min((_gravity(change)[:2] for change in entry.comparison.changes), default=(len(_KINDS), 0)), entry.new_file


def describe_change(change: ResourceChange) -> str:
    """Return a change in a few words: "replaced: Orders (AWS::RDS::DBInstance)"."""
    old = change.old.logical_id if change.old else ""
    was = {"renamed": f", which was {old}", "retyped": f", which was {change.old.type if change.old else ''}"}
    return f"{change_word(change)}: {change.logical_id} ({change.type}){was.get(change.kind, '')}"


def change_word(change: ResourceChange) -> str:
    """Return the word for what happens to the resource: replaced, interrupted, changed, removed and so on."""
    if change.kind == "modified":
        return _EFFECTS[change.effect]
    return "refused" if change.kind == "retyped" else change.kind


def _gravity(change: ResourceChange) -> tuple[int, int, str]:
    return _KINDS.index(change.kind), -CHANGE_EFFECTS.index(change.effect), change.logical_id


def _describe_value(value: ValueChange) -> str:
    name = value.property
    if value.replaced:
        return f"{name}: refers to {value.replaced}, which is replaced"
    if value.renewed:
        return f"{name}: refers to {value.renewed}, of which there is another version"
    old, new = text_of_value(value.old), text_of_value(value.new)
    text = f"{name}: another value" if old == new else f"{name}: {old} -> {new}"
    return f"{text} (perhaps the same: {value.open_reason})" if value.open_reason else text
