"""A report as a SARIF 2.1.0 log (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from relint.report.sarif.locations import ROOT, relative_files, to_uri
from relint.report.sarif.notifications import invocation, notification_descriptors
from relint.report.sarif.provenance import azure_details, provenance
from relint.report.sarif.results import results
from relint.report.sarif.rules import HOME, descriptor, supported_taxonomies, taxonomy, used_practices
from relint.report.source_lines import SourceLines

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.finding import Finding, Report

Profile = Literal["full", "github", "gitlab", "azure"]
"""Whom the log is for. full: everything that is said. github: no suppressed results, and what is undecided or fails in
another deployment is a note, because GitHub takes every result for an alert. gitlab: compact, without the lines around
a finding. azure: full, with the pipeline that made it."""

_ROOM = {"github": 25_000, "gitlab": 5_000}
"""How many results a reader takes from one run: beyond that GitHub refuses the log, and GitLab drops some.

https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit,
https://docs.gitlab.com/user/application_security/detect/sarif/
"""

_SCHEMA = "https://schemastore.azurewebsites.net/schemas/json/sarif-2.1.0.json"


def to_sarif(
    report: Report,
    *,
    profile: Profile = "full",
    category: str = "relint/reliability/",
    build: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The log as plain JSON values.

    `category` tells apart the logs of one commit (`automationDetails.id`, always ending in "/"); with the profile
    azure its place is taken by the pipeline. `build` are the variables that describe a pipeline run (of Azure, GitLab
    or GitHub: see `sarif_pipeline`), from which the log also names its repository. Passed and not applicable findings
    are left out. The log holds no time, no absolute path and nothing random.
    """
    log, found = _log(report, profile, category, build or {})
    log["runs"][0]["results"] = list(found)
    return log


def write_sarif(
    report: Report,
    write: Callable[[str], object],
    *,
    profile: Profile = "full",
    category: str = "relint/reliability/",
    build: Mapping[str, str] | None = None,
) -> None:
    """Writes the log that `to_sarif` makes as JSON, one line a result, holding one result at a time."""
    log, found = _log(report, profile, category, build or {})
    log["runs"][0]["results"] = []
    encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
    start, end = encode(log).removesuffix("]}]}"), "]}]}\n"
    write(start)
    for number, result in enumerate(found):
        write((",\n" if number else "\n") + encode(result))
    write(end)


def _log(
    report: Report, profile: Profile, category: str, build: Mapping[str, str]
) -> tuple[dict[str, Any], Iterator[dict[str, Any]]]:
    """The log without results, which are the last key of its run, and the results."""
    github = profile == "github"
    findings = [one for one in report.findings if _is_told(one) and not (github and one.suppression)]
    findings, left_out = _most_severe(findings, _ROOM.get(profile))
    used = {rule.id: rule for rule in (*report.rules, *(one.rule for one in findings))}
    rules = [used[key]._replace(level=report.level_overrides.get(key, used[key].level)) for key in sorted(used)]
    indexes = {rule.id: index for index, rule in enumerate(rules)}
    lines = SourceLines(report.sources)
    files = relative_files([*(one.file for one in findings), *(one.file for one in report.failures)])
    details = azure_details(build) if profile == "azure" else {"id": category.rstrip("/") + "/"}
    practices = used_practices(rules)
    run: dict[str, Any] = {"tool": {"driver": _driver(rules, findings, practices)}}
    if practices:
        run["taxonomies"] = [taxonomy(practices)]
    source = provenance(build)
    if source:
        run["versionControlProvenance"] = source
    run |= {
        "automationDetails": details,
        "invocations": [invocation(report.failures, lines, files, _overrides(report, indexes), left_out)],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
        "columnKind": "utf16CodeUnits",
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    uris = {file: to_uri(path) for file, path in files.items()}
    return log, results(findings, lines, uris, indexes, github=github, context=profile != "gitlab")


def _driver(rules: Sequence[Rule], findings: Sequence[Finding], practices: Sequence[str]) -> dict[str, Any]:
    from relint._version import __version__

    linked: dict[str, set[str]] = {}
    for finding in findings:
        if finding.related:
            linked.setdefault(finding.rule.id, set()).add(finding.message_id)
    taxa = {practice: index for index, practice in enumerate(practices)}
    driver: dict[str, Any] = {
        "name": "relint",
        "fullName": "relint, the reliability linter for AWS CloudFormation",
        "organization": "relint",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": HOME,
        "shortDescription": {"text": "Finds what would make a system deployed by AWS CloudFormation unreliable."},
        "rules": [descriptor(rule, frozenset(linked.get(rule.id, ())), taxa) for rule in rules],
        "notifications": notification_descriptors(),
    }
    if practices:
        driver["supportedTaxonomies"] = supported_taxonomies()
    return driver


def _is_told(finding: Finding) -> bool:
    return finding.verdict in ("fail", "review", "open")


def _most_severe(findings: list[Finding], room: int | None) -> tuple[list[Finding], int]:
    """As many findings as there is room for, in their order, and how many are left out: the least severe."""
    if room is None or len(findings) <= room:
        return findings, 0
    ranks = sorted(range(len(findings)), key=lambda index: findings[index].severity_rank, reverse=True)
    return [findings[index] for index in sorted(ranks[:room])], len(findings) - room


def _overrides(report: Report, indexes: Mapping[str, int]) -> list[dict[str, Any]]:
    return [
        {"configuration": {"level": level}, "descriptor": {"id": rule_id, "index": indexes[rule_id]}}
        for rule_id, level in report.level_overrides.items()
        if rule_id in indexes
    ]
