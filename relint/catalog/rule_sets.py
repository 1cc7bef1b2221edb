"""Rule sets as of a release; imported only if the user pins one, or names a rule set that does not exist."""

from __future__ import annotations

import re

from relint._about import RELEASES
from relint._typing import TYPE_CHECKING, NamedTuple
from relint.catalog.rule import RULESETS
from relint.errors import OptionError

if TYPE_CHECKING:
    from relint.catalog.rule import Rule

RULESET_CHOICES = (*RULESETS, *RELEASES, *(f"{name}@{release}" for name in RULESETS for release in RELEASES))
"""All values of the option `ruleset`."""

_PIN = re.compile(r"(?:(?P<name>\w+)@)?(?P<release>\d{4}\.\d+)")


class RuleSet(NamedTuple):
    """The rules of a priority that belong to a release; `name` is None for the default, `release` for the newest."""

    name: str | None
    release: str | None

    def contains_release_of(self, rule: Rule) -> bool:
        """Whether the rule belongs to the release; a rule without `since`, as of the user, belongs to every release."""
        return not (self.release and rule.since) or release_number(rule.since) <= release_number(self.release)


def parse_rule_set(text: str) -> RuleSet:
    """Return the rule set that a text such as "core", "2026.1" or "all@2026.1" names; raises OptionError."""
    if text in RULESETS:
        return RuleSet(text, None)
    pin = _PIN.fullmatch(text)
    if pin is None:
        raise OptionError(f"there is no rule set '{text}'{_suggestion(text)}")
    name, release = pin["name"], pin["release"]
    if name not in (None, *RULESETS):
        raise OptionError(f"there is no rule set '{name}'{_suggestion(name)}")
    if release not in RELEASES:
        raise OptionError(f"relint has no rule set of release '{release}'; known releases are {', '.join(RELEASES)}")
    return RuleSet(name, release)


def is_release(text: str) -> bool:
    """Whether a text has the form of a release, such as 2026.1."""
    pin = _PIN.fullmatch(text)
    return pin is not None and pin["name"] is None


def release_number(release: str) -> tuple[int, ...]:
    """Return a value that orders releases."""
    return tuple(map(int, release.split(".")))


def _suggestion(text: str) -> str:
    from difflib import get_close_matches

    similar = get_close_matches(text.lower(), RULESET_CHOICES, 1)
    known = f"choose one of {', '.join(RULESETS)}, or a release ({', '.join(RELEASES)}), or both (all@{RELEASES[-1]})"
    return f"; did you mean '{similar[0]}'?" if similar else f"; {known}"
