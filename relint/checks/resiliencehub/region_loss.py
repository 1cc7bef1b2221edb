"""Data and entry points of which nothing is left when the Region is lost."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.checks.resiliencehub.targets import assessment_of, list_names, places_of, policy_of
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.assessment.records import Target
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.source.location import Path


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at the target for the Region if data, or entry points, have nothing outside it.

    Nothing without such a target. Message values: `stores` (message `stores`), `entries` (message `entries`), or both.
    Unknown if a copy may be in another Region.
    """
    policy = policy_of(resource, view)
    if isinstance(policy, Unknown):
        yield policy
        return
    target = policy.targets.get("Region")
    if target is None:
        return
    stores: dict[str, str] = {}
    entries: dict[str, str] = {}
    for entry in assessment_of(view).entries:
        result = next(one for one in entry.results if one.disruption == "Region")
        for reason in result.reasons:
            if reason.outcome == "data_loss_unrecoverable":
                stores[reason.resource] = f'"{reason.resource}" has no copy outside the Region.'
        if entry.kind == "entry" and result.has_no_path:
            entries[entry.id] = f'"{entry.id}" takes requests in this Region only.'
        for unknown in result.unknowns:
            yield Unknown(("Region", resource.logical_id), f"{unknown.needs}: '{unknown.resource}'")
    if stores or entries:
        values = {name: list_names(list(found)) for name, found in (("stores", stores), ("entries", entries)) if found}
        message = None if len(values) == 2 else next(iter(values))
        yield Problem(_path(target), values=values, related=places_of(view, {**entries, **stores}), message=message)


def _path(target: Target) -> Path:
    """Return the path of the targets for the Region."""
    return (target.rpo_path or target.rto_path)[:-1]
