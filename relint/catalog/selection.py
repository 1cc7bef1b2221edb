"""Selection of the rules that run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.catalog.rule import RULESETS, Rule
from relint.catalog.thresholds import with_thresholds
from relint.errors import OptionError
from relint.level import LEVELS, Level

if TYPE_CHECKING:
    from relint.catalog.rule_sets import RuleSet


class Selection(NamedTuple):
    """The rules that run, sorted by id, and whether findings of level note are reported.

    `severity` contains levels set by the user, by rule id, `mandatory` the ids of rules that cannot be suppressed.
    `retired` maps the ids and names of retired rules that the user selects to the rules that replace them.
    `judging_rules` judge each of two templates that are compared: those of `rules` that judge single templates; all
    rules that the user does not ignore if he names no rule set, and selects no rules or rules about changes alone.
    """

    rules: tuple[Rule, ...]
    include_notes: bool
    severity: Mapping[str, Level] = {}
    mandatory: frozenset[str] = frozenset()
    retired: Mapping[str, Rule] = {}
    judging_rules: tuple[Rule, ...] = ()

    def effective_level(self, rule: Rule, level: Level, *, lenient: bool = False) -> Level:
        """Return the level at which a finding is reported whose rule reports it at `level`.

        A level set by the user replaces the rule's own level; a finding that the rule reports below its own level is
        never raised. `lenient`, as in the profile dev, lowers warnings about availability to notes: those of every
        area but 5 (changes) and 6 (durability of data).
        """
        configured = self.severity.get(rule.id)
        if configured is not None:
            return configured if level == rule.level else min(level, configured, key=LEVELS.index)
        is_availability = rule.id.rpartition("-")[2][:1] not in ("5", "6")
        return "note" if lenient and level == "warning" and is_availability else level


def select_rules(
    rules: Sequence[Rule],
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    ruleset: str | None = None,
    *,
    mandatory: Iterable[str] = (),
    severity: Mapping[str, Level] | None = None,
    thresholds: Mapping[str, int] | None = None,
    preview: bool = False,
) -> Selection:
    """Return the rules of a rule set that `select` matches and `ignore` does not, and the mandatory ones.

    Selectors are those of `matching_rules`. Without `select`, all rules match; with `select` and without a rule set,
    the rule set is all, so that a selected rule always runs.
    `severity` sets levels by selector: a raised level becomes the rule's own level, a lowered level applies to its
    findings only. `thresholds` are the numbers that rules compare with. A rule set as of a release (`2026.1`,
    `all@2026.1`) contains no rule of a later one; rules in preview run only with `preview`. Raises OptionError for a
    selector that matches no rule, and for one of `select` or `mandatory` whose rules the release or `preview` excludes.
    """
    selectors = [selector for selector in select if selector]
    ignore, mandatory = tuple(ignore), tuple(mandatory)
    rule_set = _parse_pin(ruleset)
    name = (rule_set.name if rule_set else ruleset) or ("all" if selectors else "recommended")
    included_rulesets = RULESETS[: RULESETS.index(name) + 1]
    all_rules = rules
    rules = [rule for rule in rules if preview or not rule.preview]
    rules = [rule for rule in rules if rule_set.contains_release_of(rule)] if rule_set else rules
    for selector in (*selectors, *mandatory) if len(rules) < len(all_rules) else ():
        if _matching_ids(all_rules, [selector]).isdisjoint(rule.id for rule in rules):
            raise OptionError(_describe_excluded_rule(all_rules, selector, rule_set))
    levels = {
        rule_id: level
        for selector, level in (severity or {}).items()
        for rule_id in _matching_ids(all_rules, [selector])
    }
    rules = [_with_raised_level(rule, levels[rule.id]) if rule.id in levels else rule for rule in rules]
    selected_ids = _matching_ids(all_rules, selectors) if selectors else {rule.id for rule in rules}
    selected_ids -= _matching_ids(all_rules, ignore)
    mandatory_ids = _matching_ids(all_rules, mandatory)
    selected_rules = [
        rule
        for rule in rules
        if rule.id in mandatory_ids or (rule.ruleset in included_rulesets and rule.id in selected_ids)
    ]
    judging_rules = [rule for rule in selected_rules if not rule.compares_templates]
    if ruleset is None and not (selectors and judging_rules):
        ignored_ids = _matching_ids(all_rules, ignore)
        judging_rules = [rule for rule in rules if rule.id not in ignored_ids]
    return Selection(
        rules=with_thresholds(selected_rules, thresholds or {}),
        include_notes=name == "all",
        severity=levels,
        mandatory=frozenset(mandatory_ids),
        retired=_retired(all_rules, (*selectors, *ignore, *mandatory, *(severity or ()))),
        judging_rules=with_thresholds(judging_rules, thresholds or {}),
    )


def _with_raised_level(rule: Rule, level: Level) -> Rule:
    return rule._replace(level=level) if LEVELS.index(level) > LEVELS.index(rule.level) else rule


def find_rule(rules: Iterable[Rule], id_or_name: str) -> Rule | None:
    """Return the rule with an id or a name, in upper or lower case; None if there is none.

    The id or the name of a retired rule finds the rule that replaces it.
    """
    searched = id_or_name.lower()
    matching = (rule for rule in rules if searched in (rule.id.lower(), rule.name) or is_retired(rule, searched))
    return next(matching, None)


def is_retired(rule: Rule, id_or_name: str) -> bool:
    """Whether an id or a name is that of a retired rule that the rule replaces."""
    return bool(rule.aliases) and id_or_name.lower() in [alias.lower() for alias in rule.aliases]


def matching_rules(rules: Sequence[Rule], selector: str) -> list[Rule]:
    """Return the rules with an id (`RDS-701`), a name (`rds-multi-az`) or a prefix of an id (`RDS`, `RDS-7`).

    The id or the name of a retired rule stands for the rule that replaces it. Else return the rules for a best practice
    (`REL10-BP01`) or a question (`REL10`) of the Well-Architected Framework, or those that are equivalent to a rule of
    another tool, such as DYNAMODB_PITR_ENABLED of AWS Config, also written dynamodb-pitr-enabled, or RDS.5.
    """
    name, prefix = selector.lower(), selector.upper()
    matching = [
        rule for rule in rules if name == rule.name or _is_prefix(prefix, rule.id) or is_retired(rule, selector)
    ]
    matching = matching or [rule for rule in rules if any(_is_prefix(prefix, practice) for practice in rule.pillar)]
    return matching or [rule for rule in rules if _is_equivalent(rule, name.replace("-", "_"))]


def _is_equivalent(rule: Rule, name: str) -> bool:
    """Whether another tool has an equivalent rule with a name, given in lower case and with underscores."""
    return any(other.lower().replace("-", "_") == name for ids in rule.equivalents.values() for other in ids)


def describe_unknown_rule(rules: Iterable[Rule], selector: str) -> str:
    """Return an error message for a selector that matches no rule, with the most similar id or name."""
    from difflib import get_close_matches

    rules = tuple(rules)
    names = [name for rule in rules for name in (rule.id, rule.name)]
    equivalents = sorted({other for rule in rules for ids in rule.equivalents.values() for other in ids})
    similar = (
        get_close_matches(selector, names, 1, 0.7)
        or get_close_matches(selector.upper(), names, 1, 0.7)
        or get_close_matches(selector, equivalents, 1)
        or get_close_matches(selector.upper(), equivalents, 1)
    )
    hint = f"; did you mean '{similar[0]}'?" if similar else "; 'relint rules' lists them all"
    return f"there is no rule '{selector}'{hint}"


def _matching_ids(rules: Sequence[Rule], selectors: Iterable[str]) -> set[str]:
    matching_ids: set[str] = set()
    for selector in selectors:
        matching = matching_rules(rules, selector)
        if not matching:
            raise OptionError(describe_unknown_rule(rules, selector))
        matching_ids.update(rule.id for rule in matching)
    return matching_ids


def _parse_pin(ruleset: str | None) -> RuleSet | None:
    """Return the rule set as of a release; None if no release is named."""
    if ruleset is None or ruleset in RULESETS:
        return None
    from relint.catalog.rule_sets import parse_rule_set

    return parse_rule_set(ruleset)


def _retired(rules: Sequence[Rule], selectors: Iterable[str]) -> Mapping[str, Rule]:
    rules_with_aliases = [rule for rule in rules if rule.aliases]
    return {selector: rule for selector in selectors for rule in rules_with_aliases if is_retired(rule, selector)}


def _describe_excluded_rule(rules: Sequence[Rule], selector: str, rule_set: RuleSet | None) -> str:
    """Return an error message for a selector whose rules all belong to a later release or are in preview."""
    ids = _matching_ids(rules, [selector])
    later = [rule for rule in rules if rule.id in ids and rule_set and not rule_set.contains_release_of(rule)]
    if rule_set and later:
        from relint.catalog.rule_sets import release_number

        release = min((rule.since for rule in later), key=release_number)
        return f"'{selector}' came with release {release}, after the rule set of {rule_set.release}; name a later one"
    return f"'{selector}' is in preview; it runs with --preview, or with 'preview: true' in relint.yaml"


def _is_prefix(prefix: str, rule_id: str) -> bool:
    """Whether the prefix is the id, its family (`RDS` of RDS-701) or its area (`RDS-7`); `RD` is neither."""
    return rule_id == prefix or rule_id.startswith(prefix if "-" in prefix else prefix + "-")
