"""Groups and capacity providers with On-Demand instances that do the work of a group of Spot Instances."""

from __future__ import annotations

from typing import Any

import pytest

from relint.checks.autoscaling.on_demand_elsewhere import fact
from relint.resolve.value import Unknown
from tests.helpers.views import view_of

SPOT = {
    "MixedInstancesPolicy": {
        "InstancesDistribution": {"OnDemandBaseCapacity": 0, "OnDemandPercentageAboveBaseCapacity": 0}
    }
}
ON_DEMAND = {"LaunchTemplate": {"LaunchTemplateId": "lt-1"}}


def group(*parts: dict[str, Any]) -> dict[str, Any]:
    properties = {key: value for part in parts for key, value in part.items()}
    return {"Type": "AWS::AutoScaling::AutoScalingGroup", "Properties": properties}


def provider(of: str) -> dict[str, Any]:
    return {
        "Type": "AWS::ECS::CapacityProvider",
        "Properties": {"Name": f"of-{of}", "AutoScalingGroupProvider": {"AutoScalingGroupArn": {"Ref": of}}},
    }


def managed(**template: Any) -> dict[str, Any]:
    managed_provider = {"ManagedInstancesProvider": {"InstanceLaunchTemplate": template}}
    return {"Type": "AWS::ECS::CapacityProvider", "Properties": managed_provider}


def answer(resources: dict[str, Any]) -> Any:
    """Return the fact about `Spot`; the reason if it is unknown."""
    view = view_of(resources)
    found = fact(view.template.resources["Spot"], view)
    return found.reason if isinstance(found, Unknown) else found


@pytest.mark.parametrize(
    "served",
    [
        {"TargetGroupARNs": ["other", {"Ref": "Clients"}]},
        {"LoadBalancerNames": [{"Ref": "Clients"}]},
        {"TrafficSources": [{"Type": "vpc-lattice", "Identifier": {"Ref": "Clients"}}]},
    ],
)
def test_group_that_serves_the_same_clients(served: dict[str, Any]) -> None:
    clients = {"Type": "AWS::ElasticLoadBalancingV2::TargetGroup"}
    spot = group(SPOT, served)
    assert answer({"Clients": clients, "Spot": spot, "Other": group(ON_DEMAND, served)}) is True
    assert answer({"Clients": clients, "Spot": spot, "Other": group(SPOT, served)}) is False
    assert answer({"Clients": clients, "Spot": spot, "Other": group(ON_DEMAND)}) is False


@pytest.mark.parametrize("cluster_type", ["AWS::ECS::Cluster", "AWS::ECS::ClusterCapacityProviderAssociations"])
@pytest.mark.parametrize(
    ("member", "expected"),
    [
        ("FARGATE", True),
        ("FARGATE_SPOT", False),
        ({"Ref": "Beside"}, True),
        ("of-OnDemand", True),
        ({"Ref": "BesideSpot"}, False),
        ({"Ref": "Managed"}, True),
        ({"Ref": "ManagedSpot"}, False),
        ("shared", 'capacity provider "shared" is not in this template'),
        ({"Ref": "OfAnother"}, 'the group of "OfAnother" is not in this template'),
    ],
)
def test_capacity_provider_of_the_same_cluster(cluster_type: str, member: Any, *, expected: bool | str) -> None:
    elsewhere = {"AutoScalingGroupProvider": {"AutoScalingGroupArn": "arn:aws:autoscaling:us-east-1:1:group/x"}}
    resources = {
        "Spot": group(SPOT),
        "OnDemand": group(ON_DEMAND),
        "OtherSpot": group(SPOT),
        "Own": provider("Spot"),
        "Beside": provider("OnDemand"),
        "BesideSpot": provider("OtherSpot"),
        "Managed": managed(CapacityOptionType="ON_DEMAND"),
        "ManagedSpot": managed(CapacityOptionType="SPOT"),
        "OfAnother": {"Type": "AWS::ECS::CapacityProvider", "Properties": elsewhere},
    }
    for own in ({"Ref": "Own"}, "of-Spot"):
        cluster = {"Type": cluster_type, "Properties": {"CapacityProviders": [own, member]}}
        assert answer({**resources, "Cluster": cluster}) == expected


def test_provider_that_is_alone_in_its_cluster() -> None:
    cluster = {"Type": "AWS::ECS::Cluster", "Properties": {"CapacityProviders": [{"Ref": "Own"}]}}
    assert answer({"Spot": group(SPOT), "Own": provider("Spot"), "Cluster": cluster}) is False


def test_cluster_of_the_provider_is_elsewhere() -> None:
    reason = "which other capacity providers its cluster has is not in this template"
    other = {"Type": "AWS::ECS::Cluster", "Properties": {"CapacityProviders": ["FARGATE"]}}
    assert answer({"Spot": group(SPOT), "Own": provider("Spot"), "Cluster": other}) == reason
