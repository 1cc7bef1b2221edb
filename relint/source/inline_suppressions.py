"""Comments that suppress a finding: `# relint: ignore[RDS-701, s3-versioning] reason`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from yaml.nodes import ScalarNode

from relint._typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from yaml.nodes import Node

    from relint.source.location import Span
    from relint.source.text import SourceText

_COMMENT = re.compile(r"(?<![^\s])#[ \t]*relint:[ \t]*(?P<body>[^\r\n]*)")
_IGNORE = re.compile(r"ignore[ \t]*\[(?P<rules>[^\]]*)\](?P<reason>.*)")
_MALFORMED = "it must read '# relint: ignore[RDS-701] reason'"


class InlineSuppression(NamedTuple):
    """A comment that suppresses findings of the rules in `selectors` (ids or names) on `lines`.

    `lines` are the comment's own line and, if only blanks precede the comment, the next line that is neither blank nor
    a comment. If `problem`, a clause for the user, is not None, the comment is malformed and has no selectors, and
    `text` is the comment as it is written.
    """

    selectors: tuple[str, ...]
    reason: str
    span: Span
    lines: tuple[int, ...]
    problem: str | None = None
    text: str = ""


def find_inline_suppressions(root: Node, source: SourceText) -> Iterator[InlineSuppression]:
    """Yield the comments of a YAML text that begin with `relint:`, in order. A `#` in a scalar begins no comment."""
    comments = list(_COMMENT.finditer(source.text))
    if not comments:
        return
    scalars = _scalar_ranges(root, source.text)
    starts = [start for start, _ in scalars]
    for comment in comments:
        index = bisect_right(starts, comment.start()) - 1
        if index < 0 or comment.start() >= scalars[index][1]:
            yield _parse_comment(comment, source)


def _parse_comment(comment: re.Match[str], source: SourceText) -> InlineSuppression:
    text = comment[0].rstrip()
    span = source.span(comment.start(), comment.start() + len(text))
    match = _IGNORE.match(comment["body"])
    selectors = tuple(name.strip() for name in match["rules"].split(",") if name.strip()) if match else ()
    reason = match["reason"].strip(" \t:-") if match else ""
    return InlineSuppression(
        selectors=selectors,
        reason=reason,
        span=span,
        lines=_suppressed_lines(span.start.line, comment.start(), source),
        problem=None if selectors else _MALFORMED,
        text="" if selectors else text,
    )


def _suppressed_lines(line: int, start: int, source: SourceText) -> tuple[int, ...]:
    """Return the lines to which a comment applies. The comment begins on `line` at the offset `start`."""
    text = source.text
    line_start = start - (source.position_at(start).column - 1)
    if text[line_start:start].strip(" \t-"):  # a line of a list may begin with nothing but its mark
        return (line,)
    through_comments = re.compile(r"[^\r\n]*(?:\r\n?|\n)(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n?|\n))*").match(text, start)
    if through_comments is None or not text[through_comments.end() :].strip():
        return (line,)
    return line, source.position_at(through_comments.end()).line


def _scalar_ranges(root: Node, text: str) -> list[tuple[int, int]]:
    """Return the sorted ranges of quoted and block scalars. The header of a block scalar is not included."""
    ranges: set[tuple[int, int]] = set()
    visited: set[int] = set()
    nodes: list[Node] = [root]
    while nodes:
        node = nodes.pop()
        if id(node) in visited:
            continue
        visited.add(id(node))
        if not isinstance(node, ScalarNode):
            nodes += [part for item in node.value for part in (item if isinstance(item, tuple) else (item,))]
        elif node.style:
            start, end = node.start_mark.index, node.end_mark.index
            if node.style in ("|", ">"):
                header = re.compile(r"[^\r\n]*").match(text, start, end)
                start = header.end() if header else start
            ranges.add((start, end))
    return sorted(ranges)
