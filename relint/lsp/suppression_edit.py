"""How to accept a finding: the text to insert into the template, and where."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple
from relint.errors import TemplateError
from relint.source.read import read_document

if TYPE_CHECKING:
    from relint.finding import Finding
    from relint.source.document import Document

REASON = "TODO: say why"
"""Stands where the user has to write the reason."""


class Insertion(NamedTuple):
    """A text to insert at an offset, and a title that says what that does."""

    offset: int
    text: str
    title: str


def acceptance(document: Document, finding: Finding) -> Insertion | None:
    """What to insert into a template so that it accepts the finding: a comment in YAML, Metadata in JSON.

    None where neither is possible, and for what is said about suppressions, which cannot be suppressed. The edited
    template has been read again: a comment never ends up inside of a text, and changes no value.
    """
    if finding.rule.scope == "suppression":
        return None
    if document.language == "json":
        return _metadata(document, finding)
    return next((one for one in _comments(document, finding) if _is_heard(document, one, finding)), None)


def _comments(document: Document, finding: Finding) -> Iterator[Insertion]:
    """Alone on the line above, and at the end of the line."""
    text, number = document.text, finding.span.start.line
    title = f"Accept {finding.rule.id} with a comment"
    comment = f"# relint: ignore[{finding.rule.id}] {REASON}"
    start = _offset(document, number)
    line = re.compile(r"[^\r\n]*").match(text, start)
    shown = line[0] if line else ""
    newline = re.search(r"\r\n?|\n", text)
    indent = shown[: len(shown) - len(shown.lstrip(" \t"))]
    yield Insertion(start, f"{indent}{comment}{newline[0] if newline else chr(10)}", title)
    yield Insertion(start + len(shown.rstrip()), f"  {comment}", title)


def _offset(document: Document, number: int) -> int:
    """The offset at which a line starts."""
    breaks = re.finditer(r"\r\n?|\n", document.text)
    return next((match.end() for line, match in enumerate(breaks, start=2) if line == number), 0)


def _is_heard(document: Document, insertion: Insertion, finding: Finding) -> bool:
    """Whether the edited template says what it said before, and has the comment where the finding stands."""
    edited = _edited(document, insertion)
    if edited is None or edited.data != document.data:
        return False
    line = finding.span.start.line + insertion.text.endswith(("\n", "\r"))
    return any(
        finding.rule.id in suppression.selectors and line in suppression.lines and not suppression.problem
        for suppression in edited.inline_suppressions
    )


def _metadata(document: Document, finding: Finding) -> Insertion | None:
    """A member at the start of the innermost object that is there already, laid out as its first member is."""
    way = (*finding.path[:2], "Metadata", "relint", "ignore", finding.rule.id)
    values: list[Any] = [document.data]
    for step in way:
        if not isinstance(values[-1], dict) or step not in values[-1]:
            break
        values.append(values[-1][step])
    depth = len(values) - 1
    if way[0] != "Resources" or not 2 <= depth < len(way) or not isinstance(values[-1], dict):
        return None
    value: Any = REASON
    for step in reversed(way[depth + 1 :]):
        value = {step: value}
    member = f"{json.dumps(way[depth])}: {json.dumps(value)}"
    offset = document.locate(way[:depth]).value[0] + 1
    blank = re.compile(r"[ \t\r\n]*").match(document.text, offset)
    text = f"{blank[0] if blank else ''}{member}," if values[-1] else member
    title = f"Accept {finding.rule.id} in the Metadata of '{way[1]}'"
    insertion = Insertion(offset, text, title)
    return insertion if _edited(document, insertion) else None


def _edited(document: Document, insertion: Insertion) -> Document | None:
    text, offset = document.text, insertion.offset
    try:
        return read_document(text[:offset] + insertion.text + text[offset:], document.file)
    except TemplateError:
        return None
