"""Comments that accept a finding: `# relint: ignore[RDS-701, s3-versioning] reason`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from yaml.nodes import ScalarNode

from relint._named_tuple import NamedTuple

if TYPE_CHECKING:
    from yaml.nodes import Node

    from relint.source.location import Span
    from relint.source.text import SourceText

_COMMENT = re.compile(r"(?<![^\s])#[ \t]*relint:[ \t]*(?P<body>[^\r\n]*)")
_IGNORE = re.compile(r"ignore[ \t]*\[(?P<rules>[^\]]*)\](?P<reason>.*)")
_MALFORMED = "it must read '# relint: ignore[RDS-701] reason'"


class InlineSuppression(NamedTuple):
    """A comment that accepts findings of `selectors` (ids or names) on `lines`, and why.

    `lines` are its own and, when it stands alone, the next line that is neither blank nor a comment. `problem` is a
    clause that says what is wrong with the comment, which then accepts nothing and has no rules.
    """

    selectors: tuple[str, ...]
    reason: str
    span: Span
    lines: tuple[int, ...]
    problem: str | None = None


def find_inline_suppressions(root: Node, source: SourceText) -> Iterator[InlineSuppression]:
    """The comments of a YAML text that begin with `relint:`, in order; a `#` inside of a text value is none."""
    comments = list(_COMMENT.finditer(source.text))
    if not comments:
        return
    texts = _texts(root, source.text)
    starts = [start for start, _ in texts]
    for comment in comments:
        index = bisect_right(starts, comment.start()) - 1
        if index < 0 or comment.start() >= texts[index][1]:
            yield _ignore(comment, source)


def _ignore(comment: re.Match[str], source: SourceText) -> InlineSuppression:
    end = comment.start() + len(comment[0].rstrip())
    span = source.span(comment.start(), end)
    match = _IGNORE.match(comment["body"])
    rules = tuple(word.strip() for word in match["rules"].split(",") if word.strip()) if match else ()
    reason = match["reason"].strip(" \t:-") if match else ""
    problem = None if rules else _MALFORMED
    return InlineSuppression(rules, reason, span, _lines(span.start.line, comment.start(), source), problem)


def _lines(line: int, start: int, source: SourceText) -> tuple[int, ...]:
    text = source.text
    line_start = start - (source.position_at(start).column - 1)
    if text[line_start:start].strip():
        return (line,)
    following = re.compile(r"[^\r\n]*(?:\r\n?|\n)(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n?|\n))*").match(text, start)
    if following is None or not text[following.end() :].strip() or following.end() == len(text):
        return (line,)
    return line, source.position_at(following.end()).line


def _texts(root: Node, text: str) -> list[tuple[int, int]]:
    """The offsets between which quoted and block scalars stand, sorted; of a block scalar what is below its header."""
    found: set[tuple[int, int]] = set()
    seen: set[int] = set()
    waiting: list[Node] = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if not isinstance(node, ScalarNode):
            waiting += [part for item in node.value for part in (item if isinstance(item, tuple) else (item,))]
        elif node.style:
            start, end = node.start_mark.index, node.end_mark.index
            if node.style in ("|", ">"):
                header = re.compile(r"[^\r\n]*").match(text, start, end)
                start = header.end() if header else start
            found.add((start, end))
    return sorted(found)
