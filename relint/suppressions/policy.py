"""Conditions under which a suppression is valid."""

from __future__ import annotations

import re
from collections.abc import Sequence

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.catalog.selection import describe_unknown_rule, matching_rules
from relint.evaluate.descriptions import to_single_line

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.suppressions.entry import SuppressionEntry


class SuppressionPolicy(NamedTuple):
    """Rules and settings of a run by which suppressions are validated.

    `all_rules` are the rules that a suppression may name, `rules_run` the ids of those that run on the template, and
    `mandatory_ids` of those that cannot be suppressed. `today` is a date (ISO 8601). `configured_entries` are the
    suppressions of the configuration that apply to the template.
    """

    all_rules: Sequence[Rule]
    today: str
    rules_run: frozenset[str] = frozenset()
    mandatory_ids: frozenset[str] = frozenset()
    configured_entries: tuple[SuppressionEntry, ...] = ()
    report_unused: bool = False

    def validate(self, entry: SuppressionEntry) -> tuple[list[Rule], str | None]:
        """Return the rules that a suppression names, and its problem, None if it is valid.

        An entry of another tool is always valid, but does not name mandatory rules.
        """
        if entry.tool:
            equivalents = [rule for rule in self.all_rules if entry.selector in rule.equivalents.get(entry.tool, ())]
            return [rule for rule in equivalents if rule.id not in self.mandatory_ids], None
        if entry.problem:
            return [], entry.problem
        rules = matching_rules(self.all_rules, entry.selector) if entry.selector else []
        if not rules:
            return [], to_single_line(describe_unknown_rule(self.all_rules, entry.selector))
        optional_rules = [rule for rule in rules if rule.id not in self.mandatory_ids]
        return optional_rules or rules, self._problem_of(entry, is_mandatory=not optional_rules)

    def _problem_of(self, entry: SuppressionEntry, *, is_mandatory: bool) -> str | None:
        if not entry.reason:
            return "it has no reason"
        if is_placeholder(entry.reason):
            return f'"{to_single_line(entry.reason)}" is no reason; write why the finding is accepted'
        if is_mandatory:
            return "the configuration makes this rule mandatory"
        if entry.until and not is_iso_date(entry.until):
            return f'"until:" wants a day such as 2027-03-01, not "{to_single_line(entry.until)}"'
        if entry.until and entry.until < self.today:
            return f"it expired on {entry.until}"
        return None


def is_placeholder(reason: str) -> bool:
    """Whether a reason only stands for one, such as "TODO: say why", "<reason>" or "..."."""
    return _PLACEHOLDER.match(reason) is not None or not any(character.isalnum() for character in reason)


_PLACEHOLDER = re.compile(
    r"\W*(?:(?:TODO|FIXME|TBD|TBA|XXX)\b|<[^>]*>\s*$"
    r"|(?i:(?:todo|fixme|tbd|tba|xxx)(?::|\W*$)|(?:say why|reason|why|n/a|none|because)\W*$))"
)


def is_iso_date(text: str) -> bool:
    """Whether a text is a date such as 2027-03-01 (ISO 8601, extended format)."""
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
