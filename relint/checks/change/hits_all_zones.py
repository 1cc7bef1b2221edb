"""Changes that replace, interrupt or remove all members of a redundancy group in one update."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.change.service.hit_groups import hit_groups
from relint.change.service.occupied import occupied_by_old
from relint.change.service.replacement_chain import deciding_value, origin_of, outside_cause
from relint.change.service.service_effects import consequence_of
from relint.change.value_text import text_of_value
from relint.checks.change.origins import old_place_of_origin, place_of_origin
from relint.checks.problem import Problem

if TYPE_CHECKING:
    from relint.change.records import Comparison, ResourceChange
    from relint.change.service.hit_groups import Hit, HitGroup
    from relint.change.service.replacement_chain import Origin
    from relint.source.location import Path


def check_change(change: ResourceChange, comparison: Comparison) -> Iterator[Problem]:
    """Yield a problem for each redundancy group whose first member that the update hits is this resource.

    Message values: `action`, such as "replaces", `holder`, `detail`, what happens to the first member, and
    `occupied`. The message is the kind of the group, "default" where all are removed, or "occupied" where the update
    fails. The level is "error" where the replacement of each member alone would be one.
    """
    for hit_group in hit_groups(comparison):
        if hit_group.hits[0].change is change:
            yield _problem(comparison, hit_group)


def _problem(comparison: Comparison, hit_group: HitGroup) -> Problem:
    group, hits = hit_group
    first, *others = hits
    origin = origin_of(comparison, first.change)
    occupied = next((name for hit in hits if (name := occupied_by_old(comparison, hit.change))), "")
    consequences = [consequence_of(comparison, hit.change) for hit in hits if hit.action == "replaces"]
    is_error = len(consequences) == len(hits) and all(one is not None and one.role == "path" for one in consequences)
    values = {
        "action": " and ".join(dict.fromkeys(hit.action for hit in hits)),
        "holder": group.holder,
        "detail": _detail(comparison, first),
        "occupied": occupied,
    }
    places = (_place(comparison, hit, origin) for hit in others)
    return Problem(
        path=place_of_origin(origin, first.change),
        values=values,
        related=(*old_place_of_origin(origin, first.change), *places),
        message=_message(hit_group, occupied),
        level="error" if is_error else None,
    )


def _message(hit_group: HitGroup, occupied: str) -> str:
    if occupied:
        return "occupied"
    return "default" if all(hit.action == "removes" for hit in hit_group.hits) else hit_group.group.kind


def _place(comparison: Comparison, hit: Hit, first: Origin) -> tuple[Path, str]:
    """Return the place of a further member, and what happens to it unless the change of the first hits it, too."""
    change = hit.change
    origin = origin_of(comparison, change)
    if origin.change is first.change and origin.value is first.value:
        value = deciding_value(comparison, change)
        path = value.new_path if value is not None else change.resource.path
        return ("New", *path), f"The same change {hit.action} '{change.logical_id}'."
    side = "Old" if change.kind == "removed" else "New"
    path = origin.value.new_path if origin.value is not None else origin.change.resource.path
    return (side, *path), f"The same update {hit.action} '{change.logical_id}': {_detail(comparison, hit)}."


def _detail(comparison: Comparison, hit: Hit) -> str:
    origin, outside = origin_of(comparison, hit.change), outside_cause(comparison, hit.change)
    if outside:
        return f"'{outside}' of another stack is replaced"
    if origin.value is not None:
        old, new = text_of_value(origin.value.old), text_of_value(origin.value.new)
        return f"'{origin.value.property}' of '{origin.change.logical_id}' changes from '{old}' to '{new}'"
    if origin.change.kind == "renamed" and origin.change.old is not None:
        return f"'{origin.change.old.logical_id}' has the new logical id '{origin.change.logical_id}'"
    return f"'{origin.change.logical_id}' is gone"
