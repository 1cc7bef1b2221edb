"""How near a template comes to the quotas of an account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import floor
from typing import TYPE_CHECKING, Any

from relint.checks.problem import Problem
from relint.model.zone_members import member_of
from relint.resolve.value import ABSENT, Located, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def check(resource: Resource, view: View, headroom: float, quotas: list[Mapping[str, Any]]) -> Iterator[Problem]:
    """A problem for each quota of which the template alone takes more than the share `headroom`.

    A quota has `type` and `quota`, and may have `per`, the property whose value a group of resources shares, `zone`,
    whether that property is a subnet and the quota one of its zone, `list`, a property of which the items are counted,
    and `only`, a property with the value that resources must have (or, if it is left out, the `default`).
    """
    for quota in quotas:
        most = floor(quota["quota"] * headroom)
        for found in _groups(view, quota).values():
            count = sum(size for _, size in found)
            if count > most:
                place = found[-1][0]
                values = {"count": count, "quota": quota["quota"], "what": quota["what"]}
                yield Problem(place.path, values, ())


def _groups(view: View, quota: Mapping[str, Any]) -> dict[object, list[tuple[Located, int]]]:
    groups: dict[object, list[tuple[Located, int]]] = {}
    for one in view.resources(quota["type"]):
        if "only" in quota and not _is(view, one, quota):
            continue
        shared = view.get(one, "Properties", quota["per"]) if "per" in quota else None
        if shared is not None and (shared.value is ABSENT or _is_list(shared)):
            continue
        key: object = one.logical_id if "list" in quota else None
        if shared is not None:
            key = member_of(view, shared).zone if quota.get("zone") else expression_of(shared.value)
        place, size = view.root(one), 1
        if "list" in quota:
            place = view.get(one, "Properties", quota["list"])
            size = len([item for item in view.scenario.items(place) if not _is_list(item)])
        groups.setdefault(key, []).append((place, size))
    return groups


def _is(view: View, resource: Resource, quota: Mapping[str, Any]) -> bool:
    value = view.get(resource, "Properties", quota["only"][0]).value
    return bool((quota["default"] if value is ABSENT else value) == quota["only"][1])


def _is_list(located: Located) -> bool:
    form = located.value.expression if isinstance(located.value, Unknown) else None
    return isinstance(form, tuple) and form[0] == "Items"
