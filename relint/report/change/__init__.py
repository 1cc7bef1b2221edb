"""The differences between templates, and the findings about them, in all formats of reports."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.errors import OptionError
from relint.report.formats import FORMATS_AND_PROFILES, render

if TYPE_CHECKING:
    from relint.run.comparison.compare_files import Diff


def render_diff(diff: Diff, format: str = "text", *, show_open: bool = False) -> str:
    """Return differences and the findings about them in a format of `relint check`, such as "sarif:github".

    `show_open` includes the findings that are open; JSON and most profiles of SARIF always include them. Raises
    OptionError for another format.
    """
    if format not in FORMATS_AND_PROFILES:
        raise OptionError(f"'{format}' is no format of differences; choose among {', '.join(FORMATS_AND_PROFILES)}")
    name, _, profile = format.partition(":")
    if name == "sarif":
        return _sarif_text(diff, profile or "full", show_open=show_open)
    return "".join(f"{line}\n" for line in render_changes(diff, name, show_open=show_open))


def render_changes(diff: Diff, format_name: str, **options: Any) -> Iterator[str]:
    """Return the lines of differences and findings in any format except SARIF; the options are those of `render`."""
    if format_name == "json":
        from relint.report.change.json_changes import render_json_diff

        return render_json_diff(diff)
    if format_name == "text":
        from relint.report.change.text import render_text_diff

        return render_text_diff(diff, **options)
    if format_name == "markdown" and not diff.is_of_sites:
        from relint.report.change.markdown import render_markdown_diff

        return render_markdown_diff(diff, show_open=options["show_open"])
    from relint.report.change.new_places import report_on_new_templates

    return render(report_on_new_templates(diff), format_name, **options)


def _sarif_text(diff: Diff, profile: Any, *, show_open: bool) -> str:
    from relint.report.change.new_places import report_on_new_templates
    from relint.report.sarif.log import write_sarif

    parts: list[str] = []
    write_sarif(report_on_new_templates(diff), parts.append, profile=profile, show_open=show_open)
    return "".join(parts)
