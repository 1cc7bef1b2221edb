"""Findings that somebody has accepted, in a comment, in Metadata or in the configuration, with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from relint._named_tuple import NamedTuple
from relint.catalog.message_template import placeholders, render
from relint.catalog.selection import describe_unknown_rule, find_rule
from relint.evaluate.descriptions import to_single_line
from relint.finding import Finding, Suppression
from relint.suppressions.entry import SuppressionEntry

if TYPE_CHECKING:
    from relint.catalog.rule import Rule


class SuppressionPolicy(NamedTuple):
    """How suppressions are judged.

    `rules` are all that there are, `ran` the ids of those that run, `mandatory` of those that nobody can suppress.
    `today` (ISO 8601) decides what has expired. `accepted` are the suppressions of the configuration that hold for
    the template, `honor` the tools whose own suppressions count; with `report_unused`, what suppresses nothing is told.
    """

    all_rules: Sequence[Rule]
    today: str
    rules_run: frozenset[str] = frozenset()
    mandatory_ids: frozenset[str] = frozenset()
    configured_entries: tuple[SuppressionEntry, ...] = ()
    report_unused: bool = False


def apply_suppressions(
    file: str,
    findings: Iterable[Finding],
    written: Iterable[SuppressionEntry],
    policy: SuppressionPolicy,
    used: set[SuppressionEntry],
) -> Iterator[Finding]:
    """The findings, those that are accepted with their suppression; and a finding for every suppression that is wrong.

    `written` is what the template itself suppresses (`ignores`). A suppression without a reason, of a mandatory rule,
    or whose day is over suppresses nothing. Those of the configuration that suppressed something are added to `used`;
    what is wrong with them is told once for all templates.
    """
    valid: list[tuple[Rule, SuppressionEntry]] = []
    needed: set[SuppressionEntry] = set()
    own = next((rule for rule in policy.all_rules if rule.scope == "suppression"), None)
    for ignore in (*written, *policy.configured_entries):
        rules, problem = validate_entry(ignore, policy)
        if problem is None:
            valid += [(rule, ignore) for rule in rules]
        elif own is not None and ignore.config_file is None and ignore.tool is None:
            yield build_suppression_finding(own, ignore, problem, file)
    for finding in findings:
        found = next((i for rule, i in valid if rule.id == finding.rule.id and i.matches(finding)), None)
        if found is None:
            yield finding
            continue
        needed.add(found)
        yield finding._replace(suppression=Suppression(found.reason, "external" if found.config_file else "inSource"))
    used.update(ignore for ignore in needed if ignore.config_file)
    if policy.report_unused and own is not None:
        for rule, ignore in valid:
            if (
                ignore.config_file is None
                and ignore.tool is None
                and ignore not in needed
                and rule.id in policy.rules_run
            ):
                yield build_suppression_finding(own, ignore, None, file)


def validate_entry(ignore: SuppressionEntry, policy: SuppressionPolicy) -> tuple[list[Rule], str | None]:
    """The rules that a suppression names, and what is wrong with it."""
    if ignore.tool:
        named = [rule for rule in policy.all_rules if ignore.selector in rule.equivalents.get(ignore.tool, ())]
        return [rule for rule in named if rule.id not in policy.mandatory_ids], None
    if ignore.problem:
        return [], ignore.problem
    rule = find_rule(policy.all_rules, ignore.selector)
    if rule is None:
        return [], to_single_line(describe_unknown_rule(policy.all_rules, ignore.selector))
    if not ignore.reason:
        return [rule], "it has no reason"
    if rule.id in policy.mandatory_ids:
        return [rule], "the configuration makes this rule mandatory"
    if ignore.until:
        if not is_iso_date(ignore.until):
            return [rule], f'"until:" wants a day such as 2027-03-01, not "{to_single_line(ignore.until)}"'
        if ignore.until < policy.today:
            return [rule], f"it expired on {ignore.until}"
    return [rule], None


def is_iso_date(text: str) -> bool:
    """Whether a text is a day as ISO 8601 writes it, such as 2027-03-01."""
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def build_suppression_finding(rule: Rule, ignore: SuppressionEntry, problem: str | None, file: str) -> Finding:
    """The finding that a suppression is wrong, or without a problem that it is not needed, where it stands."""
    message_id = "default" if problem else "unused"
    text = rule.messages[message_id]
    values = {"rule": to_single_line(ignore.selector) or "nothing", "problem": problem or ""}
    arguments = tuple(values[name] for name in placeholders(text))
    return Finding(
        rule=rule,
        verdict="fail",
        level=rule.level,
        message=render(text, arguments),
        message_id=message_id,
        arguments=arguments,
        file=file,
        path=ignore.path or ("Line", ignore.span.start.line),
        span=ignore.span,
        logical_id=ignore.logical_id,
    )
