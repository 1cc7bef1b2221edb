"""Report as a SARIF 2.1.0 log (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from relint._about import REPOSITORY
from relint._typing import TYPE_CHECKING, Any, Literal
from relint.report.fixes import FixFinder
from relint.report.repository_paths import name_files_from_root
from relint.report.sarif.locations import ROOT, paths_in_log, to_uri
from relint.report.sarif.notifications import (
    build_invocation,
    build_notification_descriptors,
    build_unjudged_notifications,
    notification_sort_key,
)
from relint.report.sarif.provenance import build_azure_details, build_provenance
from relint.report.sarif.results import ResultBuilder
from relint.report.sarif.rules import (
    build_rule_descriptor,
    build_supported_taxonomies,
    build_taxonomy,
    used_practices,
)
from relint.report.severity import visible_findings
from relint.report.source_lines import SourceLines

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.finding import Finding, Report

Profile = Literal["full", "github", "gitlab", "azure"]
"""Variants of the log, by reader.

full: everything. github: without suppressed and open results, and findings to review become notes, because GitHub
takes every result for an alert. gitlab: compact, without the lines around a finding. azure: full, with the
pipeline that wrote the log.
"""

_MAX_RESULTS = {"github": 25_000, "gitlab": 5_000}
"""Results that a reader accepts from one run: GitHub rejects a longer log, and GitLab drops some of its results.

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
    show_open: bool = False,
    exit_code: int | None = None,
    with_passes: bool = False,
) -> dict[str, Any]:
    """Return the log as JSON values; with the results that pass if `with_passes`.

    `category` distinguishes the logs of one commit (`automationDetails.id`, always ending in "/"); the profile azure
    uses the pipeline instead. `build` contains the environment variables that describe a pipeline run (of Azure,
    GitLab or GitHub: see `VARIABLES` in `provenance`), from which the log also gets its repository. `show_open` keeps
    open results for the profile github, as notes; the others have them anyway. `exit_code` is that of the process,
    if it is known. Files are named from the root of their repository (`name_files_from_root`). The log contains no
    time, no absolute path and nothing random.
    """
    log, results = _build_log(
        report, profile, category, build or {}, show_open=show_open, exit_code=exit_code, with_passes=with_passes
    )
    log["runs"][0]["results"] = list(results)
    return log


def write_sarif(
    report: Report,
    write: Callable[[str], object],
    *,
    profile: Profile = "full",
    category: str = "relint/reliability/",
    build: Mapping[str, str] | None = None,
    show_open: bool = False,
    exit_code: int | None = None,
) -> None:
    """Write the log of `to_sarif` as JSON, one result per line, with one result in memory at a time."""
    log, results = _build_log(report, profile, category, build or {}, show_open=show_open, exit_code=exit_code)
    log["runs"][0]["results"] = []
    encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
    start, end = encode(log).removesuffix("]}]}"), "]}]}\n"
    write(start)
    for index, result in enumerate(results):
        write((",\n" if index else "\n") + encode(result))
    write(end)


def _build_log(
    report: Report,
    profile: Profile,
    category: str,
    build: Mapping[str, str],
    *,
    show_open: bool,
    exit_code: int | None,
    with_passes: bool = False,
) -> tuple[dict[str, Any], Iterator[dict[str, Any]]]:
    """Return the log without results, which are the last key of its run, and the results."""
    report = name_files_from_root(report)
    github = profile == "github"
    reported = visible_findings(report, show_open=show_open) if github else report.results
    kinds = ("fail", "review", "open", "pass") if with_passes else ("fail", "review", "open")
    findings = [finding for finding in reported if finding.verdict in kinds]
    findings, omitted = _most_severe(findings, _MAX_RESULTS.get(profile))
    rules = _rules_of_log(report, findings)
    rule_indexes = {rule.id: index for index, rule in enumerate(rules)}
    lines = SourceLines(report.sources)
    files = [finding.file for finding in findings]
    files += [related.file for finding in findings for related in finding.related if related.file]
    files += [failure.file for failure in report.failures]
    files += [entry.file for entry in report.unjudged]
    paths = paths_in_log(files, report.earlier)
    practices = used_practices(rules)
    run: dict[str, Any] = {"tool": {"driver": _build_driver(rules, findings, practices)}}
    if practices:
        run["taxonomies"] = [build_taxonomy(practices)]
    provenance = build_provenance(build)
    if provenance:
        run["versionControlProvenance"] = provenance
    invocation = build_invocation(
        report.failures, lines, paths, overrides=_rule_overrides(report, rule_indexes), omitted_results=omitted
    )
    if exit_code is not None:
        invocation["exitCode"] = exit_code
    notifications = build_unjudged_notifications(report.unjudged, paths)
    if notifications:
        notifications += invocation.get("toolExecutionNotifications", ())
        invocation["toolExecutionNotifications"] = sorted(notifications, key=notification_sort_key)
    run |= {
        "automationDetails": (build_azure_details(build) if profile == "azure" else {"id": category.rstrip("/") + "/"}),
        "invocations": [invocation],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
        "columnKind": "utf16CodeUnits",
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    uris = {file: to_uri(path) for file, path in paths.items()}
    finder = FixFinder(report) if profile == "full" else None  # the services that read the others ignore fixes
    builder = ResultBuilder(
        lines, uris, rule_indexes, as_failures=github, with_context=profile != "gitlab", fix_finder=finder
    )
    return log, builder.build_all(findings)


def _rules_of_log(report: Report, findings: Sequence[Finding]) -> list[Rule]:
    """Return the rules that ran and the rules of the findings, sorted by id, at the levels of the configuration."""
    rules = {rule.id: rule for rule in (*report.rules, *(finding.rule for finding in findings))}
    return [rules[key]._replace(level=report.level_overrides.get(key, rules[key].level)) for key in sorted(rules)]


def _build_driver(rules: Sequence[Rule], findings: Sequence[Finding], practices: Sequence[str]) -> dict[str, Any]:
    from relint._about import __version__

    ids_with_links: dict[str, set[str]] = {}
    for finding in findings:
        if finding.related:
            ids_with_links.setdefault(finding.rule.id, set()).add(finding.message_id)
    taxon_indexes = {practice: index for index, practice in enumerate(practices)}
    driver: dict[str, Any] = {
        "name": "relint",
        "fullName": "relint, the reliability linter for AWS CloudFormation",
        "organization": "relint",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": REPOSITORY,
        "shortDescription": {"text": "Finds what would make a system deployed by AWS CloudFormation unreliable."},
        "rules": [
            build_rule_descriptor(rule, frozenset(ids_with_links.get(rule.id, ())), taxon_indexes) for rule in rules
        ],
        "notifications": build_notification_descriptors(),
    }
    if practices:
        driver["supportedTaxonomies"] = build_supported_taxonomies()
    return driver


def _most_severe(findings: list[Finding], limit: int | None) -> tuple[list[Finding], int]:
    """Return the `limit` most severe findings, in their order, and the number of findings left out."""
    if limit is None or len(findings) <= limit:
        return findings, 0
    indexes = sorted(range(len(findings)), key=lambda index: findings[index].severity_rank, reverse=True)
    return [findings[index] for index in sorted(indexes[:limit])], len(findings) - limit


def _rule_overrides(report: Report, rule_indexes: Mapping[str, int]) -> list[dict[str, Any]]:
    return [
        {"configuration": {"level": level}, "descriptor": {"id": rule_id, "index": rule_indexes[rule_id]}}
        for rule_id, level in report.level_overrides.items()
        if rule_id in rule_indexes
    ]
