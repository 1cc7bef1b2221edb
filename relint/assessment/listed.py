"""Records of the listing of a system."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from relint.assessment.kinds import Role
    from relint.model.system.relation import Basis, Kind, Plane, Strength


class ListedUnit(NamedTuple):
    """A replica of a part: `zones` are the labels of those in which it may lie, none if no zone takes it away.

    With `hw_event` its hardware fails alone.
    """

    id: str
    resource: str
    number: int
    zones: tuple[str, ...]
    hw_event: bool


class ListedPart(NamedTuple):
    """A resource: `id` is its name in reports, `need` the number of `units` that must work.

    `facts` are the ids of the facts about it. `present` is "unknown" if its existence depends on a value that nothing
    gives.
    """

    id: str
    part: str
    type: str
    template: str
    line: int
    scope: str
    role: Role
    units: tuple[ListedUnit, ...]
    need: int
    need_source: Literal["default", "metadata"]
    state: str
    facts: tuple[str, ...]
    present: Literal["true", "unknown"]


class Evidence(NamedTuple):
    """A place in a template that shows a dependency: its file, the path of the value, and its line."""

    template: str
    path: str
    line: int


class ListedDependency(NamedTuple):
    """A dependency of the part `source` on `target`: whether it fails with it, when that matters, and who says so."""

    source: str
    target: str
    strength: Strength
    plane: Plane
    relation: Kind
    verb: str
    basis: Basis
    evidence: tuple[Evidence, ...]


class ZoneToken(NamedTuple):
    """A class of zones: its canonical form, its name in reports, and what lies in it."""

    canon: str
    label: str
    members: tuple[str, ...]


class ZoneRelation(NamedTuple):
    """Whether two zones, by their labels, are different ones: `basis` says who says so, `rule` its number, if any.

    syntactic: their expressions. deployability: no deployment succeeds otherwise. assumed: AWS tries to.
    """

    a: str
    b: str
    relation: Literal["EQ", "NEQ", "UNKNOWN"]
    basis: Literal["syntactic", "deployability", "assumed"]
    rule: str
    why: str


class Listing(NamedTuple):
    """The system as a listing."""

    parts: tuple[ListedPart, ...] = ()
    dependencies: tuple[ListedDependency, ...] = ()
    zones: tuple[ZoneToken, ...] = ()
    relations: tuple[ZoneRelation, ...] = ()
