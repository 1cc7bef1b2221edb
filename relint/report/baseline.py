"""Baselines: files of accepted findings, identified by keys that do not change when lines move."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping

from relint._typing import NamedTuple
from relint.discover.candidate import is_url
from relint.errors import OptionError, TemplateError
from relint.finding import Finding, Report

VERSION = 1


class FindingKey(NamedTuple):
    """The identity of a finding in a baseline.

    `property` has "*" for the index of a list, and never a line, so that edits elsewhere in a template do not change
    the key.
    """

    file: str
    rule: str
    logical_id: str
    property: str


Baseline = Mapping[FindingKey, int]
"""The number of accepted findings for each key."""


def finding_key(finding: Finding, folder: str) -> FindingKey:
    """Return the key of a finding; its file is relative to `folder`, with forward slashes."""
    from relint.model.references import property_path

    path = finding.path
    path_in_resource = path[2:] if path[:1] == ("Resources",) else path
    if path[:1] == ("Line",):  # a comment, which has no path
        path_in_resource = ("Comment",)
    return FindingKey(
        file=_relative_path(finding.file, folder),
        rule=finding.rule.id,
        logical_id=""
        if path[:1] == ("Globals",)
        else finding.logical_id or "",  # the first that takes the value varies
        property=".".join(property_path(path_in_resource)),
    )


def _relative_path(file: str, folder: str) -> str:
    return file if is_url(file) else os.path.relpath(file, folder).replace(os.sep, "/")


def _can_be_accepted(finding: Finding) -> bool:
    return finding.is_decided and not finding.suppression


def build_baseline(findings: Iterable[Finding], folder: str) -> Counter[FindingKey]:
    """Return the baseline of the findings that fail or need a review, except those that are suppressed."""
    return Counter(finding_key(finding, folder) for finding in findings if _can_be_accepted(finding))


def mark_known_findings(report: Report, baseline: Baseline, folder: str) -> Report:
    """Return the report with every finding that fails or needs a review marked as new or unchanged.

    Of several findings with one key, as many are unchanged as the baseline contains. Findings of mandatory rules are
    always new.
    """
    remaining = Counter(_with_current_ids(baseline, report))
    findings = []
    for finding in report.results:
        if _can_be_accepted(finding):
            key = finding_key(finding, folder)
            is_known = remaining[key] > 0 and finding.rule.id not in report.mandatory_ids
            remaining[key] -= is_known
            finding = finding._replace(baseline_state="unchanged" if is_known else "new")
        findings.append(finding)
    return report._replace(results=tuple(findings))


def _with_current_ids(baseline: Baseline, report: Report) -> Baseline:
    """Return the baseline with the ids of the rules that replace retired ones."""
    replacements = {alias: rule.id for rule in report.rules for alias in rule.aliases}
    if not replacements:
        return baseline
    current: Counter[FindingKey] = Counter()
    for key, count in baseline.items():
        current[key._replace(rule=replacements.get(key.rule, key.rule))] += count
    return current


def new_findings_only(report: Report) -> Report:
    """Return the report without unchanged findings, for readers that cannot distinguish them."""
    results = tuple(result for result in report.results if result.baseline_state != "unchanged")
    return report._replace(results=results, suppressed_by_baseline=len(report.results) - len(results))


def prune(baseline: Baseline, report: Report, folder: str) -> Counter[FindingKey]:
    """Return the baseline without findings that no longer exist; it never grows.

    Entries of files that were not checked do not change, unless the file was deleted.
    """
    current = build_baseline(report.findings, folder)
    checked_files = {_relative_path(file, folder) for file in (*report.templates, *report.included)}
    pruned: Counter[FindingKey] = Counter()
    for key, count in _with_current_ids(baseline, report).items():
        is_deleted = not (is_url(key.file) or os.path.exists(os.path.join(folder, key.file)))
        pruned[key] = min(count, current[key]) if key.file in checked_files or is_deleted else count
    return +pruned


def read_baseline(file: str) -> Counter[FindingKey]:
    """Return the baseline in a file of `write_baseline`; raises OptionError for any other file."""
    from relint.source.read import read_document

    try:
        with open(file, "rb") as stream:
            data = read_document(stream.read(), file).data
        if data["version"] != VERSION:
            raise OptionError(f"the baseline is of version {data['version']}; this relint reads {VERSION}", file)
        baseline: Counter[FindingKey] = Counter()
        for entry in data["findings"]:
            key = FindingKey(
                file=entry["file"], rule=entry["rule"], logical_id=entry["logicalId"], property=entry["property"]
            )
            if not all(isinstance(part, str) for part in key):
                raise OptionError("the file is no baseline; --write-baseline makes one", file)
            baseline[key] = int(entry.get("count", 1))
        return baseline
    except OSError as error:
        raise OptionError(
            f"the baseline cannot be read ({error.strerror}); --write-baseline makes one", file
        ) from error
    except TemplateError as error:
        raise OptionError(f"the baseline cannot be read: {error.message}", file, error.span) from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise OptionError("the file is no baseline; --write-baseline makes one", file) from error


def write_baseline(file: str, baseline: Baseline) -> None:
    """Write a baseline, sorted, with one finding per line, so that a review shows which findings were removed."""
    import json

    entries = []
    for key in sorted(+Counter(baseline)):
        entry = {"file": key.file, "rule": key.rule, "logicalId": key.logical_id, "property": key.property}
        entries.append(json.dumps({**entry, "count": baseline[key]} if baseline[key] > 1 else entry))
    lines = ",\n    ".join(entries)
    text = f'{{\n  "version": {VERSION},\n  "findings": [' + (f"\n    {lines}\n  ]\n}}\n" if entries else "]\n}\n")
    try:
        with open(file, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise OptionError(f"the baseline cannot be written ({error.strerror})", file) from error
