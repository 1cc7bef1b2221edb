"""From the parts of a system to the abstract system that the engine judges, once for each bound."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.assessment.abstract import Node, System, Unit
from relint.assessment.annotations import MAX_NEED
from relint.assessment.zones import ZoneClasses
from relint.model.system.paths import SERVING
from relint.model.system.resource_groups import HOSTS
from relint.resolve.value import ABSENT

if TYPE_CHECKING:
    from relint.assessment.parts import Dependency, Part, Parts

_DISTRIBUTION = "AWS::CloudFront::Distribution"
_ADDRESSES = ("AWS::EC2::EIP", "AWS::EC2::NetworkInterface")
_INTERCHANGEABLE = (*HOSTS, "AWS::ElastiCache::CacheCluster")
"""Types of which a program that knows several addresses may need one only, or all."""

_MAX_UNITS = 20
"""Units of a part that are told apart; one unit is enough, so that more of them change nothing."""

_MAX_NEEDED_UNITS = 2 * MAX_NEED
"""Units of a part of which an annotation needs several."""


class Model(NamedTuple):
    """The abstract system in one bound, and its classes of zones, with their labels and keys."""

    system: System
    labels: Mapping[int, str]
    is_pessimistic: bool
    keys: Mapping[int, object]
    zones: ZoneClasses


def build_model(parts: Parts, *, pessimistic: bool, with_events: bool) -> Model:
    """Return the abstract system of parts.

    The pessimistic bound has the fewest units that the template allows, and lets zones coincide unless they are proven
    different. With `with_events` also what is handed on counts as a dependency, as it does for work that waits.
    """
    kinds = {*SERVING, "event"} if with_events else set(SERVING)
    dependencies: dict[str, list[Dependency]] = {}
    for dependency in parts.dependencies:
        if dependency.relation is None or dependency.relation.kind in kinds:
            dependencies.setdefault(dependency.source, []).append(dependency)
    zones = ZoneClasses()
    nodes: dict[str, Node] = {}
    mount_targets = _mount_targets(parts)
    for part in parts.parts.values():
        hard, alternatives = _split(parts, part, dependencies.get(part.id, ()), pessimistic=pessimistic)
        units = _units(part, mount_targets.get(part.id, ()), zones, pessimistic=pessimistic)
        nodes[part.id] = Node(
            units=units,
            need=min(part.annotation.need or 1, max(len(units), 1)),
            hard=tuple(hard),
            alternatives=tuple(tuple(group) for group in alternatives),
            is_global=part.redundancy.scope == "global",
        )
    system = System(nodes, zones.count, frozenset(zones.distinct))
    return Model(system, zones.labels, pessimistic, zones.keys, zones)


def _units(part: Part, mount_targets: Iterable[Part], zones: ZoneClasses, *, pessimistic: bool) -> tuple[Unit, ...]:
    redundancy = part.redundancy
    targets = list(mount_targets)
    if targets and redundancy.scope == "regional":
        return tuple(Unit(zone=zones.place_mount_target(target), fails_alone=False) for target in targets)
    if part.resource.type in _ADDRESSES or redundancy.scope == "global":
        return ()
    if redundancy.scope == "regional" and not redundancy.places:
        return ()
    count = redundancy.units if redundancy.scope == "unit" else redundancy.zones
    number = max(count.lower, 1)
    if count.unknown is not None and not pessimistic:
        number = max(number, 2 if count.upper is None else count.upper)
    number = min(number, _MAX_UNITS if part.annotation.need is None else _MAX_NEEDED_UNITS)
    return tuple(Unit(zone=zone, fails_alone=redundancy.scope == "unit") for zone in zones.place(part, number))


def _mount_targets(parts: Parts) -> dict[str, list[Part]]:
    """Return the mount targets of each file system, by which its clients reach it."""
    targets: dict[str, list[Part]] = {}
    for source, target, relation, _ in parts.dependencies:
        if relation is not None and relation.kind == "placement":
            part = parts.parts[target]
            if part.resource.type == "AWS::EFS::MountTarget":
                targets.setdefault(source, []).append(part)
    return targets


def _split(
    parts: Parts, part: Part, dependencies: Iterable[Dependency], *, pessimistic: bool
) -> tuple[list[str], list[list[str]]]:
    """Return the parts that a part needs, and groups of parts of which it needs one."""
    hard: list[str] = []
    groups: dict[str, list[str]] = {}
    has_group = part.resource.type == _DISTRIBUTION and _has_origin_group(part)
    for dependency in dependencies:
        relation, target = dependency.relation, dependency.target
        target_type = parts.parts[target].resource.type
        if relation is None:
            groups.setdefault("hosts", []).append(target)
        elif relation.are_alternatives:
            groups.setdefault("any", []).append(target)
        elif not pessimistic and relation.basis == "inferred" and target_type in _INTERCHANGEABLE:
            groups.setdefault(target_type, []).append(target)
        elif not pessimistic and has_group and relation.kind == "request":
            groups.setdefault("origins", []).append(target)
        else:
            hard.append(target)
    return list(dict.fromkeys(hard)), [list(dict.fromkeys(group)) for group in groups.values()]


def _has_origin_group(part: Part) -> bool:
    return part.view().get(part.resource, "Properties", "DistributionConfig", "OriginGroups").value is not ABSENT
