"""Intrinsic functions whose result is not known, and the reason that a finding gives."""

from __future__ import annotations

from typing import Any

import pytest

from relint.resolve.deployments import Deployments
from relint.resolve.scenario import Scenario
from relint.resolve.value import Unknown
from tests.resolve.test_intrinsics import TEMPLATE, value

SUBNET_A = {"StackName": "net", "OutputName": "SubnetA"}
NO_ID = '"Database" has no id before it is created'
NO_ATTRIBUTES = '"Database" has no attributes before it is created'
NO_DEFAULT = 'parameter "Free" has no default'
FREE_LIST = 'parameter "FreeList" has no default'
LATER = "a text that is put together on deployment"
NO_ROW = 'mapping "Sizes" has no such entry'


@pytest.mark.parametrize(
    ("node", "expression", "reason"),
    [
        ({"Ref": "Free"}, ("Ref", "Free"), NO_DEFAULT),
        (
            {"Ref": "Image"},
            ("Ref", "Image"),
            'parameter "Image" is read from the Parameter Store when the stack is deployed',
        ),
        ({"Ref": "Database"}, ("Ref", "Database"), NO_ID),
        ({"Ref": "Nothing"}, ("Ref", "Nothing"), '"Nothing" is not declared in this template'),
        (
            {"Ref": "AWS::Region"},
            ("Ref", "AWS::Region"),
            '"AWS::Region" is known only when the stack is deployed',
        ),
        ({"Fn::GetAtt": ["Database", "Endpoint.Address"]}, ("GetAtt", "Database", "Endpoint.Address"), NO_ATTRIBUTES),
        ({"Fn::GetAtt": "Database.Endpoint.Address"}, ("GetAtt", "Database", "Endpoint.Address"), NO_ATTRIBUTES),
        (
            {"Fn::GetAtt": ["Database", {"Ref": "Free"}]},
            ("GetAtt", "Database", ("Ref", "Free")),
            NO_ATTRIBUTES,
        ),
        (
            {"Fn::GetAtt": ["Nothing", "Arn"]},
            ("GetAtt", "Nothing", "Arn"),
            '"Nothing" is not declared in this template',
        ),
        ({"Fn::Sub": "${Database.Arn}"}, ("GetAtt", "Database", "Arn"), NO_ATTRIBUTES),
        ({"Fn::Sub": "${ Database.Arn }"}, ("GetAtt", "Database", "Arn"), NO_ATTRIBUTES),
        (
            {"Fn::Sub": "${Nothing.Arn}"},
            ("Ref", "Nothing.Arn"),
            '"Nothing.Arn" is not declared in this template',
        ),
        ({"Fn::Sub": "x-${Free}"}, ("Concat", "x-", ("Ref", "Free")), NO_DEFAULT),
        ({"Fn::Sub": ["${Free}${Empty}", {"Empty": ""}]}, ("Ref", "Free"), NO_DEFAULT),
        (
            {"Fn::Sub": ["${A}-${B}", {"A": {"Ref": "Free"}, "B": {"Ref": "Database"}}]},
            ("Concat", ("Ref", "Free"), "-", ("Ref", "Database")),
            NO_DEFAULT,
        ),
        (
            {"Fn::Sub": "{{resolve:ssm:/${Name}}}"},
            ("Dynamic", "{{resolve:ssm:/${Name}}}"),
            "a dynamic reference is resolved on deployment",
        ),
        (
            {"Fn::FindInMap": ["Sizes", "test", "Nodes", {"DefaultValue": "{{resolve:ssm:/db}}"}]},
            ("Dynamic", "{{resolve:ssm:/db}}"),
            "a dynamic reference is resolved on deployment",
        ),
        ({"Fn::Join": ["", ["x-", {"Ref": "Free"}]]}, ("Concat", "x-", ("Ref", "Free")), NO_DEFAULT),
        ({"Fn::Join": [{"Ref": "Free"}, ["a", "b"]]}, ("Concat", "a", ("Ref", "Free"), "b"), NO_DEFAULT),
        ({"Fn::Join": [",", {"Ref": "FreeList"}]}, ("Join", ",", ("Ref", "FreeList")), FREE_LIST),
        ({"Fn::Join": [",", "text"]}, ("Join", ",", "text"), LATER),
        ({"Fn::Select": [1, {"Ref": "FreeList"}]}, ("Select", 1, ("Ref", "FreeList")), FREE_LIST),
        (
            {"Fn::Select": [{"Ref": "Size"}, ["a", {"Ref": "Name"}]]},
            ("Select", ("Ref", "Size"), ("List", "a", "orders")),
            "the index of Fn::Select is not known",
        ),
        (
            {"Fn::Select": ["one", {"Ref": "FreeList"}]},
            ("Select", "one", ("Ref", "FreeList")),
            "the index of Fn::Select is not known",
        ),
        (
            {"Fn::Select": [2, {"Ref": "Subnets"}]},
            ("Select", 2, ("List", "subnet-a", "subnet-b")),
            "the list has no item 2",
        ),
        (
            {"Fn::Select": [-1, {"Ref": "Subnets"}]},
            ("Select", -1, ("List", "subnet-a", "subnet-b")),
            "the list has no item -1",
        ),
        ({"Fn::Split": [",", {"Ref": "Free"}]}, ("Split", ",", ("Ref", "Free")), NO_DEFAULT),
        (
            {"Fn::Split": [{"Ref": "Free"}, {"Fn::Sub": "x-${Database}"}]},
            ("Split", ("Ref", "Free"), ("Concat", "x-", ("Ref", "Database"))),
            NO_ID,
        ),
        ({"Fn::GetAZs": ""}, ("GetAZs", ("Ref", "AWS::Region")), "the zones of the Region differ between accounts"),
        (
            {"Fn::GetAZs": {"Ref": "AWS::Region"}},
            ("GetAZs", ("Ref", "AWS::Region")),
            "the zones of the Region differ between accounts",
        ),
        ({"Fn::GetAZs": "eu-west-1"}, ("GetAZs", "eu-west-1"), "the zones of the Region differ between accounts"),
        (
            {"Fn::Select": ["0", {"Fn::GetAZs": ""}]},
            ("Select", 0, ("GetAZs", ("Ref", "AWS::Region"))),
            "the zones of the Region differ between accounts",
        ),
        (
            {"Fn::Cidr": [{"Ref": "Free"}, 2, 8]},
            ("Cidr", ("List", ("Ref", "Free"), "2", "8")),
            "the address block is not known",
        ),
        ({"Fn::Base64": {"Ref": "Free"}}, ("Base64", ("Ref", "Free")), NO_DEFAULT),
        (
            {"Fn::ImportValue": "net-SubnetA"},
            ("ImportValue", "net-SubnetA"),
            'another stack exports it as "net-SubnetA"',
        ),
        ({"Fn::ImportValue": {"Ref": "Free"}}, ("ImportValue", ("Ref", "Free")), "another stack exports it"),
        (
            {"Fn::GetStackOutput": {**SUBNET_A, "Region": "eu-west-1"}},
            ("GetStackOutput", "net", "SubnetA", "eu-west-1"),
            'it is output "SubnetA" of stack "net" in eu-west-1',
        ),
        (
            {"Fn::GetStackOutput": SUBNET_A},
            ("GetStackOutput", "net", "SubnetA", ""),
            'it is output "SubnetA" of stack "net"',
        ),
        (
            {"Fn::GetStackOutput": {**SUBNET_A, "RoleArn": "arn:aws:iam::123456789012:role/reader"}},
            ("GetStackOutput", "net", "SubnetA", "", "arn:aws:iam::123456789012:role/reader"),
            'it is output "SubnetA" of stack "net", read by role "arn:aws:iam::123456789012:role/reader"',
        ),
        (
            {"Fn::GetStackOutput": {"StackName": {"Ref": "Free"}, "OutputName": {"Ref": "Free"}}},
            ("GetStackOutput", ("Ref", "Free"), ("Ref", "Free"), ""),
            "it is output of another stack",
        ),
        (
            {"Fn::Transform": {"Name": "AWS::Include"}},
            ("Transform", "Fn::Transform"),
            'macro "AWS::Include" makes it on deployment',
        ),
        ({"Fn::Length": {"Ref": "FreeList"}}, ("Length", ("Ref", "FreeList")), FREE_LIST),
        ({"Fn::Length": "text"}, ("Length", "text"), "its list is not known"),
        ({"Fn::ToJsonString": {"a": {"Ref": "Free"}}}, ("ToJsonString", ("Map", ("a", ("Ref", "Free")))), LATER),
        (
            {"Fn::ToJsonString": ["a", {"b": [{"Ref": "Free"}]}]},
            ("ToJsonString", ("List", "a", ("Map", ("b", ("List", ("Ref", "Free")))))),
            LATER,
        ),
        (
            "{{resolve:ssm:/db/size}}",
            ("Dynamic", "{{resolve:ssm:/db/size}}"),
            "a dynamic reference is resolved on deployment",
        ),
        (
            {"Fn::FindInMap": ["Sizes", {"Ref": "Free"}, "Nodes"]},
            ("FindInMap", "Sizes", ("Ref", "Free"), "Nodes"),
            NO_DEFAULT,
        ),
        ({"Fn::FindInMap": ["Sizes", "prod", "Nodes"]}, ("FindInMap", "Sizes", "prod", "Nodes"), NO_ROW),
        ({"Fn::Unheard": ["a", 1]}, ("Fn::Unheard", ("List", "a", "1")), 'relint does not know "Fn::Unheard"'),
    ],
    ids=lambda item: str(item)[:60],
)
def test_unknown_arguments_give_a_canonical_expression_and_a_reason(node: Any, expression: Any, reason: str) -> None:
    template = {**TEMPLATE, "Mappings": {}} if "FindInMap" in str(node) else TEMPLATE
    result = Scenario(Deployments(template, {})).resolve_deep(node, ())
    assert isinstance(result, Unknown)
    assert (result.expression, result.reason) == (expression, reason)


@pytest.mark.parametrize(
    "node",
    [
        {"Fn::Select": 7},
        {"Fn::Select": ["0"]},
        {"Fn::Select": ["0", "text"]},
        {"Fn::Join": "x"},
        {"Fn::Join": ["x"]},
        {"Fn::Sub": ["a", "b", "c"]},
        {"Fn::Sub": ["a", "b"]},
        {"Fn::If": ["Yes"]},
        {"Fn::If": "Yes"},
        {"Fn::If": [{"Fn::Equals": ["a", "a"]}, "then", "else"]},
        {"Fn::FindInMap": []},
        {"Fn::FindInMap": ["Sizes", "prod", "Nodes", {}, "more"]},
        {"Fn::GetAtt": [1, 2]},
        {"Fn::GetAtt": "Database"},
        {"Fn::GetAtt": ["Database", "Endpoint", "Address"]},
        {"Fn::Split": ["", "a"]},
        {"Fn::Split": ["a"]},
        {"Fn::Split": [7, "a7b"]},
        {"Fn::GetStackOutput": "net.SubnetA"},
        {"Fn::GetStackOutput": {"StackName": "net"}},  # both names are required
        {"Fn::GetStackOutput": {"OutputName": "SubnetA", "Region": "eu-west-1"}},
        {"Ref": ["a"]},
        {"Fn::Cidr": ["nonsense", 2, 8]},
    ],
    ids=str,
)
def test_malformed_function_is_unknown_and_does_not_crash(node: Any) -> None:
    result = value(node)
    assert isinstance(result, Unknown)
    (name,) = node
    assert result.reason == f'"{name}" is malformed'
