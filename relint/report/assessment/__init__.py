"""An assessment as text or JSON."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.errors import OptionError

if TYPE_CHECKING:
    from relint.assessment.result import Assessment

ASSESSMENT_FORMATS = ("text", "json")


def render_assessment(assessment: Assessment, format: str = "text") -> str:
    """Return an assessment as "text" or "json"; raises OptionError for another format."""
    if format == "json":
        from relint.report.assessment.json_assessment import render_json_assessment

        return render_json_assessment(assessment)
    if format != "text":
        raise OptionError(f"'{format}' is no format of an assessment; choose among {', '.join(ASSESSMENT_FORMATS)}")
    from relint.report.assessment.text import render_text_assessment

    return render_text_assessment(assessment)
