"""Resources without redundancy that the requests of an entry point need."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.system.redundancy import redundancy_of
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.system.separation import Separation
    from relint.model.view import View
    from relint.source.location import Path

_CACHES = ("AWS::ElastiCache::CacheCluster",)
"""Types without which many a program goes on, only slower."""


def check(resource: Resource, view: View, left_to: Collection[str]) -> Iterator[Problem | Unknown]:
    """Yield a problem where a resource has one unit, or one zone, and an entry point stops with it.

    Message values: `entry`, `reason`, and with message `through` the `store` that cannot be reached otherwise. A note
    for caches. Nothing for bastions and the like, and where one of the rules `left_to` demands more of the property.
    """
    count = redundancy_of(view, resource).single
    if count is None or count.rule_id in left_to or _is_for_operations(view, resource):
        return
    from relint.model.system.redundancy.words import describe_single  # few resources come so far
    from relint.model.system.separation import separation_of

    separation = separation_of(view, resource)
    if separation is None or isinstance(separation, Unknown):
        yield from [separation] if separation else []
        return
    if count.unknown is not None:
        yield count.unknown
        return
    values = {"entry": separation.entry.logical_id, "reason": describe_single(count)}
    if separation.store is not None:
        values["store"] = separation.store.logical_id
    yield Problem(
        count.path,
        values=values,
        related=tuple(_steps(view, resource, separation)),
        message="through" if separation.store is not None else None,
        level="note" if resource.type in _CACHES else None,
    )


def _is_for_operations(view: View, resource: Resource) -> bool:
    if resource.type != "AWS::EC2::Instance":
        return False
    from relint.model.aws.serving_instances import is_for_operations

    return is_for_operations(view, resource) is True


def _steps(view: View, failed: Resource, separation: Separation) -> Iterator[tuple[Path, str]]:
    """Yield the places that show the way from the entry point to the failed resource, each with a sentence.

    Steps between resources that SAM makes of one event are left out: the template has one name for both.
    """
    resources = view.template.resources
    for edge in separation.way:
        if resources[edge.source].path != resources[edge.target].path:
            yield edge.reference.path, f'"{edge.source}" {edge.relation.verb} "{edge.target}".'
    end = separation.end
    if end is not failed:
        yield end.path, f'The tasks of "{end.logical_id}" run on "{failed.logical_id}".'
