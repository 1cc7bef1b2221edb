"""The values for which a parameter is explored, and what is known of its other values."""

from __future__ import annotations

from typing import Any

import pytest

from relint.resolve.deployments import Deployments
from relint.resolve.parameters import OTHER_VALUE, Parameter, PassedValue

COMPARED = {"IsProd": {"Fn::Equals": [{"Ref": "P"}, "prod"]}, "IsTest": {"Fn::Equals": ["test", {"Ref": "P"}]}}
ROWS = {"Sizes": {"small": {"Nodes": 1}, "large": {"Nodes": 3}}}
NOT_COMPARED = {"IsProd": {"Fn::Equals": [{"Fn::Sub": "${P}"}, "prod"]}, "Same": {"Fn::Equals": [{"Ref": "P"}, ["a"]]}}


def looked_up(*more: Any) -> dict[str, Any]:
    lookup = {"Fn::FindInMap": ["Sizes", {"Ref": "P"}, "Nodes", *more]}
    return {"Mappings": ROWS, "Resources": {"Fleet": {"Properties": {"MinSize": lookup}}}}


def parameter(declaration: dict[str, Any], data: dict[str, Any], value: str | PassedValue | None = None) -> Parameter:
    values = {} if value is None else {"P": value}
    return Deployments({**data, "Parameters": {"P": declaration}}, values).parameters["P"]


@pytest.mark.parametrize(
    ("declaration", "data", "choices", "has_default"),
    [
        pytest.param({}, {}, (), False, id="nothing is known"),
        pytest.param({"Default": "dev"}, {}, ("dev",), True, id="the default"),
        pytest.param({"Default": 2}, {}, ("2",), True, id="a number is a text"),
        pytest.param({"AllowedValues": ["a", 7]}, {}, ("a", "7"), False, id="the allowed values"),
        pytest.param({"AllowedValues": ["a", "b"], "Default": "b"}, {}, ("b", "a"), True, id="the default comes first"),
        pytest.param({"Default": "true"}, {}, ("true", "false"), True, id="the other of two truths"),
        pytest.param({"Default": False}, {}, ("false", "true"), True, id="the other truth in lower case"),
        pytest.param({"Default": "No"}, {}, ("No", "Yes"), True, id="the other answer in the same case"),
        pytest.param({"Default": "true", "AllowedValues": ["true"]}, {}, ("true",), True, id="the only truth allowed"),
        pytest.param({}, {"Conditions": COMPARED}, ("prod", "test", OTHER_VALUE), False, id="what it is compared with"),
        pytest.param(
            {"Default": "test"},
            {"Rules": {"Checked": {"Assertions": [{"Assert": COMPARED["IsProd"]}]}}},
            ("test", "prod", OTHER_VALUE),
            True,
            id="what a rule compares it with",
        ),
        pytest.param(
            {"Default": "dev"}, {"Conditions": NOT_COMPARED}, ("dev",), True, id="texts and lists compare nothing"
        ),
        pytest.param({"Default": "small"}, looked_up(), ("small", "large"), True, id="keys of the mapping"),
        pytest.param(
            {"Default": "small"},
            looked_up({"DefaultValue": 1}),
            ("small", "large", OTHER_VALUE),
            True,
            id="keys of the mapping, and others by its default",
        ),
        pytest.param(
            {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/a"}, {}, (), False, id="a stored value"
        ),
    ],
)
def test_parameter_is_explored_for(
    declaration: dict[str, Any], data: dict[str, Any], choices: tuple[str, ...], has_default: bool
) -> None:
    read = parameter(declaration, data)
    assert (sorted(read.choices), read.choices[:has_default]) == (sorted(choices), choices[:has_default])
    assert (read.has_default, read.is_given) == (has_default, False)


def test_second_key_of_a_lookup_is_explored_too() -> None:
    data = {"Mappings": ROWS, "Conditions": {"C": {"Fn::FindInMap": ["Sizes", "small", {"Ref": "P"}]}}}
    assert parameter({}, data).choices == ("Nodes",)


@pytest.mark.parametrize(
    ("type_name", "choice", "expected"),
    [
        pytest.param("String", " a, b", " a, b", id="a text"),
        pytest.param("CommaDelimitedList", " a, b ", ["a", "b"], id="a list without blanks"),
        pytest.param("List<Number>", "1", ["1"], id="a list of one"),
        pytest.param("CommaDelimitedList", " ", [], id="an empty list"),
    ],
)
def test_value_of_a_parameter_follows_its_type(type_name: str, choice: str, expected: Any) -> None:
    assert parameter({"Type": type_name}, {}).value(choice) == expected


@pytest.mark.parametrize(
    ("choice", "is_list"), [("{{resolve:ssm:/subnets}}", False), ("{{resolve:ssm:/a}},{{resolve:ssm:/b}}", True)]
)
def test_dynamic_reference_may_be_a_whole_list(choice: str, is_list: bool) -> None:
    assert isinstance(parameter({"Type": "List<String>"}, {}).value(choice), list) is is_list


@pytest.mark.parametrize(
    ("value", "choices", "is_given", "reason"),
    [
        pytest.param("c", ("c",), True, 'parameter "P" has no default', id="from the user"),
        pytest.param(
            PassedValue("c", is_fixed=True), ("c",), True, 'parameter "P" has no default', id="always the same"
        ),
        pytest.param(
            PassedValue("b", is_fixed=False),
            ("b", "a"),
            False,
            'parameter "P" has no default',
            id="the default is another",
        ),
        pytest.param(
            PassedValue(None, is_fixed=False),
            ("a", "b"),
            False,
            'what the parent passes as "P" is known only on deployment',
            id="unknown",
        ),
    ],
)
def test_passed_value_takes_the_place_of_the_default(
    value: str | PassedValue, choices: tuple[str, ...], is_given: bool, reason: str
) -> None:
    read = parameter({"Default": "a", "AllowedValues": ["a", "b"]}, {}, value)
    assert (read.choices, read.is_given, read.unknown.reason) == (choices, is_given, reason)
    assert read.has_default is (value != PassedValue(None, is_fixed=False))


def test_bounds_are_those_of_numbers() -> None:
    unknown = parameter({"Type": "Number", "MinValue": "1", "MaxValue": "many"}, {}).unknown
    assert (unknown.minimum, unknown.maximum) == (1, None)
    assert parameter({"MaxValue": 5}, {}).unknown.maximum == 5


@pytest.mark.parametrize(
    ("type_name", "value", "rejected"),
    [
        ("String", "c", [("P", "c", ["a", "7"])]),
        ("String", "7", []),
        ("CommaDelimitedList", "a,7", []),
        ("String", PassedValue("c", is_fixed=True), [("P", "c", ["a", "7"])]),
        ("String", PassedValue(None, is_fixed=True), []),
    ],
)
def test_value_that_is_not_allowed_is_named(type_name: str, value: Any, rejected: list[Any]) -> None:
    declared = {"P": {"Type": type_name, "AllowedValues": ["a", 7]}, "Q": {"Type": "String"}, "R": "malformed"}
    parameters = Deployments({"Parameters": declared}, {"Unheard": "x", "R": "y", "Q": "z", "P": value}).parameters
    assert list(parameters.disallowed_values()) == rejected


@pytest.mark.parametrize(
    ("transform", "macros"),
    [
        (None, ()),
        ("AWS::Serverless-2016-10-31", ()),
        (["AWS::LanguageExtensions", {"Name": "AWS::Include", "Parameters": {}}, "AWS::SecretsManager-2024-09-16"], ()),
        (["AWS::CodeDeployBlueGreen", "AWS::ServiceCatalog", "AWS::SecretsManager-2020-07-23"], ()),
        (["Mine", {"Name": "Other"}, 7], ("Mine", "Other")),
    ],
)
def test_macros_are_the_transforms_that_may_change_anything(transform: Any, macros: tuple[str, ...]) -> None:
    assert Deployments({"Transform": transform}, {}).macros == macros


def test_condition_depends_on_the_parameters_of_its_conditions() -> None:
    conditions = {
        "A": {"Fn::And": [{"Condition": "B"}, {"Fn::Equals": [{"Ref": "P"}, "a"]}]},
        "B": {"Fn::Not": [{"Fn::Equals": [{"Ref": "Q"}, "a"]}]},
        "C": {"Fn::Equals": [{"Fn::If": ["B", "x", "y"]}, "x"]},
    }
    deployments = Deployments({"Conditions": conditions}, {})
    assert [deployments.parameters_of(name) for name in "AB"] == [{"P", "Q"}, {"Q"}]
    assert [deployments.refers_to_conditions(name) for name in "ABC"] == [True, False, True]
