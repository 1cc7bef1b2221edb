"""Failures as SARIF notifications: what kept the tool from working, or from being set up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from relint.report.sarif.locations import artifact, region, to_uri
from relint.report.sarif.rules import HOME

if TYPE_CHECKING:
    from relint.finding import Failure, Stage
    from relint.report.source_lines import SourceLines

_CONFIGURATION = ("options", "rule", "suppress")
_KINDS: Mapping[Stage, tuple[str, str, str, str]] = {
    "discover": ("RELINT-001", "InputNotFound", "There is nothing to check.", "Name files or folders with templates."),
    "load": ("RELINT-002", "TemplateNotRead", "A template cannot be read.", "Correct the template."),
    "check": ("RELINT-003", "RuleCrashed", "A rule has a defect.", "Report the defect, or leave the rule out."),
    "options": ("RELINT-004", "OptionNotUsed", "An option has no effect.", "Correct the option."),
    "rule": ("RELINT-005", "RuleFileNotRead", "A rule file is wrong.", "Correct the rule file."),
    "suppress": ("RELINT-006", "SuppressionNotUsed", "A suppression has no effect.", "Name a rule and a reason."),
}
_LEFT_OUT = ("RELINT-007", "ResultsLeftOut", "Some results are left out.", "Check fewer templates in one run.")
_TEMPLATE = "In '{0}': '{1}'."


def notification_descriptors() -> list[dict[str, Any]]:
    """What each stage may notify of."""
    return [
        {
            "id": notification_id,
            "name": name,
            "shortDescription": {"text": what},
            "fullDescription": {"text": what},
            "help": {"text": remedy},
            "helpUri": HOME,
            "messageStrings": {"default": {"text": _TEMPLATE}},
            "defaultConfiguration": {"level": "error"},
        }
        for notification_id, name, what, remedy in (*_KINDS.values(), _LEFT_OUT)
    ]


def invocation(
    failures: Iterable[Failure],
    lines: SourceLines,
    files: Mapping[str, str],
    overrides: list[dict[str, Any]],
    left_out: int,
) -> dict[str, Any]:
    """How the run went: not successful only when a rule crashed, because then findings may be missing.

    `overrides` are the levels that rules were given, `left_out` counts results that the log has no room for.
    """
    found: dict[str, Any] = {"executionSuccessful": True}
    if overrides:
        found["ruleConfigurationOverrides"] = overrides
    if left_out:
        found["toolExecutionNotifications"] = [_left_out(left_out)]
    for failure in failures:
        kind = "toolConfigurationNotifications" if failure.stage in _CONFIGURATION else "toolExecutionNotifications"
        found.setdefault(kind, []).append(_notification(failure, lines, files))
        if failure.stage == "check":
            found["executionSuccessful"] = False
    return found


def _left_out(number: int) -> dict[str, Any]:
    arguments = ["the log", f"{number:,} results of lesser severity are left out, because its reader takes no more"]
    return {
        "descriptor": {"id": _LEFT_OUT[0], "index": len(_KINDS)},
        "level": "warning",
        "message": {"text": _TEMPLATE.format(*arguments), "id": "default", "arguments": arguments},
    }


def _notification(failure: Failure, lines: SourceLines, files: Mapping[str, str]) -> dict[str, Any]:
    path = files[failure.file]
    what = failure.message.replace(failure.file, path).replace("'", '"').removesuffix(".")
    arguments = [path, what]
    notification: dict[str, Any] = {
        "descriptor": {"id": _KINDS[failure.stage][0], "index": list(_KINDS).index(failure.stage)},
        "level": "error",
        "message": {"text": _TEMPLATE.format(*arguments), "id": "default", "arguments": arguments},
    }
    if failure.span:
        place = {"artifactLocation": artifact(to_uri(path)), "region": region(lines, failure.file, failure.span)}
        notification["locations"] = [{"physicalLocation": place}]
    return notification
