"""Changes that replace or interrupt what requests depend on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice, takewhile

from relint._typing import TYPE_CHECKING
from relint.change.service.hit_groups import hit_groups, is_gradual
from relint.change.service.occupied import occupied_by_old
from relint.change.service.redundancy_groups import redundancy_groups
from relint.change.service.replacement_chain import (
    Origin,
    chain_of,
    deciding_value,
    is_replaced,
    origin_of,
    outside_cause,
)
from relint.change.service.request_path import request_path_of
from relint.change.service.service_effects import consequence_if_replaced, consequence_of, is_told_with_another
from relint.checks.change.origins import old_place_of_origin, place_of_origin, values_of_origin
from relint.checks.problem import Problem
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.change.facts.replacement_consequences import Consequence
    from relint.change.records import Comparison, ResourceChange
    from relint.source.location import Path

MAX_RELATED = 10
"""Further replaced resources that a finding names; a replaced VPC takes all that is in it along."""

_SERVERS = ("AWS::AutoScaling::AutoScalingGroup", "AWS::EC2::Instance")


def check_change(change: ResourceChange, comparison: Comparison) -> Iterator[Problem | Unknown]:
    """Yield a problem if the update replaces an entry point or a part of its network, or interrupts what it waits for.

    Message values: `property`, `old` and `new` of the change with which it begins, `cause`, the resource that has it,
    `consequence` and `occupied` for a replacement, `says`, the words about an interruption, and `entry`, the entry
    point that waits. The messages are "default", "renamed", "occupied" and "renamed-occupied" (the update fails),
    "alone" (nothing else serves), "follows", "follows-renamed", "follows-stack" and "alone-follows" (another resource
    begins it), "interrupts" and "interrupts-entry". The level is "error" for the replacement of an entry point or a
    part of the network. Unknown if a value that may differ decides.
    """
    if change.old is None or is_told_with_another(comparison, change) or _is_told_with_a_sibling(comparison, change):
        return
    consequence = consequence_of(comparison, change)
    if consequence is not None:
        yield _replacement(comparison, change, consequence)
    elif is_replaced(change):
        yield from _replacement_of_server(comparison, change)
    elif change.effect == "interrupts":
        yield from _interruption(comparison, change)
    elif change.possible_effect != change.effect:
        yield from _doubt(comparison, change)


def _is_told_with_a_sibling(comparison: Comparison, change: ResourceChange) -> bool:
    """Whether the same resource of another stack replaces a group, or a resource before this one."""
    cause = outside_cause(comparison, change)
    if not cause:
        return False
    groups = (hit.change for group in hit_groups(comparison) for hit in group.hits)
    earlier = takewhile(lambda other: other is not change, comparison.changes)
    felt = (other for other in earlier if consequence_of(comparison, other) is not None)
    return any(outside_cause(comparison, other) == cause for other in chain(groups, felt))


def _doubt(comparison: Comparison, change: ResourceChange) -> Iterator[Unknown]:
    """Yield why the templates do not decide whether the update replaces or interrupts a resource."""
    assert change.old is not None, "the caller leaves out what is added"
    effect = change.possible_effect
    if effect == "replaces":
        is_felt = consequence_if_replaced(comparison, change) is not None
    else:
        is_felt = effect == "interrupts" and change.old.logical_id in request_path_of(comparison).entry_of
    if is_felt:
        value = next(one for one in change.properties if one.open_reason and one.effect == effect)
        yield Unknown(("Effect", *value.path), value.open_reason)


def _replacement(comparison: Comparison, change: ResourceChange, consequence: Consequence) -> Problem:
    occupied = occupied_by_old(comparison, change)
    origin = origin_of(comparison, change)
    outside = outside_cause(comparison, change)
    if outside:
        message = "follows-stack"
    elif change.kind == "renamed":
        message = "renamed-occupied" if occupied else "renamed"
    elif origin.change is not change:
        message = "follows" if origin.value is not None else "follows-renamed"
    else:
        message = "occupied" if occupied else "default"
    return Problem(
        path=place_of_origin(origin, change),
        values={
            **values_of_origin(origin),
            "cause": outside or origin.change.logical_id,
            "consequence": consequence.says,
            "occupied": occupied,
        },
        related=(*old_place_of_origin(origin, change), *islice(_replaced_with(comparison, change), MAX_RELATED)),
        message=message,
        level=None if consequence.role == "store" else "error",
    )


def _replaced_with(comparison: Comparison, change: ResourceChange) -> Iterator[tuple[Path, str]]:
    """Yield the places of other resources that are replaced because this one is, or with it by another stack."""
    outside = outside_cause(comparison, change)
    for other in comparison.changes:
        value = deciding_value(comparison, other) if other is not change and is_replaced(other) else None
        if value is None:
            continue
        is_sibling = outside != "" and outside_cause(comparison, other) == outside
        if is_sibling or any(one is change for one in chain_of(comparison, other)):
            yield ("New", *value.new_path), f"The update replaces '{other.logical_id}' with it."


def _replacement_of_server(comparison: Comparison, change: ResourceChange) -> Iterator[Problem]:
    """Yield a problem for an instance or a group of instances that serves requests alone."""
    assert change.old is not None, "the caller leaves out what is added"
    name = change.old.logical_id
    if (
        change.type not in _SERVERS
        or name not in request_path_of(comparison).entry_of
        or is_gradual(comparison, change)
    ):
        return
    groups = (
        group for group in redundancy_groups(comparison.old) if any(one.logical_id == name for one in group.members)
    )
    if any(len(group.members) > 1 for group in groups):
        return
    origin = origin_of(comparison, change)
    if origin.value is not None:
        yield Problem(
            path=place_of_origin(origin, change),
            values=values_of_origin(origin),
            related=tuple(old_place_of_origin(origin, change)),
            message="alone" if origin.change is change else "alone-follows",
        )


def _interruption(comparison: Comparison, change: ResourceChange) -> Iterator[Problem]:
    entry_of = request_path_of(comparison).entry_of
    value = deciding_value(comparison, change)
    assert change.old is not None and value is not None, "a value of the resource interrupts it"
    name = change.old.logical_id
    if name not in entry_of:
        return
    origin = Origin(change, value)
    yield Problem(
        path=place_of_origin(origin, change),
        values={**values_of_origin(origin), "says": value.fact.says, "entry": entry_of[name]},
        message="interrupts-entry" if entry_of[name] in ("", name) else "interrupts",
    )
