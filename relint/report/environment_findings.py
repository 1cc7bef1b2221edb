"""Findings of several environments: the same ones together, or all of them in one report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING, Any
from relint.finding import finding_sort_key
from relint.level import LEVELS

if TYPE_CHECKING:
    from relint.finding import Finding, Report


def group_by_environments(reports: Mapping[str, Report]) -> Iterator[tuple[str, Report]]:
    """Yield names of environments, joined by commas, with a report of the findings that are the same in them."""
    places: dict[tuple[Any, ...], tuple[Finding, list[str]]] = {}
    for name, report in reports.items():
        for finding in report.results:
            places.setdefault(_identity(finding), (finding, []))[1].append(name)
    findings_by_environments: dict[tuple[str, ...], list[Finding]] = {}
    for finding, names in places.values():
        findings_by_environments.setdefault(tuple(names), []).append(finding)
    order = list(reports)
    for names_of_group in sorted(findings_by_environments, key=lambda group: (-len(group), *map(order.index, group))):
        findings = sorted(findings_by_environments[names_of_group], key=finding_sort_key)
        part = reports[names_of_group[0]]._replace(results=tuple(findings), failures=())
        yield ", ".join(names_of_group), part


def join_reports(reports: Mapping[str, Report]) -> Report:
    """Return one report of several environments, with the most severe of the findings that say the same of one place.

    Each names the environments in which it fails or needs a review or, if it does so in none, is as it is reported. A
    failure is a failure of all.
    """
    first, *others = reports.values()
    findings: dict[tuple[Any, ...], list[tuple[str, Finding]]] = {}
    failures = dict.fromkeys(first.failures)
    rules = {rule.id: rule for rule in first.rules}
    for name, report in reports.items():
        failures.update(dict.fromkeys(report.failures))
        rules.update((rule.id, rule) for rule in report.rules)
        for finding in report.results:
            key = (finding.file, finding.span, finding.rule.id, finding.logical_id)
            findings.setdefault(key, []).append((name, finding))
    return first._replace(
        results=tuple(sorted(map(_most_severe, findings.values()), key=finding_sort_key)),
        failures=tuple(failures),
        rules=tuple(rules[rule_id] for rule_id in sorted(rules)),
        templates=tuple(sorted({file for report in (first, *others) for file in report.templates})),
        sources={file: text for report in (first, *others) for file, text in report.sources.items()},
        included={file: templates for report in (first, *others) for file, templates in report.included.items()},
    )


def _most_severe(findings: Sequence[tuple[str, Finding]]) -> Finding:
    """Return the most severe of the findings at one place, with the names of the environments that have it."""
    worst = max((finding for _, finding in findings), key=_severity)
    names = [name for name, finding in findings if _state(finding) == _state(worst)]
    return worst._replace(environments=tuple(dict.fromkeys(names)))


def _state(finding: Finding) -> tuple[bool, bool]:
    return finding.is_decided, finding.suppression is not None


def _identity(finding: Finding) -> tuple[Any, ...]:
    """Return what a reader sees of a finding."""
    is_suppressed = finding.suppression is not None
    state = (finding.verdict, finding.level, is_suppressed, finding.baseline_state)
    return (finding.file, finding.span, finding.rule.id, finding.logical_id, finding.message, finding.scenario, state)


def _severity(finding: Finding) -> tuple[bool, int, int]:
    """Return what is worse in which order: not suppressed, a surer verdict, a higher level."""
    verdicts = ("open", "review", "fail")
    rank = verdicts.index(finding.verdict) if finding.verdict in verdicts else -1
    return (finding.suppression is None, rank, LEVELS.index(finding.level))
