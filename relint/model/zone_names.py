"""Names of zones, of lists of zones and of resources in messages."""

from __future__ import annotations

from relint.resolve.value import Expression, arguments_of, function_name

ZONES_OF_REGION = "the zones of the Region"
"""The name of the list that Fn::GetAZs returns."""
_OTHER_NAMES = {
    "": "?",
    "Macro": "a value that a macro adds",
    "Map": "a mapping",
    "Transform": "a value that a macro makes",
    "Varying": "a value that differs between deployments",
}


def describe_expression(expression: Expression) -> str:
    """Return an expression as authors write it: a logical id, a parameter name, or the called function."""
    if isinstance(expression, str):
        return expression
    name, arguments = function_name(expression), arguments_of(expression)
    if name == "Scoped":
        return describe_expression(arguments[1])
    if name in ("Ref", "Items", "List", "Zone", "Id", "Anywhere"):
        return describe_expression(arguments[0]) if arguments else name
    if name == "GetAtt":
        return f"{arguments[0]}.{arguments[1]}"
    if name == "Select":
        return f"item {arguments[0]} of {describe_expression(arguments[1])}"
    if name == "GetAZs":
        return ZONES_OF_REGION
    if name == "ImportValue":
        return f"import {describe_expression(arguments[0])}"
    if name == "GetStackOutput":
        stack, output, region = map(describe_expression, arguments[:3])
        return f"output {output} of stack {stack}{f' in {region}' if region else ''}"
    if name == "Concat":
        return "".join(part if isinstance(part, str) else "${" + describe_expression(part) + "}" for part in arguments)
    if name == "Dynamic":
        return str(arguments[0])
    if name in ("Split", "Join"):
        return describe_expression(arguments[1])
    if name == "FindInMap":
        map_name, *keys = map(describe_expression, arguments)
        return f"entry {'.'.join(keys)} of mapping {map_name}"
    if name == "Member":
        return f"{describe_expression(arguments[0])}.{arguments[1]}"
    return _OTHER_NAMES.get(name, f"Fn::{name}")


def describe_arn(expression: Expression) -> str:
    """Return the last part of an ARN as authors write it, or all of a name or of a dynamic reference."""
    text = describe_expression(expression)
    return text if "{{resolve:" in text else text.rpartition(":")[2]
