"""Intrinsic functions with known, unknown and malformed arguments."""

from __future__ import annotations

from typing import Any

import pytest

from relint.resolve.deployments import Deployments
from relint.resolve.scenario import Scenario
from relint.resolve.value import ABSENT, Unknown

TEMPLATE: dict[str, Any] = {
    "Parameters": {
        "Name": {"Type": "String", "Default": "orders"},
        "Subnets": {"Type": "List<AWS::EC2::Subnet::Id>", "Default": "subnet-a, subnet-b"},
        "Free": {"Type": "String"},
        "FreeList": {"Type": "List<AWS::EC2::Subnet::Id>"},
        "Size": {"Type": "Number", "MinValue": 2},
        "Image": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/images/latest"},
    },
    "Mappings": {"Sizes": {"prod": {"Nodes": 3, "Zones": ["a", "b"]}}},
    "Conditions": {"Yes": {"Fn::Equals": ["a", "a"]}, "No": {"Fn::Not": [{"Condition": "Yes"}]}},
    "Resources": {"Database": {"Type": "AWS::RDS::DBInstance"}},
}


def value(node: Any, parameter_values: dict[str, str] | None = None) -> Any:
    return Scenario(Deployments(TEMPLATE, parameter_values or {})).resolve_deep(node, ())


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ({"Ref": "Name"}, "orders"),
        ({"Ref": "Subnets"}, ["subnet-a", "subnet-b"]),
        ({"Ref": "AWS::NoValue"}, ABSENT),
        ({"Fn::Sub": "${Name}-db-${!Literal}"}, "orders-db-${Literal}"),
        ({"Fn::Sub": ["${Name}/${Part}", {"Part": {"Ref": "Name"}}]}, "orders/orders"),
        ({"Fn::Join": ["-", ["a", {"Ref": "Name"}, 7, True]]}, "a-orders-7-true"),
        ({"Fn::Join": [",", {"Ref": "Subnets"}]}, "subnet-a,subnet-b"),
        ({"Fn::Select": ["1", ["a", "b"]]}, "b"),
        ({"Fn::Select": [0, {"Ref": "Subnets"}]}, "subnet-a"),
        ({"Fn::Split": ["|", "a|b|c"]}, ["a", "b", "c"]),
        ({"Fn::FindInMap": ["Sizes", "prod", "Nodes"]}, 3),
        ({"Fn::FindInMap": ["Sizes", "test", "Nodes", {"DefaultValue": 1}]}, 1),
        ({"Fn::If": ["Yes", "then", "else"]}, "then"),
        ({"Fn::If": ["No", "then", {"Ref": "AWS::NoValue"}]}, ABSENT),
        ({"Fn::Cidr": ["10.0.0.0/16", 2, 8]}, ["10.0.0.0/24", "10.0.1.0/24"]),
        ({"Fn::Base64": "hello"}, "aGVsbG8="),
        ({"Fn::Length": {"Ref": "Subnets"}}, 2),
        ({"Fn::ToJsonString": {"a": [1, {"Ref": "Name"}]}}, '{"a": [1, "orders"]}'),
        ({"Fn::Equals": ["a", "b"]}, False),
        ([{"Fn::If": ["No", "absent", {"Ref": "AWS::NoValue"}]}, "present"], ["present"]),
        ({"a": {"Ref": "AWS::NoValue"}, "b": 1}, {"b": 1}),
    ],
    ids=lambda item: str(item)[:60],
)
def test_known_arguments_give_a_value(node: Any, expected: Any) -> None:
    assert value(node) == expected


@pytest.mark.parametrize(
    ("node", "expression"),
    [
        ({"Ref": "Free"}, ("Ref", "Free")),
        ({"Ref": "Image"}, ("Ref", "Image")),
        ({"Ref": "Database"}, ("Ref", "Database")),
        ({"Ref": "AWS::Region"}, ("Ref", "AWS::Region")),
        ({"Fn::GetAtt": ["Database", "Endpoint.Address"]}, ("GetAtt", "Database", "Endpoint.Address")),
        ({"Fn::GetAtt": "Database.Endpoint.Address"}, ("GetAtt", "Database", "Endpoint.Address")),
        ({"Fn::Sub": "${Database.Arn}"}, ("GetAtt", "Database", "Arn")),
        ({"Fn::Sub": "x-${Free}"}, ("Concat", "x-", ("Ref", "Free"))),
        ({"Fn::Join": ["", ["x-", {"Ref": "Free"}]]}, ("Concat", "x-", ("Ref", "Free"))),
        ({"Fn::Select": [1, {"Ref": "FreeList"}]}, ("Select", 1, ("Ref", "FreeList"))),
        ({"Fn::GetAZs": ""}, ("GetAZs", ("Ref", "AWS::Region"))),
        ({"Fn::GetAZs": {"Ref": "AWS::Region"}}, ("GetAZs", ("Ref", "AWS::Region"))),
        ({"Fn::Select": ["0", {"Fn::GetAZs": ""}]}, ("Select", 0, ("GetAZs", ("Ref", "AWS::Region")))),
        ({"Fn::ImportValue": "net-SubnetA"}, ("ImportValue", "net-SubnetA")),
        (
            {"Fn::GetStackOutput": {"StackName": "net", "OutputName": "SubnetA", "Region": "eu-west-1"}},
            ("GetStackOutput", "net", "SubnetA", "eu-west-1"),
        ),
        ("{{resolve:ssm:/db/size}}", ("Dynamic", "{{resolve:ssm:/db/size}}")),
        ({"Fn::FindInMap": ["Sizes", {"Ref": "Free"}, "Nodes"]}, ("FindInMap", "Sizes", ("Ref", "Free"), "Nodes")),
    ],
    ids=lambda item: str(item)[:60],
)
def test_unknown_arguments_give_a_canonical_expression(node: Any, expression: Any) -> None:
    template = {**TEMPLATE, "Mappings": {}} if "FindInMap" in str(node) else TEMPLATE
    result = Scenario(Deployments(template, {})).resolve_deep(node, ())
    assert isinstance(result, Unknown)
    assert result.expression == expression


def test_partly_unknown_text_is_split_at_known_delimiters() -> None:
    parts = value({"Fn::Split": [",", {"Fn::Join": [",", [{"Ref": "Free"}, "b", {"Ref": "Database"}]]}]})
    assert [getattr(part, "expression", part) for part in parts] == [("Ref", "Free"), "b", ("Ref", "Database")]


def test_number_without_default_keeps_its_bounds() -> None:
    size = value({"Ref": "Size"})
    assert (size.minimum, size.maximum) == (2, None)


def test_parameter_value_replaces_the_default() -> None:
    assert value({"Fn::Sub": "${Name}"}, {"Name": "billing"}) == "billing"


@pytest.mark.parametrize(
    "node",
    [
        {"Fn::Select": 7},
        {"Fn::Join": "x"},
        {"Fn::Sub": ["a", "b", "c"]},
        {"Fn::If": ["Yes"]},
        {"Fn::FindInMap": []},
        {"Fn::GetAtt": [1, 2]},
        {"Fn::Split": ["", "a"]},
        {"Ref": ["a"]},
        {"Fn::Unheard": 1},
        {"Fn::Cidr": ["nonsense", 2, 8]},
    ],
    ids=str,
)
def test_malformed_function_is_unknown_and_does_not_crash(node: Any) -> None:
    assert isinstance(value(node), Unknown)


def test_malformed_condition_has_a_value() -> None:
    data = {"Conditions": {"A": {"Fn::Equals": ["a"]}, "B": {"Fn::Not": {}}}, "Resources": {}}
    assert Scenario(Deployments(data, {})).condition_value("A") in (True, False)
    assert Scenario(Deployments(data, {})).condition_value("B") in (True, False)


def test_condition_that_refers_to_itself_has_a_value() -> None:
    data = {"Conditions": {"A": {"Condition": "B"}, "B": {"Fn::Not": [{"Condition": "A"}]}}, "Resources": {}}
    assert Scenario(Deployments(data, {})).condition_value("A") in (True, False)


@pytest.mark.parametrize(
    ("node", "is_named_here"),
    [
        pytest.param({"Ref": "Document"}, True, id="the name of a resource"),
        pytest.param({"Fn::GetAtt": ["Document", "Arn"]}, True, id="its ARN"),
        pytest.param({"Fn::Sub": "${Document}"}, True, id="its name as a text"),
        pytest.param({"Fn::GetAtt": "Document.RegionalHostedZoneId"}, False, id="a hosted zone, which others share"),
        pytest.param({"Fn::GetAtt": "Document.Outputs.QueueArn"}, False, id="an output, which may be any value"),
        pytest.param({"Fn::GetAtt": "Document.Value"}, False, id="an attribute that is no name"),
        pytest.param({"Ref": "Custom"}, False, id="what a custom resource returns"),
    ],
)
def test_names_of_resources_are_marked(node: Any, is_named_here: bool) -> None:
    ids = frozenset({"Document", "Custom"})
    deployments = Deployments({}, {}, resource_ids=ids, named_ids=frozenset({"Document"}))
    resolved = Scenario(deployments).resolve(node, ("Resources",)).value
    assert isinstance(resolved, Unknown)
    assert resolved.named_here is is_named_here
