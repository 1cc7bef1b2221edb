"""What was found before: a file of keys that survive moved lines, and findings told apart by them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping

from relint._named_tuple import NamedTuple
from relint.discover.candidate import is_url
from relint.errors import OptionError, TemplateError
from relint.finding import Finding, Report

VERSION = 1


class FindingKey(NamedTuple):
    """What makes two findings the same: the property is "*" where an item of a list stands, never a line."""

    file: str
    rule: str
    logical_id: str
    property: str


Baseline = Mapping[FindingKey, int]
"""How many findings there are of each key."""


def finding_key(finding: Finding, folder: str) -> FindingKey:
    """The key of a finding; its file is relative to `folder`, with forward slashes."""
    from relint.model.graph import property_path

    path = finding.path
    inside = path[2:] if path[:1] == ("Resources",) else path
    if path[:1] == ("Line",):  # a comment, which has no path
        inside = ("Comment",)
    file = _relative(finding.file, folder)
    return FindingKey(file, finding.rule.id, finding.logical_id or "", ".".join(property_path(inside)))


def _relative(file: str, folder: str) -> str:
    return file if is_url(file) else os.path.relpath(file, folder).replace(os.sep, "/")


def build_baseline(findings: Iterable[Finding], folder: str) -> Counter[FindingKey]:
    """The baseline that accepts the findings which fail or need a review, suppressed ones apart."""
    return Counter(
        finding_key(one, folder) for one in findings if one.verdict in ("fail", "review") and not one.suppression
    )


def mark_known_findings(report: Report, baseline: Baseline, folder: str) -> Report:
    """The report with every finding that fails or needs a review said to be new or unchanged.

    Of several findings with one key, as many are unchanged as the baseline holds. Mandatory rules are never in it.
    """
    left = Counter(baseline)
    findings = []
    for finding in report.findings:
        if finding.verdict in ("fail", "review") and not finding.suppression:
            key = finding_key(finding, folder)
            known = left[key] > 0 and finding.rule.id not in report.mandatory_ids
            left[key] -= known
            finding = finding._replace(baseline_state="unchanged" if known else "new")
        findings.append(finding)
    return report._replace(findings=tuple(findings))


def new_findings_only(report: Report) -> Report:
    """The report without the findings that were there before, for readers that cannot tell them apart."""
    new = tuple(one for one in report.findings if one.baseline_state != "unchanged")
    return report._replace(findings=new, suppressed_by_baseline=len(report.findings) - len(new))


def prune(baseline: Baseline, report: Report, folder: str) -> Counter[FindingKey]:
    """The baseline without what is gone: it never grows, and files that were not checked keep what they have."""
    now = build_baseline(report.findings, folder)
    checked = {_relative(file, folder) for file in report.templates}
    kept: Counter[FindingKey] = Counter()
    for key, count in baseline.items():
        gone = not (is_url(key.file) or os.path.exists(os.path.join(folder, key.file)))
        kept[key] = min(count, now[key]) if key.file in checked or gone else count
    return +kept


def read_baseline(file: str) -> Counter[FindingKey]:
    """The baseline of a file that `write_baseline` wrote; raises OptionError for anything else."""
    from relint.source.read import read_document

    try:
        with open(file, "rb") as stream:
            data = read_document(stream.read(), file).data
        if data["version"] != VERSION:
            raise OptionError(f"the baseline is of version {data['version']}; this relint reads {VERSION}", file)
        entries = [
            (FindingKey(one["file"], one["rule"], one["logicalId"], one["property"]), one) for one in data["findings"]
        ]
        return Counter({key: int(one.get("count", 1)) for key, one in entries})
    except OSError as error:
        raise OptionError(
            f"the baseline cannot be read ({error.strerror}); --write-baseline makes one", file
        ) from error
    except TemplateError as error:
        raise OptionError(f"the baseline cannot be read: {error.message}", file, error.span) from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise OptionError("the file is no baseline; --write-baseline makes one", file) from error


def write_baseline(file: str, baseline: Baseline) -> None:
    """Writes a baseline, sorted, one finding a line, so that a review sees what went."""
    import json

    entries = []
    for key in sorted(+Counter(baseline)):
        entry = {"file": key.file, "rule": key.rule, "logicalId": key.logical_id, "property": key.property}
        entries.append(json.dumps({**entry, "count": baseline[key]} if baseline[key] > 1 else entry))
    body = ",\n    ".join(entries)
    text = f'{{\n  "version": {VERSION},\n  "findings": [' + (f"\n    {body}\n  ]\n}}\n" if entries else "]\n}\n")
    try:
        with open(file, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise OptionError(f"the baseline cannot be written ({error.strerror})", file) from error
