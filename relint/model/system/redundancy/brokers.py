"""Redundancy of message brokers and of replication instances."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from relint._typing import TYPE_CHECKING
from relint.model.availability_zones import count_zones
from relint.model.system.redundancy.record import Redundancy, between, choice, spanned
from relint.model.system.redundancy.values import has_value, is_true, number_at, path_of, places_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_REDUNDANT_MODES = ("ACTIVE_STANDBY_MULTI_AZ", "CLUSTER_MULTI_AZ")


def _broker(view: View, resource: Resource) -> Redundancy:
    is_redundant = has_value(view, resource, "DeploymentMode", among=_REDUNDANT_MODES)
    count = choice(is_redundant, 2, 1, path_of(resource, "DeploymentMode"), "one-broker", "MQ-701")
    return Redundancy(
        "unit", units=count, zones=count, state="ephemeral", spread="proven", places=places_of(view, resource)
    )


def _kafka(view: View, resource: Resource) -> Redundancy:
    brokers = number_at(view, resource, "NumberOfBrokerNodes")
    places = places_of(view, resource)
    subnets = path_of(resource, "BrokerNodeGroupInfo", "ClientSubnets")
    return Redundancy(
        scope="unit",
        units=between(brokers, brokers, path_of(resource, "NumberOfBrokerNodes"), "one-broker", "MSK-701", least=1),
        zones=spanned(count_zones(view, places), subnets, "MSK-701"),
        state="ephemeral",
        spread="proven",
        places=places,
    )


def _replication(view: View, resource: Resource) -> Redundancy:
    count = choice(is_true(view, resource, "MultiAZ"), 2, 1, path_of(resource, "MultiAZ"), "no-standby", "DMS-701")
    return Redundancy("unit", units=count, zones=count, spread="proven", places=places_of(view, resource))


READERS: Mapping[str, Callable[[View, Resource], Redundancy]] = {
    "AWS::AmazonMQ::Broker": _broker,
    "AWS::MSK::Cluster": _kafka,
    "AWS::DMS::ReplicationInstance": _replication,
}
