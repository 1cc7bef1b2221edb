"""An assessment in the formats of reports."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any
from relint.errors import OptionError
from relint.report.formats import SARIF_PROFILES

if TYPE_CHECKING:
    from relint.assessment.result import Assessment

_RENDERERS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "text": ("relint.report.assessment.text", "render_text_assessment", ("layout", "unicode")),
    "json": ("relint.report.assessment.json_assessment", "render_json_assessment", ()),
    "sarif": (
        "relint.report.assessment.sarif.log",
        "render_sarif_assessment",
        ("profile", "with_passes", "build", "exit_code"),
    ),
    "markdown": ("relint.report.assessment.markdown", "render_markdown_assessment", ()),
    "html": ("relint.report.assessment.html.page", "render_html_assessment", ()),
}
"""Module, function and options of each format; a run imports only the modules that it needs."""

ASSESSMENT_FORMATS = tuple(_RENDERERS)
PROFILES = tuple(f"sarif:{profile}" for profile in SARIF_PROFILES)
"""Variants of SARIF, by reader."""


def render_assessment(assessment: Assessment, format: str = "text", **options: Any) -> str:
    """Return an assessment in a format of ASSESSMENT_FORMATS; raises OptionError for another one.

    `sarif` may have a profile, as in "sarif:github". Options that a format does not have are ignored.
    """
    from importlib import import_module

    if format not in (*_RENDERERS, *PROFILES):
        raise OptionError(f"'{format}' is no format of an assessment; choose among {', '.join(ASSESSMENT_FORMATS)}")
    format, _, profile = format.partition(":")
    if profile:
        options["profile"] = profile
    module, function, names = _RENDERERS[format]
    renderer = getattr(import_module(module), function)
    text: str = renderer(assessment, **{name: options[name] for name in names if name in options})
    return text
