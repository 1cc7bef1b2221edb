"""Other spellings of the same template are silent, in all fixtures and all examples of the rules."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from relint.change.compare import compare
from relint.change.facts.update_facts import property_updates
from relint.source.document import Document
from relint.source.read import read_document
from tests.helpers.comparisons import compared, only_change, only_value, resource
from tests.helpers.known_templates import known_templates

Refactoring = Callable[[dict[str, Any]], None]


def is_function(node: Any) -> bool:
    return isinstance(node, dict) and any(key in ("Ref", "Condition") or key.startswith("Fn::") for key in node)


def resources(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the resources that are not of SAM."""
    for body in data["Resources"].values():
        properties = body.get("Properties") if isinstance(body, dict) else None
        is_generated = isinstance(body, dict) and str(body.get("Type")).startswith("AWS::Serverless")
        if isinstance(properties, dict) and not is_generated and not is_function(properties):
            yield body


def places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the containers and keys of values outside of functions, the innermost first."""
    if is_function(node):
        return
    members = list(node.items()) if isinstance(node, dict) else list(enumerate(node)) if isinstance(node, list) else []
    for key, value in members:
        yield from places(value)
        yield node, key


def write_numbers_as_texts(data: dict[str, Any]) -> None:
    for body in resources(data):
        for container, key in places(body["Properties"]):
            value = container[key]
            if isinstance(value, bool):
                container[key] = str(value).lower()
            elif isinstance(value, int):
                container[key] = str(value)


def move_into_a_mapping(data: dict[str, Any]) -> None:
    values = data.setdefault("Mappings", {}).setdefault("Moved", {}).setdefault("All", {})
    for body in resources(data):
        for container, key in places(body["Properties"]):
            value = container[key]
            if isinstance(value, str) and value and value == value.strip() and not re.search(r"\$\{|\{\{", value):
                name = f"Value{len(values)}"
                values[name] = value
                container[key] = {"Fn::FindInMap": ["Moved", "All", name]}


def write_single_actions_as_lists(data: dict[str, Any]) -> None:
    for body in resources(data):
        for container, key in places(body["Properties"]):
            if key in ("Action", "NotAction", "Resource") and "Effect" in container and isinstance(container[key], str):
                container[key] = [container[key]]


def reverse_sets(data: dict[str, Any]) -> None:
    for body in resources(data):
        updates = property_updates(body["Type"])
        for container, key in places(body["Properties"]):
            if updates and key in updates.unordered and isinstance(container[key], list):
                container[key] = container[key][::-1]


def add_conditions_that_are_true(data: dict[str, Any]) -> None:
    data.setdefault("Conditions", {})["AlwaysTrue"] = {"Fn::Equals": ["a", "a"]}
    for body in resources(data):
        body.setdefault("Condition", "AlwaysTrue")


def write_documents_as_texts(data: dict[str, Any]) -> None:
    for body in resources(data):
        for container, key in places(body["Properties"]):
            value = container[key]
            is_literal = isinstance(value, dict) and not re.search(
                r'"(Ref|Fn::\w+|Condition)":|\{\{', json.dumps(value)
            )
            if is_literal and isinstance(container, dict):
                container[key] = json.dumps(value)


def write_substitutions_as_joins(data: dict[str, Any]) -> None:
    for body in resources(data):
        for container, key in places(body["Properties"]):
            value = container[key]
            text = value.get("Fn::Sub") if isinstance(value, dict) and len(value) == 1 else None
            if isinstance(text, str) and "${!" not in text:
                parts = re.split(r"\$\{([^}]+)\}", text)
                items = [joined(part) if index % 2 else part for index, part in enumerate(parts)]
                container[key] = {"Fn::Join": ["", items]}


def joined(name: str) -> dict[str, Any]:
    return {"Fn::GetAtt": name.split(".", 1)} if "." in name else {"Ref": name}


def change_words_for_people(data: dict[str, Any]) -> None:
    data["Description"] = "Another description."
    data["Metadata"] = {"Author": "somebody"}
    for body in resources(data):
        body["Metadata"] = {**(body.get("Metadata") or {}), "Comment": "another"}
        body["DependsOn"] = body.get("DependsOn", [])


REFACTORINGS: tuple[Refactoring, ...] = (
    write_numbers_as_texts,
    move_into_a_mapping,
    write_single_actions_as_lists,
    reverse_sets,
    add_conditions_that_are_true,
    write_documents_as_texts,
    write_substitutions_as_joins,
    change_words_for_people,
)


def refactored(document: Document, refactoring: Refactoring) -> Document:
    data = json.loads(json.dumps(document.data))
    refactoring(data)
    return read_document(json.dumps(data), document.file)


@pytest.mark.parametrize("step", [pytest.param(1, id="all", marks=pytest.mark.slow), pytest.param(12, id="sample")])
@pytest.mark.parametrize("refactoring", REFACTORINGS, ids=lambda refactoring: refactoring.__name__)
def test_other_spelling_is_silent(refactoring: Refactoring, step: int) -> None:
    differing = {}
    for document in [document for document in known_templates() if "Fn::ForEach" not in document.text][::step]:
        other = refactored(document, refactoring)
        for old, new in ((document, other), (other, document)):
            changes = compare(old, new).changes
            if changes:
                differing[document.file] = [(change.kind, change.logical_id, change.properties) for change in changes]
    assert differing == {}


def role(statements: str) -> str:
    return resource(f"AssumeRolePolicyDocument: {{Statement: {statements}}}", "AWS::IAM::Role")


def table_and_reader(name: str, table: str, target: str) -> str:
    return f"""\
    Resources:
      Orders: {{Type: AWS::DynamoDB::Table, Properties: {{TableName: {name}}}}}
      Reader: {{Type: AWS::Lambda::Function, Properties: {{Environment: {{Variables: {{TABLE: {table}}}}}}}}}
      Reads: {{Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {{ResourceId: {target}}}}}
    """


def queue(name: str, sections: str = "") -> str:
    return resource(f"QueueName: {name}", "AWS::SQS::Queue", sections=sections)


SAM = """\
Transform: AWS::Serverless-2016-10-31
{globals}
Resources:
  Web:
    Type: AWS::Serverless::Function
    Properties: {{Handler: a.b, {properties} Events: {{Get: {{Type: Api, Properties: {{Path: /, Method: get}}}}}}}}
"""
STAGE = "Parameters: {Stage: {Type: String}}\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(
            role("[{Effect: Allow, Action: [a, b], Principal: {Service: [x, y]}}, {Effect: Deny, Action: c}]"),
            role("[{Effect: Deny, Action: [c]}, {Effect: Allow, Action: [b, a], Principal: {Service: [y, x]}}]"),
            id="order of a policy document",
        ),
        pytest.param(
            table_and_reader("orders", "orders", "table/orders"),
            table_and_reader("orders", "!Ref Orders", "!Sub 'table/${Orders}'"),
            id="physical name and Ref",
        ),
        pytest.param(
            table_and_reader("!Sub '${AWS::StackName}-a'", "!Sub '${AWS::StackName}-a'", "x"),
            table_and_reader("!Sub '${AWS::StackName}-a'", "!Ref Orders", "x"),
            id="assembled physical name and Ref",
        ),
        pytest.param(
            resource("SecurityGroupIds: [sg-1, sg-2]", "AWS::EC2::Instance"),
            resource("SecurityGroupIds: !Split [',', 'sg-2,sg-1']", "AWS::EC2::Instance"),
            id="list and Fn::Split in another order",
        ),
        pytest.param(
            resource("AvailabilityZones: !GetAZs ''", "AWS::AutoScaling::AutoScalingGroup"),
            resource("AvailabilityZones: !GetAZs {Ref: 'AWS::Region'}", "AWS::AutoScaling::AutoScalingGroup"),
            id="zones of the Region",
        ),
        pytest.param(
            queue("!If [IsProd, a, b]", f"{STAGE}Conditions: {{IsProd: !Equals [!Ref Stage, prod]}}\n"),
            queue("!If [IsTest, b, a]", f"{STAGE}Conditions: {{IsTest: !Not [!Equals [!Ref Stage, prod]]}}\n"),
            id="condition and its negation",
        ),
        pytest.param(
            queue("!Ref Name", "Parameters: {Name: {Type: String, Default: a}}\n"),
            queue("!Ref Title", "Parameters: {Title: {Type: String, Default: a}}\n"),
            id="another name of a parameter",
        ),
        pytest.param(
            SAM.format(globals="Globals: {Function: {Runtime: python3.12, Timeout: 5}}", properties=""),
            SAM.format(globals="", properties="Timeout: 5, Runtime: python3.12,"),
            id="Globals of SAM and properties",
        ),
    ],
)
def test_equal_meaning_is_silent(old: str, new: str) -> None:
    assert compared(old, new).changes == ()
    assert compared(new, old).changes == ()


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        pytest.param(
            queue("a"),
            "Resources: {Thing: {Type: AWS::SQS::Queue, Properties: {Fn::Transform: {Name: AWS::Include}}}}",
            'macro "AWS::Include" makes it on deployment',
            id="include",
        ),
        pytest.param(
            queue("!Ref Name", "Parameters: {Name: {Type: String}}\n"),
            queue("!Ref Title", "Parameters: {Title: {Type: String}}\n"),
            'parameter "Title" has no default',
            id="another name of a parameter without default",
        ),
        pytest.param(
            queue("!Sub '${AWS::Partition}-a'"),
            queue("aws-a"),
            '"AWS::Partition" is known only when the stack is deployed',
            id="partition that the deployed template leaves open",
        ),
    ],
)
def test_undecided_meaning_is_open_with_a_reason(old: str, new: str, reason: str) -> None:
    assert only_value(only_change(old, new)).open_reason == reason


def test_reference_to_a_resource_with_another_name_differs() -> None:
    old = table_and_reader("orders", "sales", "x")
    new = table_and_reader("orders", "!Ref Orders", "x")
    assert only_value(only_change(old, new)).open_reason == ""


@pytest.mark.parametrize(
    ("literal", "reference"),
    [
        ("arn:aws:sns:${AWS::Region}:1:a", "arn:${AWS::Partition}:sns:${AWS::Region}:1:a"),
        ("arn:aws-cn:sns:${AWS::Region}:1:a", "arn:${AWS::Partition}:sns:${AWS::Region}:1:a"),
        ("https://sns.${AWS::Region}.amazonaws.com", "https://sns.${AWS::Region}.${AWS::URLSuffix}"),
    ],
    ids=["standard Regions", "China", "domain"],
)
def test_deployed_literal_is_in_its_partition(literal: str, reference: str) -> None:
    old, new = (resource(f"TopicArn: !Sub '{text}'", "AWS::SNS::Subscription") for text in (literal, reference))
    assert compared(old, new).changes == ()
