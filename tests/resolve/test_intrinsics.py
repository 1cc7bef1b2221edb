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
        ({"Fn::FindInMap": ["Sizes", "prod", "Zones"]}, ["a", "b"]),
        ({"Fn::FindInMap": ["Sizes", "prod", "Nodes", {"DefaultValue": 1}]}, 3),
        ({"Fn::FindInMap": ["Sizes", "test", "Nodes", {"DefaultValue": 1}]}, 1),
        ({"Fn::FindInMap": ["Sizes", "prod", "Cost", {"DefaultValue": {"Ref": "Name"}}]}, "orders"),
        ({"Fn::If": ["Yes", "then", "else"]}, "then"),
        ({"Fn::If": ["No", "then", {"Ref": "AWS::NoValue"}]}, ABSENT),
        ({"Fn::Cidr": ["10.0.0.0/16", 2, 8]}, ["10.0.0.0/24", "10.0.1.0/24"]),
        ({"Fn::Cidr": ["10.0.0.0/16", "1"]}, ["10.0.0.0/24"]),
        ({"Fn::Cidr": ["10.0.7.9/16", 1, "6"]}, ["10.0.0.0/26"]),
        ({"Fn::Cidr": ["fd00::/56", 1, 64]}, ["fd00::/64"]),
        ({"Fn::Base64": "hello"}, "aGVsbG8="),
        ({"Fn::Base64": True}, "dHJ1ZQ=="),
        ({"Fn::Length": {"Ref": "Subnets"}}, 2),
        ({"Fn::Length": ["a", {"Ref": "AWS::NoValue"}, {"Ref": "Subnets"}]}, 3),
        ({"Fn::Sub": "${ Name }-${AWS::NoValue}."}, "orders-."),
        ({"Fn::Sub": "$Name {Name}"}, "$Name {Name}"),
        ({"Fn::Join": ["-", [{"Ref": "AWS::NoValue"}, "a"]]}, "a"),
        ({"Fn::Join": ["-", []]}, ""),
        ({"Fn::Select": ["0", [{"Ref": "AWS::NoValue"}, "b"]]}, "b"),
        ({"Fn::Split": ["-", {"Ref": "Name"}]}, ["orders"]),
        ({"Fn::ToJsonString": {"a": [1, {"Ref": "Name"}]}}, '{"a": [1, "orders"]}'),
        ({"Fn::Equals": ["a", "b"]}, False),
        ({"Fn::Equals": ["a", "A"]}, False),
        ({"Fn::Equals": [True, "true"]}, True),
        ({"Fn::Or": [{"Condition": "No"}, {"Condition": "Yes"}]}, True),
        ({"Fn::Or": [{"Condition": "No"}, {"Fn::Equals": ["a", "b"]}]}, False),
        ({"Fn::And": [{"Condition": "No"}, {"Condition": "Yes"}]}, False),
        ({"Fn::And": [{"Condition": "Yes"}, {"Fn::Equals": [1, "1"]}]}, True),
        ({"Fn::Not": [{"Condition": "No"}]}, True),
        ([{"Fn::If": ["No", "absent", {"Ref": "AWS::NoValue"}]}, "present"], ["present"]),
        ({"a": {"Ref": "AWS::NoValue"}, "b": 1}, {"b": 1}),
    ],
    ids=lambda item: str(item)[:60],
)
def test_known_arguments_give_a_value(node: Any, expected: Any) -> None:
    assert value(node) == expected


def test_number_of_an_unknown_list_is_not_negative() -> None:
    length = value({"Fn::Length": {"Ref": "FreeList"}})
    assert (length.minimum, length.maximum) == (0, None)


def test_value_of_a_macro_may_be_absent() -> None:
    assert value({"Fn::Transform": {"Name": "Mine"}}).optional
    assert not value({"Ref": "Free"}).optional


def test_given_region_names_the_zones() -> None:
    zones = value({"Fn::GetAZs": ""}, {"AWS::Region": "eu-west-1"})
    assert zones.expression == ("GetAZs", "eu-west-1")


def test_partly_unknown_text_is_split_at_known_delimiters() -> None:
    parts = value({"Fn::Split": [",", {"Fn::Join": [",", [{"Ref": "Free"}, "b", {"Ref": "Database"}]]}]})
    assert [getattr(part, "expression", part) for part in parts] == [("Ref", "Free"), "b", ("Ref", "Database")]


def test_number_without_default_keeps_its_bounds() -> None:
    size = value({"Ref": "Size"})
    assert (size.minimum, size.maximum) == (2, None)


def test_parameter_value_replaces_the_default() -> None:
    assert value({"Fn::Sub": "${Name}"}, {"Name": "billing"}) == "billing"


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
