"""The product of the service level agreements on the path of an entry.

A part counts once, however many ways lead to it. Parts of which one suffices multiply their unavailability, and
promise no more than AWS does for their service in several zones: zone, software and control plane are shared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import reduce
from itertools import combinations
from operator import mul

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.assessment.abstract import Node, System, Unit
from relint.assessment.agreements import Agreement, agreements, agreements_of, highest_percent
from relint.assessment.engine import Effects
from relint.assessment.kinds import STRUCTURAL
from relint.assessment.records import Sla, SlaTerm
from relint.model.system.entry_points import BEHIND_OTHERS

if TYPE_CHECKING:
    from relint.assessment.parts import EntryMark, Parts

_MAX_ALTERNATIVES = 50
"""Parts of which one suffices that are followed for one entry; with more, they are unrated."""

_RECORDS = ("AWS::Route53::RecordSet", "AWS::Route53::RecordSetGroup")
_OPAQUE_FRONT = "what sends it requests, in another stack"


class _Bounds(NamedTuple):
    """The fraction of time that is promised: at least `low`, at most `high`."""

    low: Decimal = Decimal(1)
    high: Decimal = Decimal(1)

    def times(self, other: _Bounds) -> _Bounds:
        return _Bounds(self.low * other.low, self.high * other.high)


class _Branch(NamedTuple):
    """One of several parts of which one suffices, with all that only it needs."""

    bounds: _Bounds
    services: frozenset[str]
    zones: frozenset[int]


class SlaReader:
    """The agreements of the parts of a system; `system` is its abstract system, in the pessimistic bound."""

    def __init__(self, parts: Parts, system: System) -> None:
        self._parts = parts
        self.system = system
        self.nodes = {name: Node((Unit(),), 1, node.hard, node.alternatives) for name, node in system.nodes.items()}
        self._rows: dict[str, tuple[Agreement | None, ...]] = {}

    def sla_of(self, mark: EntryMark, names: Iterable[str]) -> Sla:
        """Return the product for the entry of `mark`, which depends on the parts `names`.

        The records that lead to it count as one part.
        """
        parts = self._parts.parts
        known = sorted(names)
        terms = [_term(parts[name].name, self.rated_rows(name)) for name in known if self.rated_rows(name)]
        bounds = _Product(self).bounds_of(mark.part)
        records = self._records(mark)
        if records:
            rows = tuple(row for row in agreements() if row.service == "route53")
            terms.append(_term(", ".join(records), rows))
            bounds = bounds.times(_bounds_of(rows))
        unrated = {parts[name].name for name in known if self._is_unrated(name)}
        if parts[mark.part].resource.type in BEHIND_OTHERS:
            unrated.add(_OPAQUE_FRONT)
        unrated |= {f"what {', '.join(choices)} may add" for source, choices in self._parts.possible if source in known}
        return Sla(
            low=float(bounds.low * 100) if terms else None,
            high=float(bounds.high * 100) if terms else None,
            terms=tuple(sorted(terms)),
            unrated=tuple(sorted(unrated)),
        )

    def rated_rows(self, name: str) -> tuple[Agreement, ...]:
        """Return the agreements that may hold for a part and that were read; none for a mere connection."""
        return tuple(row for row in self._found(name) if row is not None and row.percent is not None)

    def _found(self, name: str) -> tuple[Agreement | None, ...]:
        if name not in self._rows:
            part = self._parts.parts[name]
            rows = () if part.resource.type in STRUCTURAL else agreements_of(part, part.view())
            self._rows[name] = tuple(row for row in rows if row is None or row.basis != "host")
        return self._rows[name]

    def _is_unrated(self, name: str) -> bool:
        """Whether a part may have no agreement, or one that was not read."""
        return any(row is None or row.percent is None for row in self._found(name))

    def _records(self, mark: EntryMark) -> list[str]:
        found = (self._parts.parts.get(record) for record in mark.records)
        return sorted(part.name for part in found if part is not None and part.resource.type in _RECORDS)


class _Product:
    """The product for one entry; each part counts where it is met first."""

    def __init__(self, reader: SlaReader) -> None:
        self._reader = reader
        self._counted: set[str] = set()
        self._left = _MAX_ALTERNATIVES

    def bounds_of(self, start: str) -> _Bounds:
        """Return the fraction for a part, without the parts that have counted already."""
        return self._branch(start).bounds

    def _branch(self, start: str) -> _Branch:
        """Return the product of the parts without which `start` does not work, and of its groups of alternatives."""
        effects = Effects(System(self._reader.nodes), start, pessimistic=False)
        needed = sorted({event.node for event in effects.single_events() if event.kind == "hardware"})
        bounds, services, zones = _Bounds(), set(), set()
        for name in needed:
            rows = self._reader.rated_rows(name) if name not in self._counted else ()
            if rows:
                bounds = bounds.times(_bounds_of(rows))
                services.add(rows[0].service)
            if any(row.basis in ("instance", "zone") for row in rows):
                zones |= {unit.zone for unit in self._reader.system.nodes[name].units if unit.zone is not None}
        self._counted.update(needed)
        for name in needed:
            for group in self._reader.nodes[name].alternatives:
                if self._left > 0 and not self._counted.intersection(group):
                    bounds = bounds.times(self._group(group))
        return _Branch(bounds, frozenset(services), frozenset(zones))

    def _group(self, group: Sequence[str]) -> _Bounds:
        """Return the fraction for parts of which one suffices."""
        branches: list[_Branch] = []
        before, met = set(self._counted), set(self._counted)
        for name in group:
            self._left -= 1
            self._counted = set(before)
            branches.append(self._branch(name))
            met |= self._counted
        self._counted = met
        return _together(branches, self._reader.system.distinct)


def _together(branches: Sequence[_Branch], distinct: frozenset[frozenset[int]]) -> _Bounds:
    """Return the fraction of time in which one of several branches is promised to work.

    In one zone, no promise is better than that of the best one.
    """
    lows, highs = [branch.bounds.low for branch in branches], [branch.bounds.high for branch in branches]
    low, high = (1 - reduce(mul, (1 - value for value in values)) for values in (lows, highs))
    pairs = list(combinations([branch.zones for branch in branches], 2))
    are_apart = any(not left or not right or _are_distinct(left, right, distinct) for left, right in pairs)
    if not are_apart:
        low = max(lows)
    if not are_apart and all(left == right for left, right in pairs):
        high = max(highs)
    if len({branch.services for branch in branches}) == 1:
        cap = reduce(mul, (highest_percent(service) / 100 for service in branches[0].services), Decimal(1))
        low, high = min(low, cap), min(high, cap)
    return _Bounds(low, high)


def _are_distinct(left: Iterable[int], right: Iterable[int], distinct: frozenset[frozenset[int]]) -> bool:
    return any(frozenset((one, other)) in distinct for one in left for other in right)


def _bounds_of(rows: Iterable[Agreement]) -> _Bounds:
    percents = [row.percent / 100 for row in rows if row.percent is not None]
    return _Bounds(min(percents), max(percents))


def _term(resource: str, rows: Sequence[Agreement]) -> SlaTerm:
    bounds = _bounds_of(rows)
    return SlaTerm(resource, tuple(row.id for row in rows), float(bounds.low * 100), float(bounds.high * 100))
