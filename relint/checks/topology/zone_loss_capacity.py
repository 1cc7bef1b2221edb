"""Serving units that are left when an Availability Zone fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.checks.problem import Problem
from relint.logic.numbers import integer_value
from relint.logic.predicates import apply_test
from relint.model.availability_zones import count_zones
from relint.model.aws.auto_scaling import TRAFFIC, is_attached
from relint.model.system.redundancy import redundancy_of
from relint.model.zone_members import is_distinct_zone, zone_of_resource
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.system.redundancy.record import Redundancy
    from relint.model.view import View
    from relint.model.zone_members import ZoneMember
    from relint.source.location import Path

_GROUP = "AWS::AutoScaling::AutoScalingGroup"
_SERVICE = "AWS::ECS::Service"
_INSTANCE = "AWS::EC2::Instance"
_MAX_ZONES = 6
"""No Region has more."""

_UNITS = {_GROUP: "instances", _SERVICE: "tasks", _INSTANCE: "instances", "AWS::EKS::Nodegroup": "nodes"}
_SERVICE_TRAFFIC = (
    ("LoadBalancers",),
    ("VpcLatticeConfigurations",),
    ("ServiceConnectConfiguration", "Services"),
    ("ServiceRegistries",),
)


class _Pool(NamedTuple):
    """Units that serve together: how many run, in how many zones, and how many the fullest zone holds at most."""

    running: int
    zones: int
    lost: int


def check(resource: Resource, view: View, share: int) -> Iterator[Problem | Unknown]:
    """Yield a problem where the loss of the fullest zone leaves less than `share` percent of the units that run.

    Auto Scaling, ECS and EKS spread units evenly over zones; instances lie where the template puts them.
    Message values: `count`, `zones`, `left`, `lost` and `units`. Nothing where a rule of the type says that there are
    too few units or zones. Unknown if the number of units or zones decides and is unknown.
    """
    if not _serves(view, resource) or _has_too_few(view, resource):
        return
    pool: _Pool | Unknown | None
    if resource.type == _INSTANCE:
        from relint.model.aws.serving_instances import are_all_targets, registered_with  # most templates have groups

        instances = registered_with(view, resource)
        if len(instances) < 2 or instances[0] is not resource or not are_all_targets(view, instances):
            return
        pool = _pool_in_zones([(zone_of_resource(view, other), 1) for other in instances])
        related = tuple((other.path, "It serves, too.") for other in instances[1:])
    else:
        companions = _companions(view, resource)
        if companions[0] is not resource:
            return
        related = tuple((other.path, "It serves, too.") for other in companions[1:])
        pool = _pool_of_groups(view, companions) if related else _pool_of(redundancy_of(view, resource), share)
    if isinstance(pool, Unknown):
        yield pool
    elif pool is not None and not _suffices(pool, share):
        values = {
            "count": pool.running,
            "zones": pool.zones,
            "left": pool.running - pool.lost,
            "lost": pool.lost,
            "units": _UNITS[resource.type],
        }
        yield Problem(_size_path(view, resource), values=values, related=related, message="pool" if related else None)


def _suffices(pool: _Pool, share: int) -> bool:
    return (pool.running - pool.lost) * 100 >= pool.running * share


def _even(running: int, zones: int) -> _Pool:
    return _Pool(running=running, zones=zones, lost=-(-running // zones))


def _pool_of(redundancy: Redundancy, share: int) -> _Pool | Unknown | None:
    """Return the pool of one group; None if it is lost with its only zone, or has one unit, of which other rules tell.

    Unknown if some numbers of units or zones that the template allows suffice and others do not.
    """
    running, zones = redundancy.running, redundancy.zones
    counts = range(max(zones.lower, 2), (zones.upper or _MAX_ZONES) + 1)
    if not counts:
        return None
    if isinstance(running, Unknown):
        is_open = zones.unknown is None and not all(_suffices(_even(n, counts[0]), share) for n in range(2, 20))
        return running if is_open else None
    if running is None or running < 2:
        return None
    pools = [_even(running, count) for count in counts]
    sufficient = [_suffices(pool, share) for pool in pools]
    if all(sufficient) or not any(sufficient):
        return pools[0]
    return zones.unknown or pools[0]


def _pool_of_groups(view: View, groups: list[Resource]) -> _Pool | Unknown | None:
    """Return the pool of several groups; Unknown if a size is unknown, None if their zones are."""
    placed: list[tuple[ZoneMember, int]] = []
    unknown: Unknown | None = None
    for group in groups:
        redundancy = redundancy_of(view, group)
        places = list({place.zone: place for place in redundancy.places}.values())
        running = redundancy.running
        if running is None or count_zones(view, places).lower != len(places):
            return None
        if isinstance(running, Unknown):
            unknown = unknown or running
        else:
            placed += [(place, -(-running // len(places))) for place in places]
    if unknown is not None:
        return unknown
    sizes = [redundancy_of(view, group).running for group in groups]
    total = sum(size for size in sizes if isinstance(size, int))
    pool = _pool_in_zones(placed)
    return pool._replace(running=total) if pool is not None else None


def _pool_in_zones(placed: list[tuple[ZoneMember, int]]) -> _Pool | None:
    """Return the pool of units in zones that the template tells apart; None if some may be equal, or all are."""
    units: dict[object, int] = {}
    members: dict[object, ZoneMember] = {}
    for member, number in placed:
        if any(member.zone != zone and not is_distinct_zone(member, other) for zone, other in members.items()):
            return None
        members[member.zone] = member
        units[member.zone] = units.get(member.zone, 0) + number
    if len(units) < 2:
        return None
    return _Pool(running=sum(units.values()), zones=len(units), lost=max(units.values()))


def _serves(view: View, resource: Resource) -> bool:
    """Whether requests reach a resource; those of the pods on a node group are not in the template."""
    if resource.type == _GROUP:
        return is_attached(view, resource)
    if resource.type == _SERVICE:
        if not _is_spread_by_ecs(view, resource):
            return False
        values = (view.get(resource, "Properties", *steps).value for steps in _SERVICE_TRAFFIC)
        return any(value is not ABSENT and value != [] for value in values)
    return True


def _is_spread_by_ecs(view: View, service: Resource) -> bool:
    """Whether ECS chooses the zones of tasks: not of daemons, one on each instance, nor on the user's own machines."""
    launch_type = view.get(service, "Properties", "LaunchType").value
    strategy = view.get(service, "Properties", "SchedulingStrategy").value
    return bool(launch_type != "EXTERNAL" and strategy != "DAEMON")


def _has_too_few(view: View, resource: Resource) -> bool:
    """Whether the rule of the type asks for more units: the group or service may shrink to one."""
    sizes = [view.get(resource, "Properties", *steps) for steps in _SIZES.get(resource.type, ())]
    smallest = [integer_value(size) for size in sizes if size.value is not ABSENT]
    if resource.type == _SERVICE:
        from relint.model.aws.application_auto_scaling import scaling_registrations

        targets = scaling_registrations(view, resource, "ecs:service:DesiredCount")
        smallest += [integer_value(view.get(target.properties, "MinCapacity")) for target in targets]
        if _packs_tasks(view, resource):
            return True
    return any(apply_test("below", size, 2) is True for size in smallest)


_SIZES: dict[str, tuple[tuple[str, ...], ...]] = {
    _GROUP: (("MinSize",),),
    _SERVICE: (("DesiredCount",),),
    "AWS::EKS::Nodegroup": (("ScalingConfig", "MinSize"),),
}


def _packs_tasks(view: View, service: Resource) -> bool:
    """Whether a service places its tasks by something else than their zones, of which ECS-703 tells."""
    strategies = view.get(service, "Properties", "PlacementStrategies")
    if strategies.value is ABSENT or strategies.value == []:
        return False
    fields = view.select(service, ("Properties", "PlacementStrategies", "*", "Field"))
    return not any(str(field.value).endswith("ecs.availability-zone") for field in fields)


def _companions(view: View, resource: Resource) -> list[Resource]:
    """Return the groups or services that serve the same requests as a resource, itself included, in order."""
    if resource.type == "AWS::EKS::Nodegroup":
        from relint.checks.eks.interchangeable_node_groups import groups_like

        return groups_like(view, resource)
    traffic = TRAFFIC if resource.type == _GROUP else ("LoadBalancers",)
    sources = {
        source.logical_id: source
        for name in traffic
        for source in view.referents(resource, _SOURCES, ("Properties", name))
    }
    companions = {resource.logical_id: resource} if len(sources) != 1 else {}
    for source in sources.values():
        companions.update(_served_by(view, source, resource.type, traffic))
    if len(sources) < 2:
        return list(companions.values())
    return [other for other in view.resources(resource.type) if other.logical_id in companions]


def _served_by(view: View, source: Resource, resource_type: str, traffic: Sequence[str]) -> dict[str, Resource]:
    """Return the groups or services behind a target group or load balancer, in the order of the template."""

    def build(view: View) -> dict[str, Resource]:
        found = {
            other.logical_id
            for name in traffic
            for other in view.referrers(source, (resource_type,), ("Properties", name))
        }
        return {other.logical_id: other for other in view.resources(resource_type) if other.logical_id in found}

    return view.cached(f"{resource_type} behind {source.logical_id}", build)


_SOURCES = ("AWS::ElasticLoadBalancingV2::TargetGroup", "AWS::ElasticLoadBalancing::LoadBalancer")


def _size_path(view: View, resource: Resource) -> Path:
    """Return the property that decides how many units run."""
    names = {
        _GROUP: (("DesiredCapacity",), ("MinSize",)),
        _SERVICE: (("DesiredCount",),),
        "AWS::EKS::Nodegroup": (("ScalingConfig", "DesiredSize"), ("ScalingConfig", "MinSize")),
    }.get(resource.type, ())
    for steps in names:
        located = view.get(resource, "Properties", *steps)
        if located.value is not ABSENT:
            return located.path
    return resource.path
