"""Random edits of templates, right and wrong ones, as a careless author might make them."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

Container = dict[str, Any] | list[Any]
Edit = Callable[[dict[str, Any], Random], None]

VALUES: tuple[Any, ...] = (
    None,
    True,
    "true",
    0,
    -1,
    7,
    "7",
    10**30,
    0.1,
    "",
    " ",
    "a,b",
    "eu-west-1a",
    "Retain",
    "{{resolve:ssm:/a:1}}",
    "${Missing}",
    "\x1b[31m",
    "\u2028\ud83d",
    '{"a": [1, {"b": "2"}]}',
    "{",
    [],
    {},
    ["a", "a", None],
    {"Key": "a", "Value": {"Ref": "AWS::Region"}},
)
FUNCTIONS: tuple[Any, ...] = (
    {"Ref": "AWS::NoValue"},
    {"Ref": "AWS::Region"},
    {"Ref": "Missing"},
    {"Ref": ["a"]},
    {"Ref": {"Ref": "AWS::Region"}},
    {"Fn::GetAtt": "Missing"},
    {"Fn::GetAtt": ["Missing", {"Ref": "AWS::Region"}]},
    {"Fn::Sub": [1, {}]},
    {"Fn::Sub": ["${A}${AWS::Region}${!B}", {"A": {"Fn::Sub": "${A}"}}]},
    {"Fn::Sub": "${"},
    {"Fn::Join": ["", [{"Ref": "AWS::Region"}, ["a"], None]]},
    {"Fn::Join": "x"},
    {"Fn::Select": [99, []]},
    {"Fn::Select": ["x", {"Fn::GetAZs": ""}]},
    {"Fn::Select": [0, {"Fn::Split": [",", {"Ref": "AWS::StackName"}]}]},
    {"Fn::FindInMap": []},
    {"Fn::FindInMap": ["Missing", {"Ref": "AWS::Region"}, "x"]},
    {"Fn::If": ["Missing", 1, 2]},
    {"Fn::If": [[], {}]},
    {"Fn::If": ["Missing", {"Ref": "AWS::NoValue"}, {"Fn::If": ["Missing", [], {}]}]},
    {"Fn::Equals": ["a", "a"]},
    {"Fn::Cidr": ["10.0.0.0/16", 10**9, 8]},
    {"Fn::Length": {"Ref": "Missing"}},
    {"Fn::ToJsonString": {"a": {"Ref": "Missing"}}},
    {"Fn::Transform": {"Name": "Custom", "Parameters": []}},
    {"Fn::ImportValue": {"Fn::Sub": "${AWS::StackName}-x"}},
    {"Fn::Base64": {"Fn::Base64": None}},
    {"Fn::Unknown": [[]]},
)
SECTIONS = ("Parameters", "Conditions", "Mappings", "Outputs", "Resources", "Transform", "Globals", "Metadata")
ATTRIBUTES = ("DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy", "CreationPolicy", "Condition", "DependsOn")
TYPES = (
    "AWS::RDS::DBInstance",
    "AWS::DynamoDB::Table",
    "AWS::S3::Bucket",
    "AWS::EC2::Instance",
    "AWS::Serverless::Function",
    "AWS::CloudFormation::Stack",
    "Custom::Thing",
    "x",
    "",
)


def edited(data: Any, random: Random) -> Any:
    """Return a copy of a template with some random edits; what an edit expects may be missing, then it does nothing."""
    template = copy.deepcopy(data)
    for _ in range(random.choice((1, 1, 2, 3, 8))):
        edit = random.choice(EDITS)
        edit(template, random)
    return template


def text_of_template(data: Any) -> str:
    """Return a template as JSON."""
    return json.dumps(data, indent=1)


def _nodes(data: Any) -> list[tuple[Container, Any]]:
    """Return the container and key of each value at any depth."""
    return list(_walk(data))


def _walk(node: Any) -> Iterator[tuple[Container, Any]]:
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in members:
        yield node, key
        yield from _walk(value)


def _resources(template: dict[str, Any]) -> dict[str, Any]:
    resources = template.get("Resources")
    return resources if isinstance(resources, dict) else {}


def _place(template: dict[str, Any], random: Random) -> tuple[Any, Any] | None:
    """Return a random place, in a resource more often than not."""
    names = list(_resources(template))
    root = _resources(template)[random.choice(names)] if names and random.random() < 0.8 else template
    places = _nodes(root)
    return random.choice(places) if places else None


def _change_value(template: dict[str, Any], random: Random) -> None:
    place = _place(template, random)
    if place:
        container, key = place
        container[key] = copy.deepcopy(random.choice((*VALUES, *FUNCTIONS)))


def _change_type_of_value(template: dict[str, Any], random: Random) -> None:
    place = _place(template, random)
    if place:
        container, key = place
        forms = ([container[key]], str(container[key]), json.dumps(container[key]), {"Fn::Sub": str(container[key])})
        container[key] = random.choice(forms)


def _remove_value(template: dict[str, Any], random: Random) -> None:
    place = _place(template, random)
    if place:
        container, key = place
        del container[key]


def _add_value(template: dict[str, Any], random: Random) -> None:
    place = _place(template, random)
    container = place[0] if place else template
    value = copy.deepcopy(random.choice((*VALUES, *FUNCTIONS)))
    if isinstance(container, list):
        container.insert(random.randrange(len(container) + 1), value)
    else:
        container[random.choice(("Name", "Tags", "Fn::Transform", "Engine", ""))] = value


def _wrap_in_function(template: dict[str, Any], random: Random) -> None:
    place = _place(template, random)
    if place:
        container, key = place
        conditions = template.get("Conditions")
        names = list(conditions) if isinstance(conditions, dict) else []
        value = container[key]
        other = copy.deepcopy(random.choice((*VALUES, {"Ref": "AWS::NoValue"})))
        branches = random.choice(([value, other], [other, value]))
        container[key] = {"Fn::If": [random.choice([*names, "Missing"]), *branches]}


def _reorder(template: dict[str, Any], random: Random) -> None:
    containers = [template, *(container[key] for container, key in _nodes(template))]
    container = random.choice(containers)
    if isinstance(container, list):
        random.shuffle(container)
    elif isinstance(container, dict):
        members = list(container.items())
        random.shuffle(members)
        container.clear()
        container.update(members)


def _rename_resource(template: dict[str, Any], random: Random) -> None:
    """Rename a resource, with or without the references to it."""
    resources = _resources(template)
    if not resources:
        return
    name = random.choice(list(resources))
    new_name = random.choice((f"{name}2", *resources))
    resources[new_name] = resources.pop(name)
    if random.random() < 0.5:
        text = json.dumps(template).replace(json.dumps(name), json.dumps(new_name))
        template.update(json.loads(text))


def _remove_resource(template: dict[str, Any], random: Random) -> None:
    resources = _resources(template)
    if resources:
        del resources[random.choice(list(resources))]


def _swap_resources(template: dict[str, Any], random: Random) -> None:
    resources = _resources(template)
    if len(resources) > 1:
        first, second = random.sample(list(resources), 2)
        resources[first], resources[second] = resources[second], resources[first]


def _change_type(template: dict[str, Any], random: Random) -> None:
    resources = _resources(template)
    resource = resources[random.choice(list(resources))] if resources else None
    if isinstance(resource, dict):
        resource["Type"] = random.choice((*TYPES, None, ["AWS::S3::Bucket"], {"Ref": "AWS::Region"}))


def _change_attribute(template: dict[str, Any], random: Random) -> None:
    resources = _resources(template)
    resource = resources[random.choice(list(resources))] if resources else None
    if isinstance(resource, dict):
        value = random.choice((*VALUES, *FUNCTIONS, "Delete", "Retain", "Snapshot", "Missing"))
        resource[random.choice(ATTRIBUTES)] = copy.deepcopy(value)


def _change_condition(template: dict[str, Any], random: Random) -> None:
    conditions = template.setdefault("Conditions", {})
    if not isinstance(conditions, dict):
        return
    name = random.choice([*conditions, "Missing"])
    forms = (
        {"Fn::Not": [{"Condition": name}]},  # a circle
        {"Fn::Not": [conditions.get(name)]},
        {"Fn::Equals": [{"Ref": "AWS::Region"}, "eu-west-1"]},
        {"Fn::Equals": ["a", "b"]},
        {"Fn::And": [{"Condition": "Missing"}, {"Fn::Equals": [[], {}]}]},
        {"Condition": "Missing"},
        None,
        "true",
    )
    conditions[name] = copy.deepcopy(random.choice(forms))


def _change_section(template: dict[str, Any], random: Random) -> None:
    section = random.choice(SECTIONS)
    if random.random() < 0.5:
        template.pop(section, None)
    else:
        forms = (None, [], "x", {"X": None}, {"X": {"Type": "String", "Default": []}}, {"Fn::Transform": "x"})
        template[section] = copy.deepcopy(random.choice(forms))


EDITS: tuple[Edit, ...] = (
    _change_value,
    _change_value,
    _change_type_of_value,
    _remove_value,
    _add_value,
    _wrap_in_function,
    _reorder,
    _rename_resource,
    _remove_resource,
    _swap_resources,
    _change_type,
    _change_attribute,
    _change_condition,
    _change_section,
)
