"""SARIF logs of several runs as the log of one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import unquote

from relint.errors import OptionError

_NOTIFICATIONS = ("toolConfigurationNotifications", "toolExecutionNotifications")


def merge_logs(logs: Mapping[str, Any]) -> dict[str, Any]:
    """The log of all results of relint's logs, by the names of their files, in the order that one run would give them.

    Rules and best practices are those of all logs, every index is counted anew, and a result that several logs hold
    stands in it once. Raises OptionError for logs that are not relint's, or of different versions or categories.
    """
    runs = [_run(log, file) for file, log in logs.items()]
    first = runs[0]
    for file, run in zip(logs, runs, strict=True):
        for what, read in (("version", _version), ("category", _category)):
            if read(run) != read(first):
                said = f"the {what} of this log is '{read(run)}', that of '{next(iter(logs))}' is '{read(first)}'"
                raise OptionError(f"{said}; merge logs of one run", file)
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
    run["results"] = list(_once(results, _order))
    return {**next(iter(logs.values())), "runs": [run]}


def read_log(file: str) -> Any:
    """The JSON of a file in UTF-8 or, as PowerShell writes it, UTF-16; raises OptionError when there is none."""
    try:
        with open(file, "rb") as stream:
            return json.load(stream)
    except OSError as error:
        raise OptionError(f"the log cannot be read ({error.strerror})", file) from error
    except ValueError as error:
        raise OptionError(f"the file is no JSON: {error}", file) from error


def _run(log: Any, file: str) -> dict[str, Any]:
    """The run of a log, which has all that is read here."""
    try:
        (run,) = log["runs"]
        if run["tool"]["driver"]["name"] == "relint":
            _version(run), _category(run), run["tool"]["driver"]["rules"], run["invocations"][0]["executionSuccessful"]
            for result in run["results"]:
                _order(result)
            found: dict[str, Any] = run
            return found
    except (LookupError, TypeError, ValueError):
        pass
    raise OptionError("the file is no log that relint has written", file)


def _version(run: Mapping[str, Any]) -> Any:
    return run["tool"]["driver"]["version"]


def _category(run: Mapping[str, Any]) -> Any:
    return run["automationDetails"]["id"]


def _once(entries: Iterable[dict[str, Any]], order: Callable[[dict[str, Any]], Any]) -> Iterator[dict[str, Any]]:
    """The entries in their order, without repetitions."""
    for _, group in groupby(sorted(entries, key=order), key=order):
        told: list[dict[str, Any]] = []
        for entry in group:
            if entry not in told:
                told.append(entry)
                yield entry


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
            found[kind] = list(_once(notifications, _failure_order))
    return found


def _order(result: dict[str, Any]) -> tuple[Any, ...]:
    """The order of findings: that of the names of their files, not of their encoded URIs."""
    place = result["locations"][0]["physicalLocation"]
    region = place["region"]
    start, end = (region["startLine"], region["startColumn"]), (region["endLine"], region["endColumn"])
    return unquote(place["artifactLocation"]["uri"]), start, result["ruleId"], end, result["message"]["text"]


def _failure_order(notification: dict[str, Any]) -> tuple[Any, ...]:
    """The file, the place in it if one is to blame, and what is said of it."""
    message = notification["message"]
    region = (notification.get("locations") or [{}])[0].get("physicalLocation", {}).get("region", {})
    start = (region.get("startLine", 0), region.get("startColumn", 0))
    return (message.get("arguments", [""])[0], *start, message["text"])
