"""Records of the listing of a system."""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from relint.assessment.kinds import Role
    from relint.model.system.relation import Basis, Kind, Plane, Strength
    from relint.source.location import Path, Span


class Evidence(NamedTuple):
    """A place in a template: its file, the path of the value there, and its range on one line."""

    template: str
    path: Path
    span: Span

    @property
    def line(self) -> int:
        """The line at which the value begins."""
        return self.span.start.line


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

    With `is_open` the template leaves the number of units or zones open. `facts` are the ids of the facts about it.
    `present` is "unknown" if its existence depends on a value that nothing
    gives.
    """

    id: str
    part: str
    type: str
    place: Evidence
    scope: str
    role: Role
    units: tuple[ListedUnit, ...]
    need: int
    need_source: Literal["default", "metadata"]
    state: str
    facts: tuple[str, ...]
    present: Literal["true", "unknown"]
    is_open: bool


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
    """The system as a listing, and the texts of its files."""

    parts: tuple[ListedPart, ...] = ()
    dependencies: tuple[ListedDependency, ...] = ()
    zones: tuple[ZoneToken, ...] = ()
    relations: tuple[ZoneRelation, ...] = ()
    sources: Mapping[str, str] = {}
