"""The request path: entry points, what they use, and their network."""

from __future__ import annotations

import pytest

from relint.change.change_set.compare import compare_change_set
from relint.change.change_set.reader import read_change_set
from relint.change.service.request_path import request_path, request_path_of
from relint.model.view import View
from relint.source.read import read_document
from tests.helpers.change_sets import change_set, detail, planned
from tests.helpers.comparisons import compared

SERVER = """\
Resources:
  Web: {Type: AWS::EC2::Instance, Properties: {SecurityGroupIds: [!Ref Open]}}
  Open:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: web
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}]
"""
ORDERS = """\
  Orders: {Type: AWS::RDS::DBInstance, Properties: {VPCSecurityGroups: [!Ref Closed]}}
  Closed:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupDescription: orders, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 3306, ToPort: 3306, %s}]}
"""


def view_of(text: str) -> View:
    return compared(text, text).old


def test_instance_for_everybody_is_an_entry_point() -> None:
    assert request_path(view_of(SERVER)).entries == {"Web"}


def test_instance_for_remote_access_is_not_an_entry_point() -> None:
    assert not request_path(view_of(SERVER.replace("443", "22"))).entries


def test_network_of_a_server_is_on_the_path() -> None:
    assert "Open" in request_path(view_of(SERVER)).entry_of


@pytest.mark.parametrize(
    ("source", "is_reached"),
    [
        pytest.param("SourceSecurityGroupId: !Ref Open", True, id="group of the server"),
        pytest.param("CidrIp: 10.0.0.0/8", True, id="private addresses"),
        pytest.param("CidrIp: 203.0.113.0/24", False, id="addresses of others"),
        pytest.param("SourceSecurityGroupId: sg-1", False, id="group of others"),
    ],
)
def test_store_is_on_the_path_by_its_security_group(source: str, is_reached: bool) -> None:
    assert ("Orders" in request_path(view_of(SERVER + ORDERS % source)).entry_of) is is_reached


def test_store_is_on_the_path_without_an_entry_point() -> None:
    text = "Resources:\n" + ORDERS % "SourceSecurityGroupId: sg-1"
    assert request_path(view_of(text)).entry_of == {"Orders": "", "Closed": ""}


def test_topic_of_alarms_is_not_an_entry_point() -> None:
    topic = "  Alarms: {Type: AWS::SNS::Topic}\n"
    mail = "  Mail: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Alarms, Protocol: email}}\n"
    alarm = "  High: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmActions: [!Ref Alarms]}}\n"
    assert request_path(view_of(f"Resources:\n{topic}{mail}")).entries == {"Alarms"}
    assert not request_path(view_of(f"Resources:\n{topic}{mail}{alarm}")).entries


def test_store_is_on_the_path_beside_a_topic_for_work() -> None:
    topic = "  Jobs: {Type: AWS::SNS::Topic}\n"
    mail = "  Mail: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Jobs, Protocol: email}}\n"
    text = "Resources:\n" + topic + mail + ORDERS % "SourceSecurityGroupId: sg-1"
    assert "Orders" in request_path(view_of(text)).entry_of


def test_all_resources_of_a_change_set_count_as_reached() -> None:
    group = planned(
        "Modify", "Web", "AWS::EC2::SecurityGroup", detail("GroupDescription", "Always"), Replacement="True"
    )
    comparison = compare_change_set(read_change_set(read_document(change_set(group), "plan.json")), None, None)
    assert request_path_of(comparison).entry_of == {"Web": ""}
