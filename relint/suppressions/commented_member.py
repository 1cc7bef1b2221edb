"""The members of a section, such as resources, by the line on which their name stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.resolve.for_each import FOR_EACH_PREFIX

if TYPE_CHECKING:
    from relint.source.document import Document
    from relint.source.location import Path

_SECTIONS = ("Resources", "Globals", "Parameters", "Mappings", "Conditions", "Rules", "Outputs")
_BEGINNING = re.compile(r"[ \t{,?\-]*")
"""What may precede the first key of a line; a comment is not about a key behind another one."""


def members_by_line(document: Document) -> dict[tuple[str, int], Path]:
    """Return the paths of the members whose name is the first key on a line, by file and line.

    Members are resources, loops, the resources in the body of a loop, and the members of other sections.
    """
    members: dict[tuple[str, int], Path] = {}
    for section in _SECTIONS:
        for path in _member_paths(document.data.get(section), (section,)):
            part, written_path = document.origin(path)
            line = _line_that_begins_with(part, written_path)
            if line is not None:
                members.setdefault((part.file, line), path)
    return members


def _member_paths(members: Any, path: Path) -> Iterator[Path]:
    for name, value in members.items() if isinstance(members, dict) else ():
        yield (*path, name)
        if str(name).startswith(FOR_EACH_PREFIX) and isinstance(value, list) and len(value) == 3:
            yield from _member_paths(value[2], (*path, name, 2))


def _line_that_begins_with(document: Document, path: Path) -> int | None:
    """Return the line of which the key of a path is the first one, or None if it is not."""
    key = document.locate(path).key
    if key is None or str(path[-1]) not in document.text[slice(*key)]:  # the key of an ancestor, or with an escape
        return None
    position = document.source.position_at(key[0])
    line_start = key[0] - position.column + 1
    return position.line if _BEGINNING.fullmatch(document.text, line_start, key[0]) else None
