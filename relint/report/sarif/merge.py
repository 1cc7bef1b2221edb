"""Merge of the SARIF logs of several runs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from urllib.parse import unquote

from relint._typing import Any
from relint.errors import OptionError
from relint.report.sarif.notifications import notification_sort_key

_NOTIFICATION_KEYS = ("toolConfigurationNotifications", "toolExecutionNotifications")


def merge_logs(logs: Mapping[str, Any]) -> dict[str, Any]:
    """Return one log with the results of relint's logs, given by file name, in the order of a single run.

    The log contains the rules and best practices of all logs, with new indexes, and equal results once. Raises
    OptionError for logs that relint did not write, and for logs of different versions or categories.
    """
    runs = [_run_of(log, file) for file, log in logs.items()]
    _check_same_run(dict(zip(logs, runs, strict=True)))
    taxa = _merge_by_id(taxon for run in runs for taxonomy in run.get("taxonomies", ()) for taxon in taxonomy["taxa"])
    rules = _merge_by_id(rule for run in runs for rule in run["tool"]["driver"]["rules"])
    rule_indexes = {rule["id"]: index for index, rule in enumerate(rules)}
    taxon_indexes = {taxon["id"]: index for index, taxon in enumerate(taxa)}
    for rule in rules:
        for relationship in rule.get("relationships", ()):
            relationship["target"]["index"] = taxon_indexes[relationship["target"]["id"]]
    results = [result for run in runs for result in run["results"]]
    has_suppressions = any(result.get("suppressions") for result in results)
    for result in results:
        result["ruleIndex"] = rule_indexes[result["ruleId"]]
        if has_suppressions:  # SARIF 3.27.23: either all results of a run have `suppressions`, or none has
            result.setdefault("suppressions", [])
    run_with_taxa = next((run for run in runs if run.get("taxonomies")), None)
    run = {**runs[0], "tool": {"driver": {**(run_with_taxa or runs[0])["tool"]["driver"], "rules": rules}}}
    if run_with_taxa:
        run["taxonomies"] = [{**run_with_taxa["taxonomies"][0], "taxa": taxa}]
    run["invocations"] = [_merge_invocations(runs, rule_indexes)]
    run["results"] = list(_sort_without_repetitions(results, _result_sort_key))
    return {**next(iter(logs.values())), "runs": [run]}


def read_log(file: str) -> Any:
    """Return the JSON of a file in UTF-8 or, as PowerShell writes it, UTF-16.

    Raises OptionError if the file cannot be read or is not JSON.
    """
    try:
        with open(file, "rb") as stream:
            return json.load(stream)
    except OSError as error:
        raise OptionError(f"the log cannot be read ({error.strerror})", file) from error
    except ValueError as error:
        raise OptionError(f"the file is no JSON: {error}", file) from error


def _run_of(log: Any, file: str) -> dict[str, Any]:
    """Return the run of a log, after reading every part that a merge uses; raises OptionError if one is missing."""
    try:
        (run,) = log["runs"]
        if run["tool"]["driver"]["name"] == "relint":
            _version(run), _category(run), run["tool"]["driver"]["rules"], run["invocations"][0]["executionSuccessful"]
            for result in run["results"]:
                _result_sort_key(result)
            checked_run: dict[str, Any] = run
            return checked_run
    except (LookupError, TypeError, ValueError):
        pass
    raise OptionError("the file is no log that relint has written", file)


def _check_same_run(runs: Mapping[str, Mapping[str, Any]]) -> None:
    """Raise OptionError if the runs, given by file name, differ in version or category."""
    first_file, first = next(iter(runs.items()))
    for file, run in runs.items():
        for name, read in (("version", _version), ("category", _category)):
            if read(run) != read(first):
                difference = f"the {name} of this log is '{read(run)}', that of '{first_file}' is '{read(first)}'"
                raise OptionError(f"{difference}; merge logs of one run", file)


def _version(run: Mapping[str, Any]) -> Any:
    return run["tool"]["driver"]["version"]


def _category(run: Mapping[str, Any]) -> Any:
    return run["automationDetails"]["id"]


def _sort_without_repetitions(
    entries: Iterable[dict[str, Any]], sort_key: Callable[[dict[str, Any]], Any]
) -> Iterator[dict[str, Any]]:
    for _, group in groupby(sorted(entries, key=sort_key), key=sort_key):
        distinct: list[dict[str, Any]] = []
        for entry in group:
            if entry not in distinct:
                distinct.append(entry)
                yield entry


def _merge_by_id(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one entry of each id, sorted by id, with the message strings of all entries of that id."""
    merged: dict[str, dict[str, Any]] = {}
    for entry in entries:
        first = merged.setdefault(entry["id"], entry)
        first.get("messageStrings", {}).update(entry.get("messageStrings", {}))
    return [merged[key] for key in sorted(merged)]


def _merge_invocations(runs: Sequence[dict[str, Any]], rule_indexes: dict[str, int]) -> dict[str, Any]:
    invocations = [run["invocations"][0] for run in runs]
    merged: dict[str, Any] = {
        "executionSuccessful": all(invocation["executionSuccessful"] for invocation in invocations)
    }
    exit_codes = [invocation["exitCode"] for invocation in invocations if "exitCode" in invocation]
    if exit_codes:
        merged["exitCode"] = max(exit_codes)  # 2 is a failure, 1 are findings
    overrides = _merge_by_id(
        {"id": override["descriptor"]["id"], "override": override}
        for invocation in invocations
        for override in invocation.get("ruleConfigurationOverrides", ())
    )
    for entry in overrides:
        entry["override"]["descriptor"]["index"] = rule_indexes[entry["id"]]
    if overrides:
        merged["ruleConfigurationOverrides"] = [entry["override"] for entry in overrides]
    for key in _NOTIFICATION_KEYS:
        notifications = [notification for invocation in invocations for notification in invocation.get(key, ())]
        if notifications:
            merged[key] = list(_sort_without_repetitions(notifications, notification_sort_key))
    return merged


def _result_sort_key(result: dict[str, Any]) -> tuple[Any, ...]:
    """Return the key of `finding_sort_key` for a result; files sort by name, so the URI is decoded."""
    location = result["locations"][0]["physicalLocation"]
    region = location["region"]
    start, end = (region["startLine"], region["startColumn"]), (region["endLine"], region["endColumn"])
    return unquote(location["artifactLocation"]["uri"]), start, result["ruleId"], end, result["message"]["text"]
