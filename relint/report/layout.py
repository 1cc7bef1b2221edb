"""Layout of a report for people: columns, colours and links."""

from __future__ import annotations

import sys

from relint._typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.finding import Finding

DEFAULT_COLUMNS = 100
"""Columns of a report in a file or a pipe."""
MAX_PROSE_COLUMNS = 120
"""Columns of a paragraph; longer lines are hard to read, however wide the terminal is."""

_COLOURS = {
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "review": "1;35",
    "open": "1;34",
    "frame": "34",
    "heading": "1;4",
    "strong": "1",
}
"""Parameters of the ANSI escape sequence for each style."""


class Layout(NamedTuple):
    """Properties of the place where a report appears.

    With `is_terminal`, a long report is shortened. `links` makes ids of rules links (OSC 8).
    """

    columns: int = DEFAULT_COLUMNS
    colour: bool = False
    links: bool = False
    is_terminal: bool = False

    @property
    def prose_columns(self) -> int:
        """The columns of paragraphs."""
        return min(self.columns, MAX_PROSE_COLUMNS)

    @property
    def line_columns(self) -> int:
        """The columns of headings, rows and summaries, which are wrapped on a terminal only: `grep` reads lines."""
        return self.columns if self.is_terminal else sys.maxsize

    def paint(self, text: str, style: str) -> str:
        """Return the text in the colour of a style, or unchanged without colours."""
        return f"\x1b[{_COLOURS[style]}m{text}\x1b[0m" if self.colour else text

    def link(self, text: str, rule: Rule) -> str:
        """Return the text as a link to the page about a rule, or unchanged without links.

        https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda (read 2026-11-28): the URL contains only
        characters from 32 to 126.
        """
        if not self.links:
            return text
        from relint.report.sarif.rules import help_uri  # a module that text needs for nothing else

        url = help_uri(rule)
        return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\" if url.isascii() and url.isprintable() else text


PLAIN = Layout()
"""The layout of files and pipes."""

STYLES = ("error", "warning", "note", "review", "open")
"""Styles of findings, from what to repair first to what is only counted."""


def style_of(finding: Finding) -> str:
    """Return the style of a finding: its level if it fails, else its verdict."""
    return finding.level if finding.verdict == "fail" else finding.verdict
