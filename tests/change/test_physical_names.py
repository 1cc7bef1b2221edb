"""Physical names that a resource keeps although another one takes its place."""

from __future__ import annotations

import pytest

from tests.helpers.comparisons import QUEUE, compared, only_change, resource

SERVICE = """\
Resources:
  Cluster: {Type: AWS::ECS::Cluster, Properties: {ClusterName: one}}
  Service: {Type: AWS::ECS::Service, Properties: {ServiceName: web, Cluster: !Ref Cluster, SchedulingStrategy: REPLICA}}
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("orders", "orders", id="literal"),
        pytest.param("!Sub '${AWS::StackName}-orders'", "${AWS::StackName}-orders", id="assembled"),
    ],
)
def test_name_stays(name: str, text: str) -> None:
    old = resource(f"{{GroupName: {name}, GroupDescription: a}}", "AWS::EC2::SecurityGroup")
    assert only_change(old, old.replace("Description: a", "Description: b")).kept_name == text


def test_name_made_by_cloudformation_is_not_kept() -> None:
    old = resource("{GroupDescription: a}", "AWS::EC2::SecurityGroup")
    assert only_change(old, old.replace("Description: a", "Description: b")).kept_name == ""


def test_name_in_another_vpc_is_free() -> None:
    old = resource("{GroupName: orders, GroupDescription: a, VpcId: vpc-1}", "AWS::EC2::SecurityGroup")
    assert only_change(old, old.replace("vpc-1", "vpc-2")).kept_name == ""


def test_name_in_a_replaced_cluster_is_free() -> None:
    changes = compared(SERVICE, SERVICE.replace("one", "two")).by_id()
    assert (changes["Service"].effect, changes["Service"].kept_name) == ("replaces", "")


def test_name_in_a_cluster_that_stays_is_taken() -> None:
    changes = compared(SERVICE, SERVICE.replace("REPLICA", "DAEMON")).by_id()
    assert (changes["Service"].effect, changes["Service"].kept_name) == ("replaces", "web")


def test_same_name_under_another_logical_id_is_a_rename() -> None:
    new = resource("{QueueName: orders, DelaySeconds: 5, MaximumMessageSize: 1024}", "AWS::SQS::Queue")
    change = only_change(QUEUE, new)
    assert (change.kind, change.kept_name) == ("renamed", "orders")


def test_perhaps_replaced_resource_keeps_its_name() -> None:
    old = resource("{GroupName: orders, GroupDescription: a}", "AWS::EC2::SecurityGroup")
    new = old.replace("Description: a", "Description: !Ref Purpose")
    change = only_change(old, f"Parameters: {{Purpose: {{Type: String}}}}\n{new}")
    assert (change.effect, change.possible_effect, change.kept_name) == ("none", "replaces", "orders")
