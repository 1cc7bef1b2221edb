"""The entry points and stores between which one resource stands alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.model.system.entry_points import is_entry_point
from relint.model.system.outage import stopped_by
from relint.model.system.paths import reachable
from relint.model.system.resource_groups import DURABLE
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.system.edges import Edge
    from relint.model.view import View


class Separation(NamedTuple):
    """An entry point that stops with a resource, and the edges on the way to it.

    `store` is the first store of data that the entry point reaches through the resource only, or None. The way ends at
    `end`, which is the resource, or a service whose tasks run on it.
    """

    entry: Resource
    way: tuple[Edge, ...]
    end: Resource
    store: Resource | None


def separation_of(view: View, failed: Resource) -> Separation | Unknown | None:
    """Return the nearest entry point that stops with a resource, or None; Unknown if that cannot be followed."""
    stopped = stopped_by(view, failed)
    if isinstance(stopped, Unknown):
        return stopped
    resources = view.template.resources
    entry = next((resources[name] for name in stopped if is_entry_point(view, resources[name])), None)
    if entry is None:
        return None
    way = tuple(_way(stopped, entry))
    end = resources[way[-1].target] if way else entry
    return Separation(entry=entry, way=way, end=end, store=_separated_store(view, entry, failed))


def _way(stopped: Mapping[str, Edge | None], entry: Resource) -> Iterator[Edge]:
    edge = stopped[entry.logical_id]
    while edge is not None:
        yield edge
        edge = stopped[edge.target]


def _separated_store(view: View, entry: Resource, failed: Resource) -> Resource | None:
    resources = view.template.resources
    behind = [name for name in reachable(view, failed) if resources[name].type in DURABLE and name != failed.logical_id]
    if not behind:
        return None
    reached = reachable(view, entry, without=(failed.logical_id,))
    return next((resources[name] for name in behind if name not in reached), None)
