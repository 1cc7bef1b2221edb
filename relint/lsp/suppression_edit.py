"""Edits that add a suppression of a finding to a template."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.errors import TemplateError
from relint.source.read import read_document
from relint.suppressions.commented_member import members_by_line

if TYPE_CHECKING:
    from relint.finding import Finding
    from relint.source.document import Document
    from relint.source.location import Path

REASON = "TODO: say why"
"""Placeholder for the reason, which the user has to replace; it does not count as one."""


class Insertion(NamedTuple):
    """A text to insert at an offset; `title` describes the edit."""

    offset: int
    text: str
    title: str


def suppression_edits(document: Document, finding: Finding) -> list[Insertion]:
    """Return the insertions that suppress a finding: on its line, in its resource, and in the file.

    In YAML the first two are comments, and the third is Metadata of the template; in JSON all are Metadata, the first
    for the property. One that is impossible, or the same as the next, is left out. Findings about suppressions have
    none, and in a file that contains a part of a template, which is included, there is no Metadata. Every edit is
    verified by reading the edited template: no comment is inside of a text, and no value changes.
    """
    if finding.rule.scope == "suppression":
        return []
    is_part = not is_of_document(finding, document)
    if document.language == "json":
        return [] if is_part else list(_metadata_edits(document, finding))
    owner = _owner(finding)
    owner_line = next((line for (_, line), path in members_by_line(document).items() if path == owner), None)
    edits: list[Insertion | None] = []
    if owner_line != finding.span.start.line:
        edits.append(_comment_edit(document, finding, finding.span.start.line, "on this line"))
    if owner_line is not None:
        edits.append(_comment_edit(document, finding, owner_line, f"in {_describe(owner)}"))
    if not is_part:
        edits.append(_file_edit(document, finding))
    return [edit for edit in edits if edit]


def is_of_document(finding: Finding, document: Document) -> bool:
    """Whether the path of a finding begins in a document, and not in the template that includes its file."""
    return not finding.path or (isinstance(document.data, dict) and finding.path[0] in document.data)


def _owner(finding: Finding) -> Path:
    """Return the path of the resource of a finding, in the body of a loop too, or of a member of another section."""
    path = finding.path
    while path[:1] == ("Resources",) and path[2:3] == (2,) and len(path) > 3:  # in Fn::ForEach
        if path[4:5] != (2,):
            return path[:4]
        path = (*path[:1], *path[3:])
    return finding.path[:2]


def _describe(owner: Path) -> str:
    return f"the resource '{owner[-1]}'" if owner[0] == "Resources" else f"'{owner[-1]}' of {owner[0]}"


def _comment_edit(document: Document, finding: Finding, line_number: int, place: str) -> Insertion | None:
    """Return a comment on a line of its own above a line or, where that is inside of a text, at the end of the line."""
    text = document.text
    title = f"Accept {finding.rule.id} {place}"
    comment = f"# relint: ignore[{finding.rule.id}] {REASON}"
    start = _line_offset(document, line_number)
    match = re.compile(r"[^\r\n]*").match(text, start)
    line = match[0] if match else ""
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    above = Insertion(offset=start, text=f"{indent}{comment}{_line_break(document)}", title=title)
    behind = Insertion(offset=start + len(line.rstrip()), text=f"  {comment}", title=title)
    return next((edit for edit in (above, behind) if _takes_effect(document, edit, finding, line_number)), None)


def _line_break(document: Document) -> str:
    match = re.search(r"\r\n?|\n", document.text)
    return match[0] if match else "\n"


def _line_offset(document: Document, line_number: int) -> int:
    line_breaks = re.finditer(r"\r\n?|\n", document.text)
    return next((match.end() for number, match in enumerate(line_breaks, start=2) if number == line_number), 0)


def _takes_effect(document: Document, edit: Insertion, finding: Finding, line_number: int) -> bool:
    """Whether the edited template has the same values, and a suppression that applies to the line."""
    edited = _edited(document, edit)
    if edited is None or edited.data != document.data:
        return False
    line = line_number + edit.text.endswith(("\n", "\r"))
    return any(
        finding.rule.id in suppression.selectors and line in suppression.lines and not suppression.problem
        for suppression in edited.inline_suppressions
    )


def _file_edit(document: Document, finding: Finding) -> Insertion | None:
    """Return the insertion of a suppression into the Metadata of a YAML template, as lines or between braces."""
    rule_id = finding.rule.id
    place = _metadata_place(document, (), rule_id)
    if place is None:
        return None
    parent, missing = place
    title = f"Accept {rule_id} in this file"
    container = _value_at(document.data, parent)
    if document.text[document.locate(parent).value[0]] in "{[":
        edit = _insert_first(document, parent, missing, REASON, rule_id, title)
    elif not isinstance(container, dict) or not container:
        return None
    else:  # above the first member, but below the version and the description of the template
        neighbour = "Resources" if not parent and "Resources" in container else next(iter(container))
        key = document.locate((*parent, neighbour)).key
        column = document.source.position_at(key[0]).column if key else 0
        if not key or document.text[key[0] - column + 1 : key[0]].strip(" "):
            return None
        lines = [f"{' ' * (column - 1 + 2 * depth)}{name}:" for depth, name in enumerate(missing)]
        lines[-1] += f' "{REASON}"'
        text = "".join(f"{line}{_line_break(document)}" for line in lines)
        edit = Insertion(offset=key[0] - column + 1, text=text, title=title)
    edited = _edited(document, edit)
    return edit if edited and _without_metadata(edited.data) == _without_metadata(document.data) else None


def _without_metadata(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != "Metadata"}


def _metadata_edits(document: Document, finding: Finding) -> Iterator[Insertion]:
    """Yield members of Metadata: for the property and for the resource in its own, for the file in the template's.

    Globals have no Metadata, so their findings are accepted in that of the template.
    """
    rule_id = finding.rule.id
    scopes: list[tuple[Path, Any, str]] = [((), REASON, "in this file")]
    if finding.path[:1] == ("Resources",):
        owner = _owner(finding)
        scopes.insert(0, (owner, REASON, f"in {_describe(owner)}"))
        names = [step for step in finding.path[len(owner) :] if isinstance(step, str)]
        if names[:1] == ["Properties"] and len(names) > 1:
            value = {"reason": REASON, "property": ".".join(names[1:])}
            scopes.insert(0, (owner, value, f"for {names[-1]}"))
    for owner, value, description in scopes:
        place = _metadata_place(document, owner, rule_id)
        if place:
            edit = _insert_first(document, *place, value, rule_id, f"Accept {rule_id} {description}")
            if _edited(document, edit):
                yield edit


def _metadata_place(document: Document, owner: Path, rule_id: str) -> tuple[Path, Path] | None:
    """Return the path of the innermost value that exists already, and the keys that it lacks for a suppression.

    None if the rule is suppressed there, or if a value on the way takes no members.
    """
    path = (*owner, "Metadata", "relint", "ignore", rule_id)
    value: Any = document.data
    for depth, step in enumerate(path):
        has_step = step in value if isinstance(value, dict) else isinstance(value, list) and step == 2
        if has_step:  # 2 is the body of Fn::ForEach
            value = value[step]
        else:
            is_list_of_rules = isinstance(value, list) and depth == len(path) - 1
            takes_members = depth >= len(owner) and (isinstance(value, dict) or is_list_of_rules)
            return (path[:depth], path[depth:]) if takes_members else None
    return None


def _value_at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _insert_first(document: Document, parent: Path, missing: Path, reason: Any, rule_id: str, title: str) -> Insertion:
    """Return a member at the start of an object or a list in JSON or in braces, formatted as its first member is."""
    value = _value_at(document.data, parent)
    if isinstance(value, list):
        details = reason if isinstance(reason, dict) else {"reason": reason}
        member = json.dumps({"rule": rule_id, **details})
    else:
        content = reason
        for step in reversed(missing[1:]):
            content = {step: content}
        member = f"{json.dumps(missing[0])}: {json.dumps(content)}"
    offset = document.locate(parent).value[0] + 1
    blank = re.compile(r"[ \t\r\n]*").match(document.text, offset)
    text = f"{blank[0] if blank else ''}{member}," if value else member
    return Insertion(offset=offset, text=text, title=title)


def _edited(document: Document, edit: Insertion) -> Document | None:
    """Return the template after an edit, or None if it cannot be read."""
    text, offset = document.text, edit.offset
    try:
        return read_document(text[:offset] + edit.text + text[offset:], document.file)
    except TemplateError:
        return None
