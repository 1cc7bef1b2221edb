"""Findings that somebody has accepted, in a comment, in Metadata or in the configuration, with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple
from relint.catalog.message_template import placeholders, render
from relint.catalog.selection import describe_unknown_rule, find_rule
from relint.evaluate.descriptions import to_single_line
from relint.finding import Finding, Suppression
from relint.suppressions.entry import Ignore

if TYPE_CHECKING:
    from relint.catalog.rule import Rule


class Policy(NamedTuple):
    """How suppressions are judged.

    `rules` are all that there are, `ran` the ids of those that run, `mandatory` of those that nobody can suppress.
    `today` (ISO 8601) decides what has expired. `accepted` are the suppressions of the configuration that hold for
    the template, `honor` the tools whose own suppressions count; with `report_unused`, what suppresses nothing is told.
    """

    rules: Sequence[Rule]
    today: str
    ran: frozenset[str] = frozenset()
    mandatory: frozenset[str] = frozenset()
    accepted: tuple[Ignore, ...] = ()
    honor: tuple[str, ...] = ()
    report_unused: bool = False


def suppress(
    file: str, findings: Iterable[Finding], written: Iterable[Ignore], policy: Policy, used: set[Ignore]
) -> Iterator[Finding]:
    """The findings, those that are accepted with their suppression; and a finding for every suppression that is wrong.

    `written` is what the template itself suppresses (`ignores`). A suppression without a reason, of a mandatory rule,
    or whose day is over suppresses nothing. Those of the configuration that suppressed something are added to `used`;
    what is wrong with them is told once for all templates.
    """
    valid: list[tuple[Rule, Ignore]] = []
    needed: set[Ignore] = set()
    own = next((rule for rule in policy.rules if rule.scope == "suppression"), None)
    for ignore in (*written, *policy.accepted):
        rules, problem = judged(ignore, policy)
        if problem is None:
            valid += [(rule, ignore) for rule in rules]
        elif own is not None and ignore.file is None and ignore.tool is None:
            yield suppression_finding(own, ignore, problem, file)
    for finding in findings:
        found = next((i for rule, i in valid if rule.id == finding.rule.id and i.covers(finding)), None)
        if found is None:
            yield finding
            continue
        needed.add(found)
        yield finding._replace(suppression=Suppression(found.reason, "external" if found.file else "inSource"))
    used.update(ignore for ignore in needed if ignore.file)
    if policy.report_unused and own is not None:
        for rule, ignore in valid:
            if ignore.file is None and ignore.tool is None and ignore not in needed and rule.id in policy.ran:
                yield suppression_finding(own, ignore, None, file)


def judged(ignore: Ignore, policy: Policy) -> tuple[list[Rule], str | None]:
    """The rules that a suppression names, and what is wrong with it."""
    if ignore.tool:
        named = [rule for rule in policy.rules if ignore.word in rule.equivalents.get(ignore.tool, ())]
        return [rule for rule in named if rule.id not in policy.mandatory], None
    if ignore.problem:
        return [], ignore.problem
    rule = find_rule(policy.rules, ignore.word)
    if rule is None:
        return [], to_single_line(describe_unknown_rule(policy.rules, ignore.word))
    if not ignore.reason:
        return [rule], "it has no reason"
    if rule.id in policy.mandatory:
        return [rule], "the configuration makes this rule mandatory"
    if ignore.until:
        if not is_day(ignore.until):
            return [rule], f'"until:" wants a day such as 2027-03-01, not "{to_single_line(ignore.until)}"'
        if ignore.until < policy.today:
            return [rule], f"it expired on {ignore.until}"
    return [rule], None


def is_day(text: str) -> bool:
    """Whether a text is a day as ISO 8601 writes it, such as 2027-03-01."""
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def configured(entry: Mapping[str, Any]) -> Ignore:
    """The suppression of an entry of `suppressions` in a configuration."""
    return Ignore(
        word=entry["rule"],
        reason=entry["reason"].strip(),
        path=(),
        span=entry["span"],
        resource=entry.get("resource"),
        property=entry.get("property"),
        until=entry.get("until"),
        file=entry["file"],
    )


def suppression_finding(rule: Rule, ignore: Ignore, problem: str | None, file: str) -> Finding:
    """The finding that a suppression is wrong, or without a problem that it is not needed, where it stands."""
    message_id = "default" if problem else "unused"
    text = rule.messages[message_id]
    values = {"rule": to_single_line(ignore.word) or "nothing", "problem": problem or ""}
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
