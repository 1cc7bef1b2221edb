"""The intrinsic functions of CloudFormation, each a Python function of a scenario, an argument and a path.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable

from relint._typing import TYPE_CHECKING, Any
from relint.resolve.conditions import evaluate_condition
from relint.resolve.placeholders import missing_kind
from relint.resolve.value import (
    ABSENT,
    Expression,
    Unknown,
    can_be_split,
    concat,
    contains_unknown,
    dynamic_reference,
    expression_of,
    is_dynamic_reference,
    malformed,
    names_resource,
    parts_of,
    scalar_text,
    split_parts,
)

if TYPE_CHECKING:
    from relint.resolve.scenario import Scenario
    from relint.source.location import Path

_PLACEHOLDER = r"\$\{([^${}]*)\}"  # compiled on first use
_MAX_CIDR_BLOCKS = 256
_DEFAULT_CIDR_BITS = 8
_ASSEMBLED_LATER = "a text that is put together on deployment"


def call_function(scenario: Scenario, name: str, argument: Any, path: Path) -> Any:
    """Return the result of an intrinsic function: a scalar, list or dict, an Unknown, or ABSENT for AWS::NoValue."""
    function = _FUNCTIONS.get(name)
    if function is None:
        return Unknown((name, expression_of(argument)), f'relint does not know "{name}"')
    return function(scenario, argument, (*path, name))


def _ref(scenario: Scenario, name: Any, path: Path) -> Any:
    if name == "AWS::NoValue":
        return ABSENT
    if not isinstance(name, str):
        return malformed("Ref", name)
    if name in scenario.deployments.parameters:
        return _parameter_value(scenario, name, path)
    if name in scenario.deployments.resource_ids:
        is_named_here = name in scenario.deployments.named_ids
        return Unknown(("Ref", name), f'"{name}" has no id before it is created', named_here=is_named_here)
    return Unknown(("Ref", name), f'"{name}" is not declared in this template')


def _parameter_value(scenario: Scenario, name: str, path: Path) -> Any:
    """Return the value of a parameter in a property; a placeholder for what a deployment passes is Unknown."""
    parameter = scenario.deployments.parameters[name]
    if not parameter.choices:
        return parameter.unknown_value

    def known_text(value: Any) -> Hashable:
        is_unknown = isinstance(value, Unknown) or missing_kind(path, value, parameter.type)
        return None if is_unknown else repr(value)

    value = scenario.parameter_value(name, known_text)
    kind = missing_kind(path, value, parameter.type)
    if kind is None:
        return value
    subject = "the value" if parameter.is_given else "the default"
    return parameter.placeholder(value, f'{subject} of parameter "{name}" is not {kind}')


def _get_att(scenario: Scenario, argument: Any, path: Path) -> Any:
    parts = argument.split(".", 1) if isinstance(argument, str) else argument
    if not isinstance(parts, list) or len(parts) != 2 or not isinstance(parts[0], str):
        return malformed("Fn::GetAtt", argument)
    attribute = expression_of(scenario.resolve_deep(parts[1], (*path, 1)))
    outputs = scenario.deployments.cross_stack_values.outputs
    if (parts[0], attribute) in outputs:
        return outputs[parts[0], attribute]
    is_named_here = names_resource(attribute) and parts[0] in scenario.deployments.named_ids
    is_here = parts[0] in scenario.deployments.resource_ids
    state = "has no attributes before it is created" if is_here else "is not declared in this template"
    return Unknown(("GetAtt", parts[0], attribute), f'"{parts[0]}" {state}', named_here=is_named_here)


def _find_in_map(scenario: Scenario, argument: Any, path: Path) -> Any:
    from relint.resolve.mappings import find_in_map  # most templates have no mappings

    return find_in_map(scenario, argument, path)


def _sub(scenario: Scenario, argument: Any, path: Path) -> Any:
    text, variables = argument, {}
    if isinstance(argument, list) and len(argument) == 2 and isinstance(argument[1], dict):
        text, variables = argument
    if not isinstance(text, str):
        return malformed("Fn::Sub", argument)
    if is_dynamic_reference(text):
        return dynamic_reference(text)
    parts: list[Any] = []
    end = 0
    for match in re.finditer(_PLACEHOLDER, text):
        parts.append(text[end : match.start()])
        end = match.end()
        name = match[1].strip()
        if name.startswith("!"):
            parts.append("${" + name[1:] + "}")
        elif name in variables:
            parts.append(scenario.resolve_deep(variables[name], (*path, 1, name)))
        elif "." in name and name.split(".")[0] in scenario.deployments.resource_ids:
            parts.append(_get_att(scenario, name, path))
        else:
            parts.append(_ref(scenario, name, path))
    parts.append(text[end:])
    return _concatenate(parts)


def _join(scenario: Scenario, argument: Any, path: Path) -> Any:
    if not isinstance(argument, list) or len(argument) != 2:
        return malformed("Fn::Join", argument)
    delimiter = scenario.resolve_deep(argument[0], (*path, 0))
    items = scenario.resolve_deep(argument[1], (*path, 1))
    if not isinstance(items, list):
        reason = items.reason if isinstance(items, Unknown) else _ASSEMBLED_LATER
        return Unknown(("Join", expression_of(delimiter), expression_of(items)), reason)
    parts: list[Any] = []
    for item in items:
        parts += [delimiter, item] if parts else [item]
    return _concatenate(parts)


def _concatenate(parts: list[Any]) -> Any:
    unknown = next((part for part in parts if isinstance(part, Unknown)), None)
    if unknown is not None and all(part is unknown or part is ABSENT or part == "" for part in parts):
        return unknown
    return concat([part for part in parts if part is not ABSENT], unknown.reason if unknown else _ASSEMBLED_LATER)


def _select(scenario: Scenario, argument: Any, path: Path) -> Any:
    if not isinstance(argument, list) or len(argument) != 2:
        return malformed("Fn::Select", argument)
    index = _integer(scenario.resolve_deep(argument[0], (*path, 0)))
    options = scenario.resolve(argument[1], (*path, 1))
    if index is None:
        index_expression = expression_of(scenario.resolve_deep(argument[0], path))
        expression = ("Select", index_expression, _expression(scenario, options.value, path))
        return Unknown(expression, "the index of Fn::Select is not known")
    if isinstance(options.value, list):
        items = scenario.items(options)
        if 0 <= index < len(items):
            return items[index].value
        return Unknown(("Select", index, _expression(scenario, options.value, path)), f"the list has no item {index}")
    if isinstance(options.value, Unknown):
        return Unknown(("Select", index, options.value.expression), options.value.reason)
    return malformed("Fn::Select", argument)


def _split(scenario: Scenario, argument: Any, path: Path) -> Any:
    if not isinstance(argument, list) or len(argument) != 2:
        return malformed("Fn::Split", argument)
    delimiter = scenario.resolve_deep(argument[0], (*path, 0))
    text = scenario.resolve_deep(argument[1], (*path, 1))
    if isinstance(text, Unknown):
        if isinstance(delimiter, str) and can_be_split(text, delimiter):
            return split_parts(parts_of(text.expression), delimiter, text.reason)
        return Unknown(("Split", expression_of(delimiter), text.expression), text.reason)
    if not isinstance(delimiter, str) or not delimiter:
        return malformed("Fn::Split", argument)
    return scalar_text(text).split(delimiter)


def _get_azs(scenario: Scenario, argument: Any, path: Path) -> Any:
    # The expression is the same for every Region of the stack, so the parameter must not become a choice.
    if argument in ("", None) or argument == {"Ref": "AWS::Region"}:
        parameter = scenario.deployments.parameters["AWS::Region"]
        region = parameter.choices[0] if parameter.is_given else parameter.unknown
    else:
        region = scenario.resolve_deep(argument, path)
    return Unknown(("GetAZs", expression_of(region)), "the zones of the Region differ between accounts")


def _cidr(scenario: Scenario, argument: Any, path: Path) -> Any:
    values = scenario.resolve_deep(argument, path)
    if isinstance(values, list) and len(values) in (2, 3) and not any(isinstance(value, Unknown) for value in values):
        from ipaddress import ip_network
        from itertools import islice

        try:
            network = ip_network(str(values[0]), strict=False)
            bits = int(values[2]) if len(values) == 3 else _DEFAULT_CIDR_BITS
            subnets = network.subnets(new_prefix=network.max_prefixlen - bits)
            return [str(subnet) for subnet in islice(subnets, min(int(values[1]), _MAX_CIDR_BLOCKS))]
        except ValueError:
            return malformed("Fn::Cidr", argument)
    return Unknown(("Cidr", expression_of(values)), "the address block is not known")


def _base64(scenario: Scenario, argument: Any, path: Path) -> Any:
    text = scenario.resolve_deep(argument, path)
    if isinstance(text, Unknown):
        return Unknown(("Base64", text.expression), text.reason)
    from base64 import b64encode

    return b64encode(scalar_text(text).encode("utf-8", "surrogatepass")).decode("ascii")


def _import_value(scenario: Scenario, argument: Any, path: Path) -> Any:
    name = expression_of(scenario.resolve_deep(argument, path))
    imports = scenario.deployments.cross_stack_values.imports
    if isinstance(name, str) and name in imports:
        return imports[name]
    export_name = f' as "{name}"' if isinstance(name, str) else ""
    return Unknown(("ImportValue", name), f"another stack exports it{export_name}")


def _get_stack_output(scenario: Scenario, argument: Any, path: Path) -> Any:
    if not isinstance(argument, dict) or not argument.keys() >= {"StackName", "OutputName"}:
        return malformed("Fn::GetStackOutput", argument)
    names = ("StackName", "OutputName", "Region", *(["RoleArn"] if "RoleArn" in argument else []))
    values = (scenario.resolve_deep(argument.get(name, ""), (*path, name)) for name in names)
    stack, output, region, *role = map(expression_of, values)
    outputs = scenario.deployments.cross_stack_values.stack_outputs
    if (stack, output, region, *role) in outputs:
        return outputs[stack, output, region]
    of_output = f' "{output}"' if isinstance(output, str) else ""
    of_stack = f'stack "{stack}"' if isinstance(stack, str) else "another stack"
    in_region = f" in {region}" if isinstance(region, str) and region else ""
    by_role = f', read by role "{role[0]}"' if role and isinstance(role[0], str) else ""  # often of another account
    reason = f"it is output{of_output} of {of_stack}{in_region}{by_role}"
    return Unknown(("GetStackOutput", stack, output, region, *role), reason)


def _transform(scenario: Scenario, argument: Any, path: Path) -> Any:
    name = argument.get("Name") if isinstance(argument, dict) else None
    return Unknown(("Transform", *path), f'macro "{name}" makes it on deployment', optional=True)


def _length(scenario: Scenario, argument: Any, path: Path) -> Any:
    value = scenario.resolve(argument, path)
    if isinstance(value.value, list):
        return len(scenario.items(value))
    reason = value.value.reason if isinstance(value.value, Unknown) else "its list is not known"
    return Unknown(("Length", _expression(scenario, value.value, path)), reason, minimum=0)


def _to_json_string(scenario: Scenario, argument: Any, path: Path) -> Any:
    from json import dumps

    value = scenario.resolve_deep(argument, path)
    if contains_unknown(value):  # which is a tuple, and so would be written as a list
        return Unknown(("ToJsonString", expression_of(value)), _ASSEMBLED_LATER)
    return dumps(value)


def _condition(scenario: Scenario, argument: Any, path: Path) -> Any:
    return evaluate_condition(scenario, {path[-1]: argument})


def _expression(scenario: Scenario, value: Any, path: Path) -> Expression:
    return expression_of(scenario.resolve_deep(value, path) if isinstance(value, dict | list) else value)


def _integer(value: Any) -> int | None:
    if isinstance(value, Unknown | list | dict):
        return None
    try:
        return int(scalar_text(value))
    except ValueError:
        return None


_FUNCTIONS: dict[str, Callable[[Scenario, Any, Path], Any]] = {
    "Ref": _ref,
    "Fn::GetAtt": _get_att,
    "Fn::Sub": _sub,
    "Fn::Join": _join,
    "Fn::Select": _select,
    "Fn::Split": _split,
    "Fn::FindInMap": _find_in_map,
    "Fn::GetAZs": _get_azs,
    "Fn::Cidr": _cidr,
    "Fn::Base64": _base64,
    "Fn::ImportValue": _import_value,
    "Fn::GetStackOutput": _get_stack_output,
    "Fn::Transform": _transform,
    "Fn::Length": _length,
    "Fn::ToJsonString": _to_json_string,
    "Fn::And": _condition,
    "Fn::Or": _condition,
    "Fn::Not": _condition,
    "Fn::Equals": _condition,
}
