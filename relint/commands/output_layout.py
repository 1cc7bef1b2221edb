"""Layout of what a command prints: columns, colours and links of the terminal."""

from __future__ import annotations

import os
import sys

from relint._typing import Literal
from relint.report.layout import DEFAULT_COLUMNS, Layout

ColourChoice = Literal["auto", "always", "never"]
COLOUR_CHOICES = ("auto", "always", "never")

_MIN_COLUMNS = 40
_LINKING_PROGRAMS = ("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio", "Tabby")
_LINKING_TERMS = ("xterm-kitty", "xterm-ghostty", "wezterm", "alacritty", "foot", "foot-extra")
_LINKING_VARIABLES = ("WT_SESSION", "KITTY_WINDOW_ID", "DOMTERM", "KONSOLE_VERSION")
_MIN_VTE_VERSION = 5000
"""The first version of VTE (GNOME Terminal and others) with links, 0.50.

https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda and https://github.com/Alhadis/OSC8-Adoption list the
terminals with links (read 2026-11-28).
"""


def output_layout(colour: ColourChoice = "auto") -> Layout:
    """Return the layout for standard output.

    COLUMNS overrides the width of the terminal, as in other programs.
    """
    is_terminal = sys.stdout.isatty()
    has_colour = uses_colour(colour)
    return Layout(
        columns=_columns(is_terminal=is_terminal),
        colour=has_colour,
        links=is_terminal and has_colour and _terminal_has_links(),
        is_terminal=is_terminal,
    )


def uses_colour(choice: ColourChoice = "auto") -> bool:
    """Whether to print colours.

    `auto` does on a terminal; NO_COLOR (https://no-color.org) and FORCE_COLOR (https://force-color.org) override that.
    """
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


def _columns(*, is_terminal: bool) -> int:
    columns = 0
    text = os.environ.get("COLUMNS", "")
    if text.isdecimal() and len(text) < 6:
        columns = int(text)
    elif is_terminal:
        try:
            columns = os.get_terminal_size(sys.stdout.fileno()).columns
        except (OSError, ValueError):  # a terminal without a size, or a stream that only claims to be one
            columns = 0
    return max(columns, _MIN_COLUMNS) if columns else DEFAULT_COLUMNS


def _terminal_has_links() -> bool:
    """Whether the terminal is known to show links; a multiplexer in between may not pass them on."""
    environ = os.environ
    term = environ.get("TERM", "")
    if "TMUX" in environ or term.startswith(("screen", "tmux", "dumb", "linux")):
        return False
    version = environ.get("VTE_VERSION", "")
    return (
        environ.get("TERM_PROGRAM") in _LINKING_PROGRAMS
        or term in _LINKING_TERMS
        or any(environ.get(name) for name in _LINKING_VARIABLES)
        or (version.isdecimal() and len(version) < 9 and int(version) >= _MIN_VTE_VERSION)
    )
