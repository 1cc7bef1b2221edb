"""What stops when one resource fails."""

from __future__ import annotations

from typing import Any

import pytest

from relint.model.system.outage import stopped_by
from relint.model.system.separation import Separation, separation_of
from relint.resolve.value import Unknown
from tests.helpers.views import view_of

INSTANCE = {"Type": "AWS::EC2::Instance", "Properties": {}}


def target_group(*targets: str) -> dict[str, Any]:
    identifiers = [{"Id": {"Ref": target}} for target in targets]
    return {"Type": "AWS::ElasticLoadBalancingV2::TargetGroup", "Properties": {"Targets": identifiers}}


def function(**variables: Any) -> dict[str, Any]:
    return {"Type": "AWS::Lambda::Function", "Properties": {"Environment": {"Variables": variables}}}


def address_of(name: str) -> dict[str, Any]:
    return {"Fn::GetAtt": [name, "PrivateIp"]}


BALANCER = {
    "Balancer": {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer", "Properties": {}},
    "Listener": {
        "Type": "AWS::ElasticLoadBalancingV2::Listener",
        "Properties": {
            "LoadBalancerArn": {"Ref": "Balancer"},
            "DefaultActions": [{"TargetGroupArn": {"Ref": "Group"}}],
        },
    },
}
HOSTED = {
    "Service": {
        "Type": "AWS::ECS::Service",
        "Properties": {"CapacityProviderStrategy": [{"CapacityProvider": {"Ref": "Provider"}}]},
    },
    "Provider": {
        "Type": "AWS::ECS::CapacityProvider",
        "Properties": {"AutoScalingGroupProvider": {"AutoScalingGroupArn": {"Ref": "X"}}},
    },
    "X": {"Type": "AWS::AutoScaling::AutoScalingGroup", "Properties": {}},
}


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        pytest.param(
            {**BALANCER, "Group": target_group("X")}, ["X", "Group", "Listener", "Balancer"], id="the only target"
        ),
        pytest.param({**BALANCER, "Group": target_group("X", "Y"), "Y": INSTANCE}, ["X"], id="one of two targets"),
        pytest.param({"F": function(A=address_of("X"))}, ["X", "F"], id="the only address that a function knows"),
        pytest.param(
            {"F": function(A=address_of("X"), B=address_of("Y")), "Y": INSTANCE}, ["X"], id="one of two such addresses"
        ),
        pytest.param(
            {"F": function(A=address_of("X"), B={"Ref": "T"}), "T": {"Type": "AWS::DynamoDB::Table"}},
            ["X", "F"],
            id="a table does not stand in for a server",
        ),
        pytest.param(
            {"F": function(A=address_of("X"), G={"Ref": "G"}), "G": function(F={"Ref": "F"})},
            ["X", "F", "G"],
            id="functions that call each other",
        ),
        pytest.param(
            {
                "F": function(A=address_of("X")),
                "M": {
                    "Type": "AWS::Lambda::EventSourceMapping",
                    "Properties": {"FunctionName": {"Ref": "F"}, "EventSourceArn": {"Fn::GetAtt": ["Q", "Arn"]}},
                },
                "Q": {"Type": "AWS::SQS::Queue"},
            },
            ["X", "F"],
            id="work that waits in a queue",
        ),
        pytest.param(HOSTED, ["X", "Service", "Provider"], id="the only hosts of a service"),
        pytest.param(
            {
                **HOSTED,
                "Service": {
                    "Type": "AWS::ECS::Service",
                    "Properties": {"LaunchType": "FARGATE", "Cluster": {"Ref": "Cluster"}},
                },
                "Cluster": {"Type": "AWS::ECS::Cluster", "Properties": {"CapacityProviders": [{"Ref": "Provider"}]}},
            },
            ["X", "Provider"],
            id="hosts of a cluster in which a service runs on Fargate",
        ),
    ],
)
def test_failure_stops(resources: dict[str, Any], expected: list[str]) -> None:
    view = view_of({"X": INSTANCE, **resources})
    stopped = stopped_by(view, view.template.resources["X"])
    assert not isinstance(stopped, Unknown)
    assert list(stopped) == expected


def test_way_leads_from_the_entry_point_to_the_failed_resource() -> None:
    resources = {
        **BALANCER,
        "Group": target_group("X"),
        "X": {"Type": "AWS::EC2::Instance", "Properties": {"UserData": {"Ref": "Data"}}},
        "Data": {"Type": "AWS::DynamoDB::Table"},
    }
    view = view_of(resources)
    separation = separation_of(view, view.template.resources["X"])
    assert isinstance(separation, Separation)
    assert [(edge.source, edge.target) for edge in separation.way] == [
        ("Balancer", "Listener"),
        ("Listener", "Group"),
        ("Group", "X"),
    ]
    assert separation.store is view.template.resources["Data"]


@pytest.mark.parametrize("front", ["Balancer", "Listener", "Group"])
def test_first_resource_of_a_template_is_the_entry_if_its_front_is_in_another_stack(front: str) -> None:
    names = ["Balancer", "Listener", "Group"]
    resources = {**BALANCER, "Group": target_group("X"), "X": INSTANCE}
    listener = {"DefaultActions": [{"TargetGroupArn": {"Ref": "Group"}}], "LoadBalancerArn": {"Fn::ImportValue": "web"}}
    if front == "Listener":
        resources["Listener"] = {"Type": "AWS::ElasticLoadBalancingV2::Listener", "Properties": listener}
    for name in names[: names.index(front)]:
        del resources[name]
    view = view_of(resources)
    separation = separation_of(view, view.template.resources["X"])
    assert isinstance(separation, Separation)
    assert separation.entry.logical_id == front


def test_failure_in_a_template_with_too_many_dependencies_is_unknown() -> None:
    names = [f"F{index}" for index in range(150)]
    functions = {name: function(**{other: {"Ref": other} for other in names}, X=address_of("X")) for name in names}
    view = view_of({"X": INSTANCE, **functions})
    assert isinstance(stopped_by(view, view.template.resources["X"]), Unknown)
