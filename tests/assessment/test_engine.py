"""The engine judges all scenarios at once; a simulator that tries one after another must agree with it."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from itertools import combinations

import pytest

from relint.assessment.abstract import REGION, Event, Node, System, Unit
from relint.assessment.engine import Effects

MAX_TOKENS = 4


def works(system: System, entry: str, lost_zones: set[int], lost_units: set[tuple[str, int]], *, region: bool) -> bool:
    """Whether the entry works in one scenario, by going round all nodes until nothing more fails."""
    up = dict.fromkeys(system.nodes, True)
    units = {(name, index): True for name, node in system.nodes.items() for index, _ in enumerate(node.units)}
    changed = True
    while changed:
        changed = False
        for name, node in system.nodes.items():
            lost = region and not node.is_global
            for index, unit in enumerate(node.units):
                state = not lost and unit.zone not in lost_zones and (name, index) not in lost_units
                state = state and all(units[need] for need in unit.needs)
                changed, units[name, index] = changed or state != units[name, index], state
            own = sum(units[name, index] for index, _ in enumerate(node.units)) >= node.need if node.units else not lost
            state = (
                own
                and all(up[other] for other in node.hard)
                and all(any(up[other] for other in group) for group in node.alternatives)
            )
            changed, up[name] = changed or state != up[name], state
    return up[entry]


def partitions(system: System) -> Iterator[dict[int, int]]:
    """Yield the ways in which classes of zones may be real zones: each class has the number of its zone."""

    def extend(assigned: dict[int, int], token: int) -> Iterator[dict[int, int]]:
        if token == system.zones:
            yield assigned
            return
        for zone in range(max(assigned.values(), default=-1) + 2):
            if all(zone != own or frozenset((token, other)) not in system.distinct for other, own in assigned.items()):
                yield from extend({**assigned, token: zone}, token + 1)

    return extend({}, 0)


def stops(system: System, entry: str, events: tuple[Event, ...], *, pessimistic: bool) -> bool:
    """Whether events stop the entry: with all classes apart, or in the worst way in which they may coincide."""
    apart = {token: token for token in range(system.zones)}
    for zones in partitions(system) if pessimistic else [apart]:
        lost = {zones[event.number] for event in events if event.kind == "zone"}
        tokens = {token for token, zone in zones.items() if zone in lost}
        units = {(event.node, event.number) for event in events if event.kind == "hardware"}
        if not works(system, entry, tokens, units, region=REGION in events):
            return True
    return False


def random_system(seed: int) -> System:
    choose = random.Random(seed)
    zones = choose.randint(0, MAX_TOKENS)
    names = [f"N{index}" for index in range(choose.randint(1, 5))]
    nodes: dict[str, Node] = {}
    for index, name in enumerate(names):
        others = names[index + 1 :] if choose.random() < 0.8 else [other for other in names if other != name]
        hard = tuple(other for other in others if choose.random() < 0.4)
        group = tuple(other for other in others if choose.random() < 0.3)
        units = tuple(
            Unit(
                zone=choose.randrange(zones) if zones and choose.random() < 0.8 else None,
                fails_alone=choose.random() < 0.7,
            )
            for _ in range(choose.randint(0, 3))
        )
        nodes[name] = Node(
            units=units,
            need=choose.randint(1, max(len(units), 1)),
            hard=hard,
            alternatives=(group,) if group else (),
            is_global=choose.random() < 0.2,
        )
    for name in names:  # zonal dependencies: a unit works only with a unit of another node, such as a mount target
        later = [other for other in names[names.index(name) + 1 :] if nodes[other].units]
        if later and choose.random() < 0.4:
            other = choose.choice(later)
            needs = ((other, choose.randrange(len(nodes[other].units))),)
            units = tuple(unit._replace(needs=needs) if choose.random() < 0.5 else unit for unit in nodes[name].units)
            nodes[name] = nodes[name]._replace(units=units)
    distinct = frozenset(frozenset(pair) for pair in combinations(range(zones), 2) if choose.random() < 0.5)
    return System(nodes=nodes, zones=zones, distinct=distinct)


@pytest.mark.parametrize("pessimistic", [False, True], ids=["zones apart", "zones may coincide"])
def test_engine_agrees_with_one_scenario_at_a_time(pessimistic: bool) -> None:
    for seed in range(500):
        system = random_system(seed)
        effects = Effects(system, "N0", pessimistic=pessimistic)
        found = effects.cut_sets()
        events = effects.events
        single = [event for event in events if stops(system, "N0", (event,), pessimistic=pessimistic)]
        rest = [event for event in events if event not in single and event != REGION]
        double = [pair for pair in combinations(rest, 2) if stops(system, "N0", pair, pessimistic=pessimistic)]

        assert list(found.single) == single, seed
        assert found.double is not None and set(found.double) == set(double), seed


def test_optimistic_cut_sets_are_among_the_pessimistic_ones() -> None:
    for seed in range(300):
        system = random_system(seed)
        apart = Effects(system, "N0", pessimistic=False).cut_sets()
        together = Effects(system, "N0", pessimistic=True).cut_sets()

        assert set(apart.single) <= set(together.single)


def test_another_replica_in_a_zone_of_its_own_never_makes_a_zone_worse() -> None:
    for seed in range(300):
        system = random_system(seed)
        name = next((name for name, node in system.nodes.items() if node.units), None)
        if name is None:
            continue
        new_zone = system.zones
        pairs = {frozenset((zone, new_zone)) for zone in range(new_zone)}
        node = system.nodes[name]
        larger = system._replace(
            nodes={**system.nodes, name: node._replace(units=(*node.units, Unit(zone=new_zone)))},
            zones=new_zone + 1,
            distinct=system.distinct | pairs,
        )
        before = Effects(system, "N0", pessimistic=True).cut_sets().single
        after = Effects(larger, "N0", pessimistic=True).cut_sets().single

        assert {event for event in after if event != Event("zone", number=new_zone)} <= set(before), seed


def test_names_change_nothing() -> None:
    for seed in range(200):
        system = random_system(seed)
        names = {name: f"Z{9 - int(name[1:])}" for name in system.nodes}
        renamed = system._replace(
            nodes={
                names[name]: node._replace(
                    hard=tuple(names[other] for other in node.hard),
                    alternatives=tuple(tuple(names[other] for other in group) for group in node.alternatives),
                    units=tuple(
                        unit._replace(needs=tuple((names[other], index) for other, index in unit.needs))
                        for unit in node.units
                    ),
                )
                for name, node in system.nodes.items()
            }
        )
        plain = Effects(system, "N0", pessimistic=True).cut_sets()
        other = Effects(renamed, names["N0"], pessimistic=True).cut_sets()

        assert {event._replace(node=names.get(event.node, "")) for event in plain.single} == set(other.single)
        assert plain.double is not None and other.double is not None
        expected = {frozenset(event._replace(node=names.get(event.node, "")) for event in p) for p in plain.double}
        assert expected == {frozenset(pair) for pair in other.double}


def test_region_takes_everything_but_global_nodes() -> None:
    edge = Node(hard=("Web",), is_global=True)
    system = System({"Edge": edge, "Web": Node(), "Dns": Node(is_global=True)})

    assert Effects(system, "Edge", pessimistic=False).cut_sets().single == (REGION,)
    assert Effects(system, "Dns", pessimistic=False).cut_sets().single == ()


def test_two_of_three_units_are_needed() -> None:
    units = tuple(Unit(zone=zone) for zone in range(3))
    distinct = frozenset(frozenset(pair) for pair in combinations(range(3), 2))
    system = System({"Quorum": Node(units=units, need=2)}, zones=3, distinct=distinct)

    found = Effects(system, "Quorum", pessimistic=True).cut_sets()

    assert found.single == (REGION,)
    assert found.double is not None
    assert (Event("zone", number=0), Event("zone", number=1)) in found.double
    assert (Event("hardware", "Quorum", 0), Event("zone", number=0)) not in found.double


def test_five_hundred_resources_take_less_than_two_seconds() -> None:
    choose = random.Random(1)
    layers = [[f"L{layer}N{index}" for index in range(50)] for layer in range(10)]
    nodes = {"Entry": Node(hard=tuple(layers[0]))}
    for depth, layer in enumerate(layers):
        below = layers[depth + 1] if depth + 1 < len(layers) else []
        for name in layer:
            units = tuple(Unit(zone=choose.randrange(6)) for _ in range(choose.choice((0, 2, 2, 3))))
            nodes[name] = Node(units=units, hard=tuple(choose.sample(below, min(3, len(below)))))
    distinct = frozenset(frozenset(pair) for pair in combinations(range(6), 2))
    system = System(nodes, zones=6, distinct=distinct)

    start = time.process_time()
    effects = Effects(system, "Entry", pessimistic=False)
    found = effects.cut_sets()
    seconds = time.process_time() - start

    assert len(nodes) == 501
    assert len(effects.events) > 700
    assert found.double is not None
    assert seconds < 2
