"""Kafka configurations with too few replicas, or that reject writes while one broker is down."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test, as_number, is_equal
from relint.logic.truth import Truth
from relint.model.text.java_properties import JavaProperties, parse_java_properties
from relint.resolve.value import ABSENT, Unknown, is_call

if TYPE_CHECKING:
    from relint.level import Level
    from relint.model.resource import Resource
    from relint.model.view import View

_REPLICATION_FACTOR = "default.replication.factor"
_MIN_IN_SYNC = "min.insync.replicas"
_UNCLEAN_ELECTION = "unclean.leader.election.enable"
_LEVELS = ("error", "warning", "note")


class _Cluster(NamedTuple):
    """A cluster that uses the configuration: its zones (None if unknown), and whether its storage is tiered."""

    zones: int | None
    is_tiered: Truth


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield one problem at ServerProperties, for the worst cluster with the configuration.

    Messages: `single` and `blocked` (errors), `few`, `alone` and `unclean` (warnings), `half` and `default-unclean`
    (notes), without values. Settings that are left out have the default of MSK, which depends on the number of zones.
    Express brokers have fixed settings. Unknown if a setting decides and is unknown.

    https://docs.aws.amazon.com/msk/latest/developerguide/msk-default-configuration.html
    """
    properties = view.get(resource, "Properties", "ServerProperties")
    if properties.value is ABSENT or isinstance(properties.value, dict | list):
        return
    referrers = view.referrers(resource, ("AWS::MSK::Cluster",), ("Properties", "ConfigurationInfo"))
    express = {cluster.logical_id: _is_express(view, cluster) for cluster in referrers}
    clusters = [_read_cluster(view, cluster) for cluster in referrers if express[cluster.logical_id] is False]
    if referrers and not clusters:
        yield from (truth for truth in express.values() if isinstance(truth, Unknown))
        return
    text = parse_java_properties(properties.value)
    faults: list[tuple[str, Level]] = []
    for cluster in clusters or [_Cluster(zones=None, is_tiered=False)]:
        for fault in (_replication_fault(text, cluster), _election_fault(text, cluster, is_used=bool(clusters))):
            if isinstance(fault, Unknown):
                yield fault
            elif fault is not None:
                faults.append(fault)
    if faults:
        message, level = min(faults, key=lambda fault: _LEVELS.index(fault[1]))
        yield Problem(properties.path, message=message, level=level)


def _is_express(view: View, cluster: Resource) -> Truth:
    instance_type = view.get(cluster, "Properties", "BrokerNodeGroupInfo", "InstanceType").value
    return instance_type if isinstance(instance_type, Unknown) else str(instance_type).startswith("express.")


def _read_cluster(view: View, cluster: Resource) -> _Cluster:
    subnets = view.scenario.items(view.get(cluster, "Properties", "BrokerNodeGroupInfo", "ClientSubnets"))
    is_open_ended = any(
        isinstance(subnet.value, Unknown) and is_call(subnet.value.expression, "Items") for subnet in subnets
    )
    zones = len(subnets) if len(subnets) in (2, 3) and not is_open_ended else None
    mode = view.get(cluster, "Properties", "StorageMode").value
    return _Cluster(zones=zones, is_tiered=apply_test("equals", mode, "TIERED"))


def _replication_fault(text: JavaProperties, cluster: _Cluster) -> tuple[str, Level] | Unknown | None:
    """Return message and level of a wrong number of replicas, in total or in sync."""
    if text.get(_REPLICATION_FACTOR) is ABSENT and text.get(_MIN_IN_SYNC) is ABSENT:
        return None
    zones = cluster.zones
    replicas = _setting(text, _REPLICATION_FACTOR, default=zones, bounds=(2, 3))
    in_sync = _setting(text, _MIN_IN_SYNC, default=None if zones is None else zones - 1, bounds=(1, 2))
    if apply_test("equals", replicas, 1) is True:
        return "single", "error"
    is_blocked = apply_test("min", in_sync, replicas)
    if is_blocked is True:
        return "blocked", "error"
    if isinstance(is_blocked, Unknown):
        return is_blocked
    has_three = apply_test("min", replicas, 3)
    if has_three is False and zones == 3:
        return "few", "warning"
    if has_three is not True and zones is None:
        return Unknown((_REPLICATION_FACTOR,), "how many zones the brokers lie in is not known")
    if apply_test("max", in_sync, 1) is True and text.get(_MIN_IN_SYNC) is not ABSENT:
        return ("half", "note") if zones == 2 else ("alone", "warning")
    return None


def _setting(text: JavaProperties, key: str, *, default: int | None, bounds: tuple[int, int]) -> Any:
    """Return a number of the text, or the default of MSK; without a known default, an Unknown within `bounds`."""
    value = text.get(key)
    if value is ABSENT and default is None:
        reason = f'the default of "{key}" depends on the number of zones'
        return Unknown((key,), reason, minimum=bounds[0], maximum=bounds[1])
    if value is ABSENT or isinstance(value, Unknown):
        return default if value is ABSENT else value
    return value if as_number(value) is not None else Unknown((key, value), f'"{key}" is no number')


def _election_fault(text: JavaProperties, cluster: _Cluster, *, is_used: bool) -> tuple[str, Level] | Unknown | None:
    """Return message and level if an out-of-sync replica may become leader."""
    is_unclean = text.get(_UNCLEAN_ELECTION)
    if isinstance(is_unclean, Unknown):
        return is_unclean
    if is_unclean is not ABSENT:
        return ("unclean", "warning") if is_equal(is_unclean, right=True) else None
    if cluster.is_tiered is True:
        return None
    if isinstance(cluster.is_tiered, Unknown):
        return cluster.is_tiered
    if not is_used:
        return Unknown((_UNCLEAN_ELECTION,), "whether the storage of the clusters is tiered is not known")
    return "default-unclean", "note"
