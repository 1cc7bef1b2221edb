"""Numbers in rules that a team may set for itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from relint._named_tuple import NamedTuple
from relint.catalog.rule import Body, Case, Rule


class Threshold(NamedTuple):
    """A number that rules compare with: its value unless it is set, the least that makes sense, and what it means."""

    default: int
    minimum: int
    meaning: str


THRESHOLDS: dict[str, Threshold] = {
    "min_azs": Threshold(2, 1, "Availability Zones that something must be spread over"),
    "backup_min_days": Threshold(7, 1, "days that automatic backups must be kept"),
    "log_min_days": Threshold(14, 1, "days that logs must be kept"),
}


def with_thresholds(rules: Sequence[Rule], values: Mapping[str, int]) -> tuple[Rule, ...]:
    """The rules with `{threshold: NAME}` replaced by the value of that name, or by its default."""
    return tuple(rule._replace(body=_filled_body(rule.read(), values)) if rule.thresholds else rule for rule in rules)


def thresholds_used(plain: Any) -> set[str]:
    """The names that stand in `{threshold: NAME}` anywhere in plain data."""
    if isinstance(plain, dict):
        if plain.keys() == {"threshold"}:
            return {plain["threshold"]}
        return set().union(*map(thresholds_used, plain.values()))
    return set().union(*map(thresholds_used, plain)) if isinstance(plain, list | tuple) else set()


def _filled_body(body: Body, values: Mapping[str, int]) -> Body:
    return body._replace(cases=tuple(_filled_case(case, values) for case in body.cases))


def _filled_case(case: Case, values: Mapping[str, int]) -> Case:
    return case._replace(**{name: _filled(getattr(case, name), values) for name in ("when", "asserts", "params")})


def _filled(plain: Any, values: Mapping[str, int]) -> Any:
    if isinstance(plain, dict):
        if plain.keys() == {"threshold"}:
            name = plain["threshold"]
            return values.get(name, THRESHOLDS[name].default)
        return {key: _filled(value, values) for key, value in plain.items()}
    if isinstance(plain, list | tuple):
        return type(plain)(_filled(value, values) for value in plain)
    return plain
