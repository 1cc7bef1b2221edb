"""Block scalars: `|` keeps line breaks, `>` folds them. https://yaml.org/spec/1.1/#id926836"""

from __future__ import annotations

from relint.source.fast_yaml.tokens import UnsupportedSyntax

_CHOMPING = {"": "clip", "-": "strip", "+": "keep"}


def read_block_scalar(lines: list[str], header: str, first_line: int, parent_column: int) -> tuple[str, int]:
    """Return the text below the header of a block scalar, and the next line number.

    `first_line` is the number of the line after the header, `parent_column` the column of the collection that contains
    the scalar. Raises UnsupportedSyntax.
    """
    chomping = _CHOMPING.get(header[1:].rstrip(" "))
    if chomping is None:
        raise UnsupportedSyntax
    column = _content_column(lines, first_line, parent_column)
    prefix = " " * column
    next_line, line_count = first_line, len(lines)
    while next_line < line_count and (lines[next_line].startswith(prefix) or not lines[next_line].strip(" ")):
        next_line += 1
    if next_line == line_count and lines[-1]:  # if the text ends without a line feed, so does the scalar
        raise UnsupportedSyntax
    content = [line[column:] for line in lines[first_line:next_line]]
    while not content[-1]:
        content.pop()
    value = "\n".join(content) if header[0] == "|" else _fold(content)
    if chomping == "clip":
        value += "\n"
    elif chomping == "keep":
        line_feeds = next_line - first_line - (next_line == line_count)  # no line follows the last line feed
        value += "\n" * (line_feeds - len(content) + 1)
    return value, next_line


def _content_column(lines: list[str], number: int, parent_column: int) -> int:
    """Return the column of the first line with content.

    Raises UnsupportedSyntax if there is no such line, or if a blank line before it is longer than its indentation.
    """
    longest_blank_line = 0
    while number < len(lines):
        line = lines[number]
        column = len(line) - len(line.lstrip(" "))
        if column < len(line):
            if column > parent_column and column >= longest_blank_line:
                return column
            break
        longest_blank_line = max(longest_blank_line, column)
        number += 1
    raise UnsupportedSyntax


def _fold(content: list[str]) -> str:
    parts: list[str] = []
    empty_lines = 0
    for line in content:
        if not line:
            empty_lines += 1
            continue
        if line[0] == " ":  # lines that are indented further are not folded
            raise UnsupportedSyntax
        parts += ["\n" * empty_lines or (" " if parts else ""), line]
        empty_lines = 0
    return "".join(parts)
