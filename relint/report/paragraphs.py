"""Paragraphs of rules and messages, wrapped to a number of columns."""

from __future__ import annotations

from collections.abc import Iterator

from relint.report.terminal import printable, wrap


def wrap_paragraphs(text: str, columns: int) -> Iterator[str]:
    """Yield the lines of a text with its paragraphs wrapped.

    Indented lines are YAML to paste, so that they stay as they are, however long: a wrapped one is another YAML.
    """
    paragraph: list[str] = []
    for line in text.strip("\n").splitlines():
        if line.strip() and not line[0].isspace():
            paragraph.append(line)
            continue
        if paragraph:
            yield from wrap(printable(" ".join(paragraph)), columns)
            paragraph.clear()
        yield printable(line.rstrip())
    if paragraph:
        yield from wrap(printable(" ".join(paragraph)), columns)


def hanging(first: str, indent: int, text: str, columns: int) -> Iterator[str]:
    """Yield the lines of a printable text behind `first`, an invisible part aside `indent` columns wide.

    Further lines are indented by as much, so that the text has a straight edge.
    """
    prefix = first
    for line in wrap(text, max(columns - indent, 20)):
        yield prefix + line
        prefix = " " * indent
