"""Block scalars: `|` keeps line breaks, `>` folds them. https://yaml.org/spec/1.1/#id926836"""

from __future__ import annotations

from relint.source.fast_yaml.flow import Unsure

_CHOMPING = {"": "clip", "-": "strip", "+": "keep"}


def read_block_scalar(lines: list[str], header: str, first: int, level: int) -> tuple[str, int]:
    """The text below the header of a block scalar, and the number of the line behind it.

    `first` is the number of the line after the header, `level` the column of the collection that holds the scalar.
    Raises Unsure.
    """
    chomping = _CHOMPING.get(header[1:].rstrip(" "))
    if chomping is None:
        raise Unsure
    column = _content_column(lines, first, level)
    prefix = " " * column
    number, size = first, len(lines)
    while number < size and (lines[number].startswith(prefix) or not lines[number].strip(" ")):
        number += 1
    if number == size and lines[-1]:  # at the end of a text without a last line feed, the scalar has none either
        raise Unsure
    content = [line[column:] for line in lines[first:number]]
    while not content[-1]:
        content.pop()
    value = "\n".join(content) if header[0] == "|" else _folded(content)
    if chomping == "clip":
        value += "\n"
    elif chomping == "keep":
        ends = number - (number == size)  # behind the last line feed stands no line
        value += "\n" * (ends - first - len(content) + 1)
    return value, number


def _content_column(lines: list[str], number: int, level: int) -> int:
    """The column of the first line with content; raises Unsure where there is none, or blanks before it go further."""
    blanks = 0
    while number < len(lines):
        line = lines[number]
        column = len(line) - len(line.lstrip(" "))
        if column < len(line):
            if column > level and column >= blanks:
                return column
            break
        blanks = max(blanks, column)
        number += 1
    raise Unsure


def _folded(content: list[str]) -> str:
    parts: list[str] = []
    breaks = 0
    for line in content:
        if not line:
            breaks += 1
            continue
        if line[0] == " ":  # lines that are indented further are not folded
            raise Unsure
        parts += ["\n" * breaks or (" " if parts else ""), line]
        breaks = 0
    return "".join(parts)
