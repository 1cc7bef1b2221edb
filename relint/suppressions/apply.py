"""Suppressions applied to the findings of a template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from relint._typing import TYPE_CHECKING, Literal
from relint.catalog.message_template import find_placeholders, render
from relint.catalog.selection import is_retired
from relint.evaluate.descriptions import to_single_line
from relint.finding import Finding, Suppression

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.suppressions.entry import SuppressionEntry
    from relint.suppressions.policy import SuppressionPolicy


def apply_suppressions(
    file: str,
    findings: Iterable[Finding],
    template_entries: Iterable[SuppressionEntry],
    policy: SuppressionPolicy,
    used_entries: set[SuppressionEntry],
) -> Iterator[Finding]:
    """Yield the findings, suppressed or not, and a finding for each invalid suppression.

    With `policy.report_unused`, also yield one for each suppression in the template that matches no finding.
    Suppressions of the configuration are not reported here, but once for all templates of the run; those that match a
    finding are added to `used_entries`.
    """
    suppression_rule = next((rule for rule in policy.all_rules if rule.scope == "suppression"), None)
    valid_entries: list[tuple[frozenset[str], SuppressionEntry]] = []
    for entry in (*template_entries, *policy.configured_entries):
        rules, problem = policy.validate(entry)
        if problem is None:
            valid_entries.append((frozenset(rule.id for rule in rules), entry))
            if suppression_rule is not None and _is_reported_with_template(entry):
                yield from retirement_findings(suppression_rule, entry, rules, file)
        elif suppression_rule is not None and _is_reported_with_template(entry):
            yield build_suppression_finding(suppression_rule, entry, problem, file)
    matching_entries: set[SuppressionEntry] = set()
    for finding in findings:
        match = next((e for ids, e in valid_entries if finding.rule.id in ids and e.matches(finding)), None)
        if match is None:
            yield finding
            continue
        matching_entries.add(match)
        kind: Literal["inSource", "external"] = "external" if match.config_file else "inSource"
        yield finding._replace(suppression=Suppression(match.reason, kind, match.owner, match.until))
    used_entries.update(entry._replace(file=None) for entry in matching_entries if entry.config_file)
    if policy.report_unused and suppression_rule is not None:
        for rule_ids, entry in valid_entries:
            is_unused = not rule_ids.isdisjoint(policy.rules_run) and entry not in matching_entries
            if is_unused and _is_reported_with_template(entry):
                yield build_suppression_finding(suppression_rule, entry, None, file)


def _within_a_sentence(problem: str) -> str:
    """Return a description of a problem whose question, if it has one, does not end the sentence around it."""
    fact, _, question = problem.partition("; ")
    return f"{fact} ({question})" if question.endswith("?") else problem


def retirement_findings(
    suppression_rule: Rule, entry: SuppressionEntry, rules: Iterable[Rule], file: str
) -> Iterator[Finding]:
    """Yield the finding, of level note, that a valid suppression of `rules` names the id or name of a retired one."""
    for rule in rules:
        if is_retired(rule, entry.selector):
            yield _build_finding(suppression_rule, entry, file, "retired", replacement=rule.id)._replace(level="note")


def build_suppression_finding(
    suppression_rule: Rule, entry: SuppressionEntry, problem: str | None, file: str
) -> Finding:
    """Return the finding that a suppression has a problem; without one, is unused."""
    message_id = "malformed" if entry.malformed_comment else "default" if problem else "unused"
    return _build_finding(suppression_rule, entry, file, message_id, problem=_within_a_sentence(problem or ""))


def _build_finding(
    suppression_rule: Rule, entry: SuppressionEntry, file: str, message_id: str, **further_values: str
) -> Finding:
    message = suppression_rule.messages[message_id]
    values = {
        "rule": to_single_line(entry.selector) or "an empty name",
        **further_values,
        "comment": to_single_line(entry.malformed_comment),
    }
    arguments = tuple(values[name] for name in find_placeholders(message))
    return Finding(
        rule=suppression_rule,
        verdict="fail",
        level=suppression_rule.level,
        message=render(message, arguments),
        message_id=message_id,
        arguments=arguments,
        file=file if entry.file is None or entry.config_file else entry.file,
        path=entry.path or ("Line", entry.span.start.line),
        span=entry.span,
        logical_id=entry.logical_id,
    )


def _is_reported_with_template(entry: SuppressionEntry) -> bool:
    """Whether an entry is in the template and written for relint.

    Other tools check their own suppressions.
    """
    return entry.config_file is None and entry.tool is None
