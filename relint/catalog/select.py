"""Which rules run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from relint.catalog.rule import Rule
from relint.errors import OptionError

RULESETS = ("core", "recommended", "all")
"""core: priority P1; recommended: P1 and P2; both without notes. all: everything, notes included."""


class Selection(NamedTuple):
    """The rules that run, sorted by id, and whether what they only note is reported."""

    rules: tuple[Rule, ...]
    notes: bool


def select_rules(
    rules: Sequence[Rule], select: Iterable[str] = (), ignore: Iterable[str] = (), ruleset: str | None = None
) -> Selection:
    """The rules of a rule set that `select` names (all if it names none) and `ignore` does not.

    Both take ids (`RDS-701`), names (`rds-multi-az`) and prefixes of ids (`RDS`, `RDS-7`). Whoever
    selects by name wants to see what was named, so without a rule set `select` draws from all rules, notes included.
    Raises OptionError for a word that names no rule.
    """
    chosen = [word for word in select if word]
    ruleset = ruleset or ("all" if chosen else "recommended")
    if ruleset not in RULESETS:
        raise OptionError(f"there is no rule set '{ruleset}'; choose one of {', '.join(RULESETS)}")
    inside = RULESETS[: RULESETS.index(ruleset) + 1]
    wanted = _named(rules, chosen) if chosen else {rule.id for rule in rules}
    unwanted = _named(rules, ignore)
    return Selection(
        tuple(rule for rule in rules if rule.ruleset in inside and rule.id in wanted - unwanted), ruleset == "all"
    )


def find_rule(rules: Iterable[Rule], word: str) -> Rule | None:
    """The rule of that id or name, upper and lower case apart."""
    return next((rule for rule in rules if word.lower() in (rule.id.lower(), rule.name)), None)


def unknown_rule(rules: Iterable[Rule], word: str) -> str:
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
            raise OptionError(unknown_rule(rules, word))
        named |= found
    return named


def _is_prefix(word: str, rule_id: str) -> bool:
    """`RDS` is a prefix of RDS-701 as a family, `RDS-7` as an area; `RD` is neither."""
    return rule_id == word or rule_id.startswith(word if "-" in word else word + "-")
