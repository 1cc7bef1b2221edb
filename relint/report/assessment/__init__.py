"""An assessment in the formats of reports."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any
from relint.errors import OptionError

if TYPE_CHECKING:
    from relint.assessment.result import Assessment

_RENDERERS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "text": ("relint.report.assessment.text", "render_text_assessment", ()),
    "json": ("relint.report.assessment.json_assessment", "render_json_assessment", ()),
}
"""Module, function and options of each format; a run imports only the modules that it needs."""

ASSESSMENT_FORMATS = tuple(_RENDERERS)


def render_assessment(assessment: Assessment, format: str = "text", **options: Any) -> str:
    """Return an assessment in a format of ASSESSMENT_FORMATS; raises OptionError for another one.

    Options that a format does not have are ignored.
    """
    from importlib import import_module

    if format not in _RENDERERS:
        raise OptionError(f"'{format}' is no format of an assessment; choose among {', '.join(ASSESSMENT_FORMATS)}")
    module, function, names = _RENDERERS[format]
    renderer = getattr(import_module(module), function)
    text: str = renderer(assessment, **{name: options[name] for name in names if name in options})
    return text
