"""What holds for a template: the rules that run on it, the values of its parameters, and what is accepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple
from relint.catalog.selection import Selection, select_rules
from relint.errors import OptionError
from relint.settings.setting import OPTIONS

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.settings.configuration import Settings
    from relint.settings.setting import Setting

Accepted = tuple[Mapping[str, Any], ...]


class Scope(NamedTuple):
    """What holds for one template, or for many.

    `known` are all rules that a suppression may name; `planned` those that run, by resource type. `accepted` are the
    entries of `suppressions` in the configuration. `given` are the names of parameters that this run gives values for,
    which some template must declare; `lenient` is the profile dev.
    `origin` is what decided all of this but `today`, the rules and the settings; None if that is not known.
    """

    known: Sequence[Rule]
    selection: Selection
    planned: Mapping[str, Sequence[Rule]]
    parameters: Mapping[str, str]
    today: str
    accepted: Accepted = ()
    honor: tuple[str, ...] = ()
    report_unused: bool = False
    fail_on: str = "warning"
    given: frozenset[str] = frozenset()
    lenient: bool = False
    origin: bytes | None = None


def _text(settings: Settings) -> str:
    return repr(sorted((key, setting.value) for key, setting in settings.values.items()))


def scope_of_rule(rule: Rule, known: Sequence[Rule], parameters: Mapping[str, str], today: str) -> Scope:
    """The scope in which one rule runs alone, notes included."""
    selection = select_rules([rule], ruleset="all")
    return Scope(known, selection, plan(selection.rules), parameters, today)


def scope_of(settings: Settings, known: Sequence[Rule], today: str, made_of: bytes | None = None) -> Scope:
    """The scope that settings describe; raises OptionError, with the place, for a word that names no rule.

    `made_of` is what the known rules are made of, without which nothing is kept of what is found in the scope.
    """
    _check_words(settings, known)
    profile = settings.get("profile")
    selection = select_rules(
        known,
        settings.get("select"),
        settings.get("ignore"),
        settings.get("ruleset"),
        mandatory=settings.get("mandatory"),
        severity=settings.get("severity"),
        thresholds=settings.get("thresholds"),
    )
    return Scope(
        known,
        selection,
        plan(selection.rules),
        settings.parameters,
        today,
        tuple(settings.get("suppressions")),
        tuple(settings.get("honor")),
        settings.get("report-unused"),
        settings.get("fail-on"),
        given=frozenset(
            key for (name, key), origin in settings.origins.items() if name == "parameters" and origin is OPTIONS
        ),
        lenient=profile == "dev",
        origin=None if made_of is None else made_of + _text(settings).encode("utf-8", "surrogatepass"),
    )


def plan(rules: Iterable[Rule]) -> Mapping[str, Sequence[Rule]]:
    """The rules by the resource type that they judge; "*" holds those for every type."""
    by_type: dict[str, list[Rule]] = {}
    for rule in rules:
        for kind in rule.resources if rule.scope != "suppression" else ():
            by_type.setdefault(kind, []).append(rule)
    return by_type


def concerns(entry: Mapping[str, Any], file: str) -> bool:
    """Whether a suppression of the configuration is meant for a file."""
    if "path" not in entry:
        return True
    from relint.settings.configuration import absolute, relative
    from relint.settings.glob import matches

    inside = relative(absolute(file), entry["folder"])
    return inside is not None and matches(entry["path"], inside)


def _check_words(settings: Settings, known: Sequence[Rule]) -> None:
    """Says of a word in a file of configuration which file it is; the command line names its own."""
    for key in ("select", "ignore", "mandatory", "severity"):
        setting: Setting = settings.values[key]
        for word in setting.value:
            origin = settings.origins.get((key, word), setting.origin)
            if origin.span is None:
                continue
            try:
                select_rules(known, [word])
            except OptionError as error:
                raise OptionError(f"'{key}': {error.message}", origin.name, origin.span) from error
