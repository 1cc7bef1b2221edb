"""Protection that a change weakens: rules that a resource passed and fails now, and alarms, replicas or zones less."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING
from relint.catalog.message_template import as_phrase, select_template
from relint.change.change_document import Place
from relint.change.protection.causes import Cause, find_cause
from relint.change.protection.removed_protection import removed_protections
from relint.change.value_text import describe_old
from relint.checks.problem import ComparisonProblem
from relint.level import LEVELS

if TYPE_CHECKING:
    from relint.change.protection.removed_protection import RemovedProtection
    from relint.change.records import Comparison, Regression
    from relint.finding import Finding


def check_comparison(
    comparison: Comparison, regressions: Sequence[Regression], *, replica_counts: Mapping[str, Sequence[str]]
) -> Iterator[ComparisonProblem]:
    """Yield a problem for each resource and cause of regressions, then for what a change removes without a rule.

    `replica_counts` are the properties with numbers or lists of replicas, by resource type.
    """
    groups: dict[tuple[object, ...], tuple[Cause, list[Regression]]] = {}
    for regression in regressions:
        cause = find_cause(comparison, regression)
        if cause is None or not (regression.has_passed or cause.removes):
            continue
        finding = regression.finding
        subject = regression.new.logical_id if cause.facts else finding.path
        key = (finding.file, subject, finding.verdict == "open", cause.facts)
        groups.setdefault(key, (cause, []))[1].append(regression)
    blamed: set[str] = set()
    blamed_openly: set[str] = set()
    for cause, group in groups.values():
        ids = blamed_openly if group[0].finding.verdict == "open" else blamed
        ids.update((*cause.resources, group[0].new.logical_id))
        yield _regressed(cause, group)
    for protection in removed_protections(comparison, replica_counts):
        told = blamed | blamed_openly if protection.reason else blamed
        if told.isdisjoint(protection.resources):
            yield _removed(protection)


def _regressed(cause: Cause, group: list[Regression]) -> ComparisonProblem:
    regressions = sorted(group, key=lambda entry: -LEVELS.index(entry.finding.level))
    first, finding = regressions[0], regressions[0].finding
    rules = list(dict.fromkeys(entry.finding.rule.id for entry in regressions))
    return ComparisonProblem(
        place=Place("New", first.path),
        resource=first.new,
        values={
            "facts": "; ".join(cause.facts),
            "rules": rules[0] if len(rules) == 1 else f"{', '.join(rules[:-1])} and {rules[-1]}",
            "finding": as_phrase(select_template(finding.rule.messages, finding.message_id), finding.arguments),
        },
        related=cause.places or ((Place("Old", first.old.path), describe_old()),),
        message="regression" if cause.facts else "default",
        level="note" if finding.level == "note" or cause.adds else None,
        verdict=finding.verdict,
        reason=_open_reason(cause, rules, finding) if finding.verdict == "open" else "",
    )


def _open_reason(cause: Cause, rules: Sequence[str], finding: Finding) -> str:
    facts = f"{'; '.join(cause.facts)}; " if cause.facts else ""
    return f"{facts}whether it passes {', '.join(rules)} is open ({finding.reason})"


def _removed(protection: RemovedProtection) -> ComparisonProblem:
    old_place = protection.old_place
    return ComparisonProblem(
        place=protection.place,
        resource=protection.resource,
        values=protection.values,
        related=((old_place, describe_old()),) if old_place else (),
        message=protection.message,
        reason=protection.reason,
    )
