"""Quotas of an account that a template comes near to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import floor

from relint._typing import TYPE_CHECKING, Any
from relint.checks.problem import Problem
from relint.model.zone_members import member_of
from relint.resolve.value import ABSENT, Located, Unknown, expression_of, is_call

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def check(resource: Resource, view: View, headroom: float, quotas: list[Mapping[str, Any]]) -> Iterator[Problem]:
    """Yield a problem for each quota of which the template uses too much.

    The limit is the share `headroom` of the quota; the problem is at the last resource that counts. A quota has
    `type` and `quota`, and may have `per` (a property whose value the resources of one group share), `zone`
    (whether that property is a subnet and the quota applies to its zone), `list` (a property whose items are
    counted) and `only` (a property and the value that resources must have; `default` if it is left out). Message
    values: `count`, `quota`, `what`.
    """
    for quota in quotas:
        limit = floor(quota["quota"] * headroom)
        for group in _groups(view, quota).values():
            count = sum(size for _, size in group)
            if count > limit:
                last, _ = group[-1]
                yield Problem(last.path, values={"count": count, "quota": quota["quota"], "what": quota["what"]})


def _groups(view: View, quota: Mapping[str, Any]) -> dict[object, list[tuple[Located, int]]]:
    """Return what counts against a quota in groups: the location and the count of each resource."""
    groups: dict[object, list[tuple[Located, int]]] = {}
    for resource in view.resources(quota["type"]):
        if "only" in quota and not _has_required_value(view, resource, quota):
            continue
        shared = view.get(resource, "Properties", quota["per"]) if "per" in quota else None
        if shared is not None and (shared.value is ABSENT or _is_open_ended(shared)):
            continue
        key: object = resource.logical_id if "list" in quota else None
        if shared is not None:
            key = member_of(view, shared).zone if quota.get("zone") else expression_of(shared.value)
        location, size = view.root(resource), 1
        if "list" in quota:
            location = view.get(resource, "Properties", quota["list"])
            size = len([item for item in view.scenario.items(location) if not _is_open_ended(item)])
        groups.setdefault(key, []).append((location, size))
    return groups


def _has_required_value(view: View, resource: Resource, quota: Mapping[str, Any]) -> bool:
    name, required_value = quota["only"]
    value = view.get(resource, "Properties", name).value
    return bool((quota.get("default") if value is ABSENT else value) == required_value)


def _is_open_ended(located: Located) -> bool:
    """Whether a value is a list of unknown length."""
    return isinstance(located.value, Unknown) and is_call(located.value.expression, "Items")
