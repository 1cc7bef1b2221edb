"""The differences between templates as text or JSON."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.errors import OptionError

if TYPE_CHECKING:
    from relint.run.compare_files import Diff

DIFF_FORMATS = ("text", "json")


def render_diff(diff: Diff, format: str = "text", *, show_open: bool = False) -> str:
    """Return differences and the findings about them as "text" or "json"; raises OptionError for another format.

    `show_open` includes the findings that are open in the text; JSON always includes them.
    """
    if format == "json":
        from relint.report.change.json_changes import render_json_diff

        return render_json_diff(diff)
    if format != "text":
        raise OptionError(f"'{format}' is no format of differences; choose among {', '.join(DIFF_FORMATS)}")
    from relint.report.change.text import render_text_diff

    return render_text_diff(diff, show_open=show_open)
