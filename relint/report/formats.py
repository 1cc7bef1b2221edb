"""Names of the report formats, and the functions that write them."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from relint.finding import Report

FORMATS = ("text", "concise", "json", "sarif", "junit", "gitlab", "github", "markdown")
SARIF_PROFILES = ("full", "github", "gitlab", "azure")
"""Variants of SARIF, named after the consumer that they suit."""
FORMATS_AND_PROFILES = (*FORMATS, *(f"sarif:{profile}" for profile in SARIF_PROFILES))

_RENDERERS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "text": ("relint.report.text", "render_text", ("layout", "show_open", "with_summary", "notes")),
    "concise": ("relint.report.one_line", "render_concise", ("show_open",)),
    "json": ("relint.report.json_report", "render_json", ()),
    "junit": ("relint.report.junit", "render_junit", ("show_open",)),
    "gitlab": ("relint.report.gitlab", "render_gitlab", ("show_open",)),
    "github": ("relint.report.github", "render_github", ("show_open", "with_summary")),
    "markdown": ("relint.report.markdown", "render_markdown", ("show_open",)),
}
"""Module, function and options of each format made of lines; a run imports only the modules that it needs."""


def render(report: Report, format_name: str, *, show_open: bool = False, **options: Any) -> Iterator[str]:
    """Return the lines of a report in any format except SARIF.

    `show_open` includes findings that are open; JSON always includes them. The other options are those of text
    and, for `with_summary`, of github.
    """
    from importlib import import_module

    module, function, names = _RENDERERS[format_name]
    options["show_open"] = show_open
    renderer = getattr(import_module(module), function)
    lines: Iterator[str] = renderer(report, **{name: options[name] for name in names if name in options})
    return lines
