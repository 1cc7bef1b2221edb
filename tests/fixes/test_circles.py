"""Fixes after which resources would wait for one another are refused."""

from __future__ import annotations

from typing import Any

import pytest

import relint
from relint.finding import Report
from relint.fixes.apply import fix_document
from relint.fixes.circles import has_new_circle
from relint.fixes.edit import Edit
from relint.source.read import read_document

SERVICE = """\
Resources:
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {VpcId: vpc-0123456789abcdef0, Port: 80, Protocol: HTTP, TargetType: ip}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    DependsOn: Service
    Properties: {Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}
  Service:
    Type: AWS::ECS::Service
    Properties: {LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Targets}]}
"""


def check(text: str) -> Report:
    return relint.check_text(text, name="t.yaml", ruleset="all", select=["ECS-705"], config=None)


def test_dependency_that_closes_a_circle_is_refused() -> None:
    result = fix_document(read_document(SERVICE, "t.yaml"), check(SERVICE).findings, check, unsafe=True)
    assert [one.reason for one in result.unfixed] == ["resources would depend on one another in a circle"]
    assert result.document.source.text == SERVICE


@pytest.mark.parametrize(
    ("reference", "closes"),
    [
        pytest.param({"Ref": "A"}, True, id="a reference"),
        pytest.param({"Fn::GetAtt": ["A", "Arn"]}, True, id="an attribute"),
        pytest.param({"Fn::GetAtt": "A.Arn"}, True, id="an attribute in one text"),
        pytest.param({"Fn::Sub": "x-${A.Arn}"}, True, id="an attribute within a text"),
        pytest.param({"Fn::Sub": ["${A}-${x}", {"x": 1}]}, True, id="a name within a text with values of its own"),
        pytest.param([{"Fn::Join": ["", [{"Ref": "A"}]]}], True, id="a reference within other functions"),
        pytest.param({"Ref": "C"}, False, id="a reference to a resource that waits for nothing"),
        pytest.param({"Ref": "AWS::Region"}, False, id="a pseudo parameter"),
    ],
)
def test_each_kind_of_reference_closes_a_circle(reference: Any, closes: bool) -> None:
    before = {"Resources": {"A": {"DependsOn": ["B"]}, "B": {"Properties": {}}, "C": {}}}
    after = {"Resources": {**before["Resources"], "B": {"Properties": {"X": reference}}}}
    edit = Edit("set", ("Resources", "B", "Properties", "X"), reference)
    assert has_new_circle(before, after, [edit]) == closes


def test_circle_of_the_author_is_left_alone() -> None:
    before: dict[str, Any] = {"Resources": {"A": {"DependsOn": "B"}, "B": {"DependsOn": ["A"]}, "C": {}}}
    after = {"Resources": {**before["Resources"], "C": {"DependsOn": "A"}}}
    assert not has_new_circle(before, after, [Edit("set", ("Resources", "C", "DependsOn"), "A")])
