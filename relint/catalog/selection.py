"""Which rules run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from relint._named_tuple import NamedTuple
from relint.catalog.rule import Rule
from relint.catalog.thresholds import with_thresholds
from relint.errors import OptionError
from relint.level import LEVELS, Level

RULESETS = ("core", "recommended", "all")
"""core: priority P1; recommended: P1 and P2; both without notes. all: everything, notes included."""


class Selection(NamedTuple):
    """The rules that run, sorted by id, and whether what they only note is reported.

    `severity` holds the levels that rules were given, by id; `mandatory` the ids of those that cannot be suppressed.
    """

    rules: tuple[Rule, ...]
    include_notes: bool
    severity: Mapping[str, Level] = {}
    mandatory: frozenset[str] = frozenset()

    def effective_level(self, rule: Rule, level: Level, *, lenient: bool = False) -> Level:
        """The level at which something is told that `rule` reports at `level`.

        The level that a rule was given is its own; what the rule itself tells at a lower one stays there.
        `lenient`, as in the profile dev, lowers warnings about availability to notes: those of every area but 5
        (changes) and 6 (durability of data).
        """
        given = self.severity.get(rule.id)
        if given is not None:
            return given if level == rule.level else min(level, given, key=LEVELS.index)
        availability = rule.id.rpartition("-")[2][:1] not in ("5", "6")
        return "note" if lenient and level == "warning" and availability else level


def select_rules(
    rules: Sequence[Rule],
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    ruleset: str | None = None,
    *,
    mandatory: Iterable[str] = (),
    severity: Mapping[str, Level] | None = None,
    thresholds: Mapping[str, int] | None = None,
) -> Selection:
    """The rules of a rule set that `select` names (all if it names none) and `ignore` does not, and the mandatory ones.

    All take ids (`RDS-701`), names (`rds-multi-az`) and prefixes of ids (`RDS`, `RDS-7`). Whoever
    selects by name wants to see what was named, so without a rule set `select` draws from all rules, notes included.
    `severity` sets the level of rules: one that is raised runs as if it had been written so, one that is lowered
    runs as before and is told at that level. `thresholds` are the numbers that rules compare with.
    Raises OptionError for a word that names no rule.
    """
    chosen = [word for word in select if word]
    ruleset = ruleset or ("all" if chosen else "recommended")
    if ruleset not in RULESETS:
        raise OptionError(f"there is no rule set '{ruleset}'; choose one of {', '.join(RULESETS)}")
    inside = RULESETS[: RULESETS.index(ruleset) + 1]
    levels = {rule_id: level for word, level in (severity or {}).items() for rule_id in _named(rules, [word])}
    rules = [_raised(rule, levels[rule.id]) if rule.id in levels else rule for rule in rules] if levels else rules
    wanted = _named(rules, chosen) if chosen else {rule.id for rule in rules}
    unwanted = _named(rules, ignore)
    always = _named(rules, mandatory)
    chosen_rules = [
        rule
        for rule in rules
        if rule.id in always or (rule.ruleset in inside and rule.id in wanted and rule.id not in unwanted)
    ]
    return Selection(with_thresholds(chosen_rules, thresholds or {}), ruleset == "all", levels, frozenset(always))


def _raised(rule: Rule, level: Level) -> Rule:
    return rule._replace(level=level) if LEVELS.index(level) > LEVELS.index(rule.level) else rule


def find_rule(rules: Iterable[Rule], word: str) -> Rule | None:
    """The rule of that id or name, upper and lower case apart."""
    return next((rule for rule in rules if word.lower() in (rule.id.lower(), rule.name)), None)


def describe_unknown_rule(rules: Iterable[Rule], word: str) -> str:
    """A sentence that says that `word` names no rule, with the nearest one that does."""
    from difflib import get_close_matches

    names = [name for rule in rules for name in (rule.id, rule.name)]
    near = get_close_matches(word, names, 1) or get_close_matches(word.upper(), names, 1)
    hint = f"; did you mean '{near[0]}'?" if near else "; 'relint rules' lists them all"
    return f"there is no rule '{word}'{hint}"


def _named(rules: Sequence[Rule], words: Iterable[str]) -> set[str]:
    named: set[str] = set()
    for word in words:
        found = {rule.id for rule in rules if word.lower() == rule.name or _is_prefix(word.upper(), rule.id)}
        if not found:
            raise OptionError(describe_unknown_rule(rules, word))
        named |= found
    return named


def _is_prefix(word: str, rule_id: str) -> bool:
    """`RDS` is a prefix of RDS-701 as a family, `RDS-7` as an area; `RD` is neither."""
    return rule_id == word or rule_id.startswith(word if "-" in word else word + "-")
