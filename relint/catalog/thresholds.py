"""Thresholds: numbers in rules that a team may set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from relint._typing import Any, NamedTuple
from relint.catalog.rule import Case, LazyBody, Rule


class Threshold(NamedTuple):
    """A number that rules compare with: its default, the smallest value that a team may set, and its meaning."""

    default: int
    minimum: int
    meaning: str


THRESHOLDS: dict[str, Threshold] = {
    "min_azs": Threshold(default=2, minimum=1, meaning="Availability Zones that something must be spread over"),
    "backup_min_days": Threshold(default=7, minimum=1, meaning="days that automatic backups must be kept"),
    "log_min_days": Threshold(default=14, minimum=1, meaning="days that logs must be kept"),
    "max_retry_product": Threshold(default=30, minimum=1, meaning="attempts of the same work by several retries"),
    "max_sync_hops": Threshold(default=3, minimum=1, meaning="calls that may wait for one another in a request"),
    "pool_size": Threshold(default=10, minimum=1, meaning="connections that a task or instance opens to a database"),
    "surviving_percent": Threshold(default=50, minimum=1, meaning="percent of the units that must survive a zone"),
}


def with_thresholds(rules: Sequence[Rule], values: Mapping[str, int]) -> tuple[Rule, ...]:
    """Return the rules with each `{threshold: NAME}` replaced by the value of that name, or by its default."""
    return tuple(_with_thresholds(rule, values) if rule.thresholds else rule for rule in rules)


def thresholds_used(data: Any) -> set[str]:
    """Return the names in all `{threshold: NAME}` in compiled clauses."""
    if isinstance(data, dict):
        if data.keys() == {"threshold"}:
            return {data["threshold"]}
        return set().union(*map(thresholds_used, data.values()))
    return set().union(*map(thresholds_used, data)) if isinstance(data, list | tuple) else set()


def _with_thresholds(rule: Rule, values: Mapping[str, int]) -> Rule:
    body = rule.body
    if isinstance(body, LazyBody):
        return rule._replace(body=body.adapted(partial(_replace_in_case, values=values)))
    return rule._replace(body=body._replace(cases=tuple(_replace_in_case(case, values) for case in body.cases)))


def _replace_in_case(case: Case, values: Mapping[str, int]) -> Case:
    return case._replace(
        when=_replace_thresholds(case.when, values),
        asserts=_replace_thresholds(case.asserts, values),
        params=_replace_thresholds(case.params, values),
    )


def _replace_thresholds(data: Any, values: Mapping[str, int]) -> Any:
    if isinstance(data, dict):
        if data.keys() == {"threshold"}:
            name = data["threshold"]
            return values.get(name, THRESHOLDS[name].default)
        return {key: _replace_thresholds(value, values) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return type(data)(_replace_thresholds(value, values) for value in data)
    return data
