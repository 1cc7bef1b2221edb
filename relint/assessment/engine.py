"""The exact effect of all single events, and of all pairs, on the nodes of an abstract system.

Each scenario is a bit of an integer, so that one operation on integers judges all scenarios at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import and_, or_

from relint._typing import NamedTuple
from relint.assessment.abstract import REGION, CutSets, Event, Node, System, Unit

MAX_COINCIDENCES = 64
"""Ways in which zones may coincide that are tried for one zone; with more, all of them are lost together."""

_MAX_UNKNOWN_CLASSES = 24
"""Classes that may coincide with one for which the ways are tried; counting the ways for more takes long."""

_MAX_PAIRED_EVENTS = 1_200
"""Events whose pairs are judged: 720,000 scenarios."""


class _Cause(NamedTuple):
    """An event, in one of the ways in which it may happen: the unit and the zones that it takes away."""

    event: Event
    zones: frozenset[int] = frozenset()


class Effects:
    """The effects of single events on the nodes on which an entry depends, as integers with a bit for each cause."""

    def __init__(self, system: System, entry: str, *, pessimistic: bool) -> None:
        self.names, self._has_circle = _dependencies(system, entry)
        self._system = system
        self._entry = entry
        self._causes = list(_causes(system, self.names, pessimistic=pessimistic))
        bits = [1 << index for index in range(len(self._causes))]
        full = (1 << len(bits)) - 1
        self._own, self._up = self._evaluate(bits, full)
        self._causes_by_event: dict[Event, list[int]] = {}
        for index, cause in enumerate(self._causes):
            self._causes_by_event.setdefault(cause.event, []).append(index)
        self._stopped = self._names_by_cause(self._up)
        self._lacking = self._names_by_cause(self._own)
        self._by_zone: dict[int, list[str]] = {}
        for name in self.names:
            for unit in system.nodes[name].units:
                if unit.zone is not None:
                    self._by_zone.setdefault(unit.zone, []).append(name)

    @property
    def events(self) -> list[Event]:
        """The events, each once."""
        return list(self._causes_by_event)

    def events_of(self, kind: str) -> list[Event]:
        """Return the events of a kind."""
        return [event for event in self.events if event.kind == kind]

    def causes_of(self, event: Event) -> list[int]:
        """Return the numbers of the ways in which an event may happen."""
        return self._causes_by_event[event]

    def is_up(self, name: str, cause: int) -> bool:
        """Whether a node works in spite of a cause."""
        return bool(self._up[name] >> cause & 1)

    def has_enough_units(self, name: str, cause: int) -> bool:
        """Whether enough units of a node are left, whatever happens to that on which it depends."""
        return bool(self._own[name] >> cause & 1)

    def lost_zones(self, cause: int) -> frozenset[int]:
        """Return the classes of zones that a cause takes away."""
        return self._causes[cause].zones

    def hit_nodes(self, cause: int) -> list[str]:
        """Return the nodes of which a cause takes units away."""
        event, zones = self._causes[cause]
        if event.kind == "hardware":
            return [event.node]
        return list(dict.fromkeys(name for zone in sorted(zones) for name in self._by_zone.get(zone, ())))

    def stopped(self, cause: int) -> list[str]:
        """Return the nodes that do not work with a cause, each after those on which it depends but for circles."""
        return self._stopped.get(cause, [])

    def lacking(self, cause: int) -> list[str]:
        """Return the nodes of which a cause leaves too few units."""
        return self._lacking.get(cause, [])

    @property
    def nodes(self) -> Mapping[str, Node]:
        """The nodes of the system by name."""
        return self._system.nodes

    def has_units_that_fail_alone(self, name: str) -> bool:
        """Whether the hardware of units of a node is an event."""
        return any(unit.fails_alone for unit in self._system.nodes[name].units)

    def single_events(self) -> tuple[Event, ...]:
        """Return the events that stop the entry."""
        single = {self._causes[index].event for index in _bits(~self._up[self._entry], len(self._causes))}
        return tuple(event for event in self.events if event in single)

    @property
    def pair_work(self) -> int:
        """The number of nodes times that of pairs of events: the cost of `cut_sets`."""
        return len(self.names) * len(self._causes) ** 2 // 2

    def cut_sets(self) -> CutSets:
        """Return the minimal sets of at most two events that stop the entry; the Region is no part of a pair."""
        singles = self.single_events()
        single = set(singles)
        paired = [index for index, cause in enumerate(self._causes) if cause.event != REGION]
        if len(paired) > _MAX_PAIRED_EVENTS:
            return CutSets(singles, None)
        masks, pairs = _pair_masks(len(self._causes), [i for i in paired if self._causes[i].event not in single])
        _, up = self._evaluate(masks, (1 << len(pairs)) - 1)
        order = {event: index for index, event in enumerate(self.events)}
        double = {
            tuple(sorted((self._causes[left].event, self._causes[right].event), key=order.__getitem__))
            for left, right in (pairs[bit] for bit in _bits(~up[self._entry], len(pairs)))
            if self._causes[left].event != self._causes[right].event
        }
        found = sorted(double, key=lambda pair: (order[pair[0]], order[pair[1]]))
        return CutSets(singles, tuple((left, right) for left, right in found))

    def _names_by_cause(self, works: Mapping[str, int]) -> dict[int, list[str]]:
        """Return by cause the nodes that are not among those that work."""
        count = len(self._causes)
        found: dict[int, list[str]] = {}
        for name in self.names:
            for cause in _bits(~works[name], count):
                found.setdefault(cause, []).append(name)
        return found

    def _evaluate(self, masks: Sequence[int], full: int) -> tuple[dict[str, int], dict[str, int]]:
        """Return, by node, the scenarios in which its own units suffice, and those in which it works.

        `masks` are the scenarios of each cause. Nodes in a circle are taken to work until one of them is found not to:
        the greatest fixed point.
        """
        lost_units, lost_zones, lost_region = self._losses(masks)
        up = dict.fromkeys(self.names, full)
        own: dict[str, int] = {}
        units: dict[tuple[str, int], int] = {}
        is_stable = False
        while not is_stable:
            is_stable = True
            for name in self.names:
                node = self._system.nodes[name]
                lost = 0 if node.is_global else lost_region
                works = []
                for index, unit in enumerate(node.units):
                    state = full & ~(lost | lost_units.get((name, index), 0) | _zone_mask(lost_zones, unit))
                    state = reduce(and_, (units.get(need, full) for need in unit.needs), state)
                    if units.get((name, index), full) != state:
                        units[name, index], is_stable = state, False
                    works.append(state)
                own[name] = _at_least(node.need, works, full) if node.units else full & ~lost
                state = reduce(and_, (up[other] for other in node.hard), own[name])
                for group in node.alternatives:
                    state &= reduce(or_, (up[other] for other in group), 0)
                if up[name] != state:
                    up[name], is_stable = state, False
            is_stable = is_stable or not self._has_circle
        return own, up

    def _losses(self, masks: Sequence[int]) -> tuple[dict[tuple[str, int], int], dict[int, int], int]:
        """Return the scenarios in which each unit, each class of zones and the Region is lost."""
        units: dict[tuple[str, int], int] = {}
        zones: dict[int, int] = {}
        region = 0
        for cause, mask in zip(self._causes, masks, strict=True):
            if cause.event == REGION:
                region |= mask
            elif cause.event.kind == "hardware":
                units[cause.event.node, cause.event.number] = mask
            for zone in cause.zones:
                zones[zone] = zones.get(zone, 0) | mask
        return units, zones, region


def _zone_mask(lost_zones: Mapping[int, int], unit: Unit) -> int:
    return 0 if unit.zone is None else lost_zones.get(unit.zone, 0)


def _at_least(need: int, works: Sequence[int], full: int) -> int:
    """Return the scenarios in which at least `need` units work."""
    counts = [full] + [0] * need  # counts[n]: the scenarios in which n of the units so far work
    for state in works:
        for number in range(need, 0, -1):
            counts[number] |= counts[number - 1] & state
    return counts[need]


def _dependencies(system: System, entry: str) -> tuple[list[str], bool]:
    """Return the nodes on which an entry depends, each after those on which it depends, and if there is a circle."""
    order: list[str] = []
    state = {entry: "open"}
    has_circle = False
    stack = [(entry, iter(_targets(system.nodes[entry])))]
    while stack:
        name, targets = stack[-1]
        target = next(targets, None)
        if target is None:
            stack.pop()
            order.append(name)
            state[name] = "done"
        elif target not in state:
            state[target] = "open"
            stack.append((target, iter(_targets(system.nodes[target]))))
        elif state[target] == "open":
            has_circle = True
    return order, has_circle


def _targets(node: Node) -> list[str]:
    needs = [name for unit in node.units for name, _ in unit.needs]
    return [*node.hard, *(name for group in node.alternatives for name in group), *needs]


def _causes(system: System, names: Iterable[str], *, pessimistic: bool) -> Iterator[_Cause]:
    names = sorted(names)
    zones: set[int] = set()
    for name in names:
        for index, unit in enumerate(system.nodes[name].units):
            if unit.zone is not None:
                zones.add(unit.zone)
            if unit.fails_alone:
                yield _Cause(Event("hardware", name, index))
    for zone in sorted(zones):
        for lost in _coincidences(system, zone, zones) if pessimistic else [frozenset((zone,))]:
            yield _Cause(Event("zone", number=zone), lost)
    yield _Cause(REGION)


def _coincidences(system: System, zone: int, zones: Iterable[int]) -> list[frozenset[int]]:
    """Return the largest sets of classes that may be one zone with `zone`; their union if there are too many."""
    possible = [other for other in zones if other != zone and frozenset((zone, other)) not in system.distinct]
    sets = [frozenset((zone,))]
    if len(possible) > _MAX_UNKNOWN_CLASSES:
        return [frozenset((zone, *possible))]
    for other in sorted(possible):
        extended: list[frozenset[int]] = []
        for known in sets:
            fitting = frozenset(one for one in known if frozenset((one, other)) not in system.distinct)
            extended += [known | {other}] if fitting == known else [known, fitting | {other}]
        unique = set(extended)
        sets = [one for one in extended if not any(one < larger for larger in unique)]
        sets = sorted(set(sets), key=sorted)
        if len(sets) > MAX_COINCIDENCES:
            return [frozenset((zone, *possible))]
    return sets


def _pair_masks(count: int, members: Sequence[int]) -> tuple[list[int], list[tuple[int, int]]]:
    """Return for each of `count` causes the pairs that contain it, as bits, and the pairs of `members`."""
    pairs = [(left, right) for index, left in enumerate(members) for right in members[index + 1 :]]
    fields = {member: bytearray(len(pairs) // 8 + 1) for member in members}
    for number, (left, right) in enumerate(pairs):
        byte, bit = number >> 3, 1 << (number & 7)
        fields[left][byte] |= bit
        fields[right][byte] |= bit
    return [int.from_bytes(fields.get(index, b""), "little") for index in range(count)], pairs


def _bits(mask: int, count: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set among the first `count`."""
    text = f"{mask & ((1 << count) - 1):b}"[::-1] if count else ""
    position = text.find("1")
    while position >= 0:
        yield position
        position = text.find("1", position + 1)
