"""Edits that add a suppression of a finding to a template."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.errors import TemplateError
from relint.source.read import read_document

if TYPE_CHECKING:
    from relint.finding import Finding
    from relint.source.document import Document

REASON = "TODO: say why"
"""Placeholder for the reason, which the user has to replace; it does not count as one."""


class Insertion(NamedTuple):
    """A text to insert at an offset; `title` describes the edit."""

    offset: int
    text: str
    title: str


def suppression_edit(document: Document, finding: Finding) -> Insertion | None:
    """Return the insertion that suppresses a finding: a comment in YAML, Metadata in JSON.

    None if neither is possible, and for findings about suppressions, which cannot be suppressed. Every edit is
    verified by reading the edited template: the comment is not inside of a text, and no value changes.
    """
    if finding.rule.scope == "suppression":
        return None
    if document.language == "json":
        return _metadata_edit(document, finding)
    edits = _comment_edits(document, finding)
    return next((edit for edit in edits if _takes_effect(document, edit, finding)), None)


def _comment_edits(document: Document, finding: Finding) -> Iterator[Insertion]:
    """Yield a comment on a line of its own above the finding, then one at the end of the line."""
    text, line_number = document.text, finding.span.start.line
    title = f"Accept {finding.rule.id} with a comment"
    comment = f"# relint: ignore[{finding.rule.id}] {REASON}"
    start = _line_offset(document, line_number)
    match = re.compile(r"[^\r\n]*").match(text, start)
    line = match[0] if match else ""
    line_break = re.search(r"\r\n?|\n", text)
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    yield Insertion(offset=start, text=f"{indent}{comment}{line_break[0] if line_break else chr(10)}", title=title)
    yield Insertion(offset=start + len(line.rstrip()), text=f"  {comment}", title=title)


def _line_offset(document: Document, line_number: int) -> int:
    line_breaks = re.finditer(r"\r\n?|\n", document.text)
    return next((match.end() for number, match in enumerate(line_breaks, start=2) if number == line_number), 0)


def _takes_effect(document: Document, edit: Insertion, finding: Finding) -> bool:
    """Whether the edited template has the same values, and a suppression that applies to the line of the finding."""
    edited = _edited(document, edit)
    if edited is None or edited.data != document.data:
        return False
    line = finding.span.start.line + edit.text.endswith(("\n", "\r"))
    return any(
        finding.rule.id in suppression.selectors and line in suppression.lines and not suppression.problem
        for suppression in edited.inline_suppressions
    )


def _metadata_edit(document: Document, finding: Finding) -> Insertion | None:
    """Return a member at the start of the innermost object that exists already, formatted as its first member is.

    Globals have no Metadata, so the finding is accepted in that of the template.
    """
    owner = finding.path[:2] if finding.path[:1] == ("Resources",) else ()
    metadata_path = (*owner, "Metadata", "relint", "ignore", finding.rule.id)
    values: list[Any] = [document.data]
    for step in metadata_path:
        if not isinstance(values[-1], dict) or step not in values[-1]:
            break
        values.append(values[-1][step])
    depth = len(values) - 1
    is_in_template = bool(owner) or finding.path[:1] == ("Globals",)
    if not is_in_template or not len(owner) <= depth < len(metadata_path) or not isinstance(values[-1], dict):
        return None
    value: Any = REASON
    for step in reversed(metadata_path[depth + 1 :]):
        value = {step: value}
    member = f"{json.dumps(metadata_path[depth])}: {json.dumps(value)}"
    offset = document.locate(metadata_path[:depth]).value[0] + 1
    blank = re.compile(r"[ \t\r\n]*").match(document.text, offset)
    edit = Insertion(
        offset=offset,
        text=f"{blank[0] if blank else ''}{member}," if values[-1] else member,
        title=f"Accept {finding.rule.id} in the Metadata of {repr(owner[1]) if owner else 'the template'}",
    )
    return edit if _edited(document, edit) else None


def _edited(document: Document, edit: Insertion) -> Document | None:
    """Return the template after an edit, or None if it cannot be read."""
    text, offset = document.text, edit.offset
    try:
        return read_document(text[:offset] + edit.text + text[offset:], document.file)
    except TemplateError:
        return None
