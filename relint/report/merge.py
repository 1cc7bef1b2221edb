"""SARIF logs of several runs as the log of one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from relint.errors import OptionError

_NOTIFICATIONS = ("toolConfigurationNotifications", "toolExecutionNotifications")


def merged(logs: Sequence[Any]) -> dict[str, Any]:
    """The log of all results of relint's logs, in the order that one run would give them.

    Rules and best practices are those of all logs, and every index is counted anew. Raises ValueError for logs that are
    not relint's, or of different versions or categories.
    """
    runs = [_run(log) for log in logs]
    first = runs[0]
    for run in runs[1:]:
        if run["tool"]["driver"]["version"] != first["tool"]["driver"]["version"]:
            raise ValueError("the logs are of different versions of relint")
        if run["automationDetails"] != first["automationDetails"]:
            raise ValueError("the logs are of different categories")
    taxa = _by_id(taxon for run in runs for taxonomy in run.get("taxonomies", ()) for taxon in taxonomy["taxa"])
    rules = _by_id(rule for run in runs for rule in run["tool"]["driver"]["rules"])
    places = {rule["id"]: index for index, rule in enumerate(rules)}
    practices = {taxon["id"]: index for index, taxon in enumerate(taxa)}
    for rule in rules:
        for relationship in rule.get("relationships", ()):
            relationship["target"]["index"] = practices[relationship["target"]["id"]]
    results = [result for run in runs for result in run["results"]]
    suppressed = any(result.get("suppressions") for result in results)
    for result in results:
        result["ruleIndex"] = places[result["ruleId"]]
        if suppressed:  # SARIF 3.27.23: either every result of a run says whether it is suppressed, or none does
            result.setdefault("suppressions", [])
    with_taxa = next((run for run in runs if run.get("taxonomies")), None)
    run = {**first, "tool": {"driver": {**(with_taxa or first)["tool"]["driver"], "rules": rules}}}
    if with_taxa:
        run["taxonomies"] = [{**with_taxa["taxonomies"][0], "taxa": taxa}]
    run["invocations"] = [_invocation(runs, places)]
    run["results"] = sorted(results, key=_order)
    return {**logs[0], "runs": [run]}


def read_log(file: str) -> Any:
    """The JSON of a file; raises OptionError when there is none."""
    try:
        with open(file, encoding="utf-8") as stream:
            return json.load(stream)
    except OSError as error:
        raise OptionError(f"the log cannot be read ({error.strerror})", file) from error
    except ValueError as error:
        raise OptionError(f"the file is no JSON: {error}", file) from error


def _run(log: Any) -> dict[str, Any]:
    try:
        (run,) = log["runs"]
        if run["tool"]["driver"]["name"] == "relint":
            found: dict[str, Any] = run
            return found
    except (KeyError, TypeError, ValueError):
        pass
    raise ValueError("a log is not one that relint has written")


def _by_id(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    known: dict[str, dict[str, Any]] = {}
    for entry in entries:
        texts = known.setdefault(entry["id"], entry)
        texts.get("messageStrings", {}).update(entry.get("messageStrings", {}))
    return [known[key] for key in sorted(known)]


def _invocation(runs: Sequence[dict[str, Any]], places: dict[str, int]) -> dict[str, Any]:
    invocations = [run["invocations"][0] for run in runs]
    found: dict[str, Any] = {"executionSuccessful": all(one["executionSuccessful"] for one in invocations)}
    overrides = _by_id(
        {"id": override["descriptor"]["id"], "override": override}
        for one in invocations
        for override in one.get("ruleConfigurationOverrides", ())
    )
    for entry in overrides:
        entry["override"]["descriptor"]["index"] = places[entry["id"]]
    if overrides:
        found["ruleConfigurationOverrides"] = [entry["override"] for entry in overrides]
    for kind in _NOTIFICATIONS:
        notifications = [notification for one in invocations for notification in one.get(kind, ())]
        if notifications:
            found[kind] = notifications
    return found


def _order(result: dict[str, Any]) -> tuple[Any, ...]:
    place = result["locations"][0]["physicalLocation"]
    region = place["region"]
    start = (region["startLine"], region["startColumn"])
    return (place["artifactLocation"]["uri"], *start, result["ruleId"], region["endLine"], region["endColumn"])
