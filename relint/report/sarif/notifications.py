"""Failures as SARIF notifications about the execution or the configuration of relint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from relint._about import REPOSITORY
from relint._typing import TYPE_CHECKING, Any
from relint.report.sarif.locations import build_artifact_location, build_region, to_uri

if TYPE_CHECKING:
    from relint.finding import Failure, Stage, Unjudged
    from relint.report.source_lines import SourceLines

_CONFIGURATION_STAGES = ("options", "rule", "suppress")
_DESCRIPTORS: Mapping[Stage, tuple[str, str, str, str]] = {
    "discover": ("RELINT-001", "InputNotFound", "There is nothing to check.", "Name files or folders with templates."),
    "load": ("RELINT-002", "TemplateNotRead", "A template cannot be read.", "Correct the template."),
    "check": ("RELINT-003", "RuleCrashed", "A rule has a defect.", "Report the defect, or leave the rule out."),
    "options": ("RELINT-004", "OptionNotUsed", "An option has no effect.", "Correct the option."),
    "rule": ("RELINT-005", "RuleFileNotRead", "A rule file is wrong.", "Correct the rule file."),
    "suppress": ("RELINT-006", "SuppressionNotUsed", "A suppression has no effect.", "Name a rule and a reason."),
}
_OMITTED = ("RELINT-007", "ResultsLeftOut", "Some results are left out.", "Check fewer templates in one run.")
_UNJUDGED = ("RELINT-008", "PartsNotJudged", "Parts of a template are not judged.", "Judge them by other means.")
_MESSAGE = "In '{0}': '{1}'."


def build_notification_descriptors() -> list[dict[str, Any]]:
    """Return a descriptor for the failures of each stage, and one for results that are left out."""
    return [
        {
            "id": notification_id,
            "name": name,
            "shortDescription": {"text": description},
            "fullDescription": {"text": description},
            "help": {"text": remedy},
            "helpUri": REPOSITORY,
            "messageStrings": {"default": {"text": _MESSAGE}},
            "defaultConfiguration": {"level": "note" if notification_id == _UNJUDGED[0] else "error"},
        }
        for notification_id, name, description, remedy in (*_DESCRIPTORS.values(), _OMITTED, _UNJUDGED)
    ]


def build_invocation(
    failures: Iterable[Failure],
    lines: SourceLines,
    paths: Mapping[str, str],
    *,
    overrides: list[dict[str, Any]],
    omitted_results: int,
) -> dict[str, Any]:
    """Return the invocation, which is successful unless there is a failure, because then findings may be missing.

    `paths` maps files to their paths in the log. `overrides` are the levels that the configuration gave to rules,
    `omitted_results` is the number of results beyond the limit of the reader.
    """
    failures = list(failures)
    invocation: dict[str, Any] = {"executionSuccessful": not failures}
    if overrides:
        invocation["ruleConfigurationOverrides"] = overrides
    if omitted_results:
        invocation["toolExecutionNotifications"] = [_omission_notification(omitted_results)]
    for failure in failures:
        is_configuration = failure.stage in _CONFIGURATION_STAGES
        key = "toolConfigurationNotifications" if is_configuration else "toolExecutionNotifications"
        invocation.setdefault(key, []).append(_failure_notification(failure, lines, paths))
    return invocation


def notification_sort_key(notification: dict[str, Any]) -> tuple[Any, ...]:
    """Return the key that sorts notifications by file, position and text; 0 stands for a missing position."""
    message = notification["message"]
    region = (notification.get("locations") or [{}])[0].get("physicalLocation", {}).get("region", {})
    start = (region.get("startLine", 0), region.get("startColumn", 0))
    return (message.get("arguments", [""])[0], *start, message["text"])


def build_unjudged_notifications(unjudged: Iterable[Unjudged], paths: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return a notification of level note for each part that was not judged, at its first line."""
    if not unjudged:
        return []
    from relint.report.unjudged import describe_unjudged

    return [
        _unjudged_notification(paths[entry.file], describe_unjudged(entry).replace("'", '"'), entry.line)
        for entry in unjudged
    ]


def _unjudged_notification(path: str, part: str, line: int | None) -> dict[str, Any]:
    arguments = [path, f"not judged: {part}"]
    location: dict[str, Any] = {"artifactLocation": build_artifact_location(to_uri(path))}
    if line is not None:
        location["region"] = {"startLine": line}
    return {
        "descriptor": {"id": _UNJUDGED[0], "index": len(_DESCRIPTORS) + 1},
        "level": "note",
        "message": {"text": _MESSAGE.format(*arguments), "id": "default", "arguments": arguments},
        "locations": [{"physicalLocation": location}],
    }


def _omission_notification(omitted_results: int) -> dict[str, Any]:
    problem = f"{omitted_results:,} results of lesser severity are left out, because its reader takes no more"
    arguments = ["the log", problem]
    return {
        "descriptor": {"id": _OMITTED[0], "index": len(_DESCRIPTORS)},
        "level": "warning",
        "message": {"text": _MESSAGE.format(*arguments), "id": "default", "arguments": arguments},
    }


def _failure_notification(failure: Failure, lines: SourceLines, paths: Mapping[str, str]) -> dict[str, Any]:
    path = paths[failure.file]
    problem = failure.message.replace(failure.file, path).replace("'", '"').removesuffix(".")
    arguments = [path, problem]
    notification: dict[str, Any] = {
        "descriptor": {"id": _DESCRIPTORS[failure.stage][0], "index": list(_DESCRIPTORS).index(failure.stage)},
        "level": "error",
        "message": {"text": _MESSAGE.format(*arguments), "id": "default", "arguments": arguments},
    }
    if failure.span:
        location = {
            "artifactLocation": build_artifact_location(to_uri(path)),
            "region": build_region(lines, failure.file, failure.span),
        }
        notification["locations"] = [{"physicalLocation": location}]
    return notification
