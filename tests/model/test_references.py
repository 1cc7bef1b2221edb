"""References between the resources of a template."""

from __future__ import annotations

import json
from typing import Any

import pytest

from relint.model.references import property_path
from relint.model.template import Template
from relint.source.location import Path
from relint.source.read import read_document


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param({"Ref": "Queue"}, [("Queue", "")], id="a name"),
        pytest.param({"Fn::GetAtt": ["Queue", "Arn"]}, [("Queue", "Arn")], id="an attribute"),
        pytest.param({"Fn::GetAtt": "Queue.Dead.Arn"}, [("Queue", "Dead.Arn")], id="an attribute in one text"),
        pytest.param({"Fn::GetAtt": ["Queue", {"Ref": "Which"}]}, [("Queue", "")], id="an attribute of a parameter"),
        pytest.param({"Fn::GetAtt": "Queue"}, [], id="no attribute"),
        pytest.param(
            {"Fn::Sub": "a ${Queue} ${ Topic.TopicName } b"}, [("Queue", ""), ("Topic", "TopicName")], id="a text"
        ),
        pytest.param({"Fn::Sub": ["${Queue.Arn}", {}]}, [("Queue", "Arn")], id="a text with variables"),
        pytest.param({"Fn::Sub": ["${A}", {"A": {"Ref": "Topic"}}]}, [("Topic", "")], id="a variable"),
        pytest.param({"Fn::Sub": "${!Queue} $Queue {Queue}"}, [], id="no placeholder"),
        pytest.param([{"a": [{"Ref": "Topic"}]}, {"Ref": "Queue"}], [("Queue", ""), ("Topic", "")], id="at any depth"),
        pytest.param(
            {"Fn::If": ["C", {"Ref": "Queue"}, {"Ref": "Topic"}]}, [("Queue", ""), ("Topic", "")], id="branches"
        ),
        pytest.param({"Ref": "Which"}, [], id="a parameter"),
        pytest.param({"Ref": ["Queue"]}, [], id="a malformed reference"),
        pytest.param("Queue", [], id="a text that happens to be its name"),
    ],
)
def test_reference_leads_to(value: Any, expected: list[tuple[str, str]]) -> None:
    resources = {
        "Queue": {"Type": "AWS::SQS::Queue"},
        "Topic": {"Type": "AWS::SNS::Topic"},
        "User": {"Type": "AWS::IAM::User", "Properties": {"Value": value}},
    }
    data = {"Parameters": {"Which": {"Type": "String"}}, "Resources": resources}
    references = Template(read_document(json.dumps(data).encode(), "t.json")).references
    found = [
        (target, reference.attribute)
        for target, incoming in references.incoming.items()
        for reference in incoming
        if target in resources
    ]
    assert sorted(found) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("Properties", "A", 0, "B", "Ref"), ("Properties", "A", "*", "B")),
        (("Properties", "A", "Fn::If", 1, "B"), ("Properties", "A", "B")),
        (("Properties", "A", "Fn::If", 2, 0, "Fn::If", 1), ("Properties", "A", "*")),
        (("Properties", "A", "Fn::Join", 1, 0, "Ref"), ("Properties", "A")),
        (("DependsOn",), ("DependsOn",)),
    ],
    ids=str,
)
def test_path_of_the_property_is_without_functions(path: Path, expected: tuple[str, ...]) -> None:
    assert property_path(path) == expected


@pytest.mark.parametrize(
    ("depends_on", "paths"),
    [
        ("Queue", [("Resources", "User", "DependsOn")]),
        (["Queue", "Gone", "Queue"], [("Resources", "User", "DependsOn", 0), ("Resources", "User", "DependsOn", 2)]),
        (7, []),
    ],
    ids=str,
)
def test_order_of_creation_is_a_reference(depends_on: Any, paths: list[Path]) -> None:
    resources = {"Queue": {"Type": "AWS::SQS::Queue"}, "User": {"Type": "AWS::IAM::User", "DependsOn": depends_on}}
    references = Template(read_document(json.dumps({"Resources": resources}).encode(), "t.json")).references
    assert [reference.path for reference in references.outgoing.get("User", ())] == paths
    assert references.outgoing.get("User", ()) == references.incoming.get("Queue", ())


@pytest.mark.parametrize(
    ("names", "is_reference"),
    [
        pytest.param(("web", "web"), True, id="the same name"),
        pytest.param(("web", "api"), False, id="another name"),
        pytest.param(({"Fn::Sub": "${AWS::StackName}-web"}, {"Fn::Sub": "${AWS::StackName}-web"}), True, id="a text"),
        pytest.param((None, None), False, id="no name"),
    ],
)
def test_launch_template_is_referred_to_by_its_name(names: tuple[Any, Any], is_reference: bool) -> None:
    key = "LaunchTemplateName"
    group = {"LaunchTemplate": {key: names[1], "Version": "1"}}
    resources = {
        "Template": {"Type": "AWS::EC2::LaunchTemplate", "Properties": {key: names[0]}},
        "Group": {"Type": "AWS::AutoScaling::AutoScalingGroup", "Properties": group},
    }
    references = Template(read_document(json.dumps({"Resources": resources}).encode(), "t.json")).references
    paths = [reference.path for reference in references.incoming.get("Template", ())]
    assert paths == ([("Resources", "Group", "Properties", "LaunchTemplate", key)] if is_reference else [])
