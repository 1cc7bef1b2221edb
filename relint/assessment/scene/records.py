"""Records of a scene."""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from relint.assessment.disruption import Disruption
    from relint.assessment.facts import Fact
    from relint.assessment.kinds import Role
    from relint.assessment.result import Result
    from relint.model.system.redundancy.record import Scope, Spread
    from relint.model.system.redundancy.record import State as DataState

Condition = Literal["up", "degraded", "down", "unknown"]
"""The state of a part: it works, with less or after a failover, not at all, or the template leaves that open."""


class SceneZone(NamedTuple):
    """A class of zones: those that are one zone in any deployment.

    `token` is its canonical name, as in "idx(0)", and `is_placed` is false for a zone that AWS chooses for one part.
    `distinct` says, by number, why other classes are other zones; the rest may be the same zone.
    """

    number: int
    title: str
    token: str
    is_placed: bool
    distinct: Mapping[int, str]


class SceneUnit(NamedTuple):
    """A replica of a part, in the zone with a number; None if the loss of a zone does not take it away."""

    zone: int | None
    fails_alone: bool


class ScenePart(NamedTuple):
    """A resource on the path of an entry, or a record that leads to one.

    `units` are empty for a service that AWS runs in several zones, or beyond the Region. With `has_standby` one unit
    serves and another takes over. `restore` is the fact about restoring damaged data; None if these files keep nothing
    to restore from, and a text if that is unknown. `line` is 1-based.
    """

    id: str
    name: str
    type: str
    file: str
    line: int
    scope: Scope
    role: Role
    data: DataState
    spread: Spread
    units: tuple[SceneUnit, ...]
    has_standby: bool
    is_entry: bool
    restore: Fact | str | None
    facts: tuple[Fact, ...]


class SceneEdge(NamedTuple):
    """A dependency of the part `source` on the part `target`, by id; with `is_alternative` another one may do."""

    source: str
    target: str
    verb: str
    basis: Literal["stated", "inferred"]
    is_alternative: bool


class PartState(NamedTuple):
    """The state of a part in an event.

    `lost` are the positions of the units that the event takes away, and `perhaps_lost` of those that it takes away if
    zones coincide. `outcome` is the name of what the facts say of this part, "" without one, and `facts` are their ids.
    """

    condition: Condition
    lost: frozenset[int] = frozenset()
    perhaps_lost: frozenset[int] = frozenset()
    outcome: str = ""
    facts: tuple[str, ...] = ()


class SceneEvent(NamedTuple):
    """An event: its title, the classes of zones that it takes away, and its effects.

    `disruption` is None for the state without a failure. `states` are by id of the part; the other parts work.
    `results` are by id of the entry, for the entries that the event can reach.
    """

    id: str
    title: str
    disruption: Disruption | None
    zones: frozenset[int]
    states: Mapping[str, PartState]
    results: Mapping[str, Result]


class Scene(NamedTuple):
    """The scene: parts in the order of dependencies, zones in the order of columns.

    `closures` are the ids of the parts of each entry, the entry first, by id of the entry's part.
    """

    zones: tuple[SceneZone, ...]
    parts: tuple[ScenePart, ...]
    edges: tuple[SceneEdge, ...]
    events: tuple[SceneEvent, ...]
    closures: Mapping[str, tuple[str, ...]]
