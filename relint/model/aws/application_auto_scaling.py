"""Scalable targets and scaling plans, and the dimensions of resources that they scale."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth
from relint.model.aws.resource_names import in_lower_case
from relint.resolve.value import (
    ABSENT,
    Expression,
    Located,
    Unknown,
    attribute_name,
    concat,
    expression_of,
    is_call,
    is_concat,
    parts_of,
    referenced_id,
    references,
    split_parts,
)

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


_NAME_PROPERTIES = {
    ("AWS::DynamoDB::Table", "Ref"): "TableName",
    ("AWS::ECS::Cluster", "Ref"): "ClusterName",
    ("AWS::ECS::Service", "Name"): "ServiceName",
    ("AWS::Neptune::DBCluster", "Ref"): "DBClusterIdentifier",
    ("AWS::RDS::DBCluster", "Ref"): "DBClusterIdentifier",
}
"""The property that Ref, or Fn::GetAtt with this attribute, returns for a resource type if the property is set."""


class ScalingRegistration(NamedTuple):
    """Scaling of a resource: the properties that configure it, and whether it applies (True or an Unknown)."""

    properties: Located
    applies: Truth


class _Registration(NamedTuple):
    """A registered resource id as value and as expression, and whether it is registered for a dimension."""

    expression: Expression
    value: Any
    has_dimension: Truth
    properties: Located


def scaling_registrations(
    view: View, resource: Resource, dimension: str, index: Any = None
) -> list[ScalingRegistration]:
    """Return what scales, or may scale, a dimension of a service of ECS, a cluster of RDS or Neptune, or a table.

    The table is one of DynamoDB; `index` is the name of an index of it.
    """
    resource_expression = _resource_expression(view, resource, index)
    matching = []
    for registration in _registrations(view, dimension):
        is_equal = compare_texts(registration.expression, resource_expression)
        if is_equal is None and index is None:
            is_equal = _is_part_of_reference(view, resource, registration.expression)
        if is_equal is None:
            reason = f'the name of "{resource.logical_id}" is not known before the deployment'
            unknown = (
                registration.value
                if isinstance(registration.value, Unknown)
                else Unknown(("Same", registration.expression, resource_expression), reason)
            )
            matching.append(ScalingRegistration(properties=registration.properties, applies=unknown))
        elif is_equal:
            matching.append(ScalingRegistration(properties=registration.properties, applies=registration.has_dimension))
    return matching


def _is_part_of_reference(view: View, resource: Resource, expression: Expression) -> bool | None:
    """Whether a resource id is part of the ARN of a resource, for example, and not of another one of its type."""
    named = references(expression)
    if resource.logical_id in named:
        return True
    return False if any(other.logical_id in named for other in view.resources(resource.type)) else None


def with_resource_names(view: View, value: Any) -> Expression:
    """Return the expression of a text in which references to resources are replaced by their names.

    A generated name is ("Name", logical id).
    """
    return expression_of(concat([_name_of(view, part) for part in parts_of(expression_of(value))], ""))


def compare_texts(left: Expression, right: Expression) -> bool | None:
    """Return whether two expressions of `with_resource_names` are equal; None if unknown parts leave it open."""
    if left == right:
        return True
    left_symbols, right_symbols = _symbols(left), _symbols(right)
    start = _common_length(left_symbols, right_symbols)
    left_symbols, right_symbols = left_symbols[start:], right_symbols[start:]
    end = _common_length(left_symbols[::-1], right_symbols[::-1])
    left_symbols = left_symbols[: len(left_symbols) - end]
    right_symbols = right_symbols[: len(right_symbols) - end]
    if left_symbols and right_symbols:
        are_different = any(_is_unique(left_symbols[side]) and _is_unique(right_symbols[side]) for side in (0, -1))
    else:
        are_different = any(_is_unique(symbol) for symbol in (*left_symbols, *right_symbols))
    return False if are_different else None


def _common_length(left: list[Expression], right: list[Expression]) -> int:
    """Return the length of the common beginning of two lists of symbols."""
    for index, (left_symbol, right_symbol) in enumerate(zip(left, right, strict=False)):
        if left_symbol != right_symbol:
            return index
    return min(len(left), len(right))


def _resource_expression(view: View, resource: Resource, index: Any) -> Expression:
    """Return the ResourceId of a resource; for an ECS service only its end, because the cluster may be unknown."""
    if resource.type == "AWS::ECS::Service":
        return with_resource_names(view, Unknown(("GetAtt", resource.logical_id, "Name"), ""))
    name = with_resource_names(view, Unknown(("Ref", resource.logical_id), ""))
    if resource.type.endswith("::DBCluster"):
        return in_lower_case(with_resource_names(view, concat(["cluster:", Unknown(name, "")], "")))
    parts = ["table/", Unknown(name, "")] if index is None else ["table/", Unknown(name, ""), "/index/", index]
    return with_resource_names(view, concat(parts, ""))


def _registrations(view: View, dimension: str) -> list[_Registration]:
    """Return the registrations that have, or may have, a dimension."""
    return view.cached(f"scaling registrations {dimension}", lambda view: list(_read_registrations(view, dimension)))


def _read_registrations(view: View, dimension: str) -> Iterator[_Registration]:
    for properties in _registered_properties(view):
        has_dimension = apply_test("equals", view.get(properties, "ScalableDimension").value, dimension)
        value = ABSENT if has_dimension is False else view.get(properties, "ResourceId").value
        if value is not ABSENT:
            expression = with_resource_names(view, value)
            if dimension.startswith("ecs:"):
                expression = _after_last_slash(expression)
            elif dimension.startswith(("rds:", "neptune:")):
                expression = in_lower_case(expression)
            yield _Registration(
                expression=expression,
                value=value,
                has_dimension=has_dimension,
                properties=properties,
            )


def _registered_properties(view: View) -> Iterator[Located]:
    for target in view.resources("AWS::ApplicationAutoScaling::ScalableTarget"):
        yield view.get(target, "Properties")
    for plan in view.resources("AWS::AutoScalingPlans::ScalingPlan"):
        yield from view.select(plan, ("Properties", "ScalingInstructions", "*"))


def _name_of(view: View, part: Expression) -> Any:
    """Return a part of a text as a literal or an Unknown, with the name of a resource in place of a reference."""
    resource = view.template.resources.get(referenced_id(part) or "")
    if resource is not None:
        attribute = "Ref" if is_call(part, "Ref") else attribute_name(part)
        name_property = _NAME_PROPERTIES.get((resource.type, attribute or ""))
        if name_property is not None:
            value = view.get(resource, "Properties", name_property).value
            return Unknown(("Name", resource.logical_id), "") if value is ABSENT else value
    return part if isinstance(part, str) else Unknown(part, "")


def _after_last_slash(expression: Expression) -> Expression:
    return expression_of(split_parts(parts_of(expression), "/", "")[-1])


def _symbols(expression: Expression) -> list[Expression]:
    """Return the letters of the literal parts of a text, and its unknown parts."""
    return [symbol for part in parts_of(expression) for symbol in (part if isinstance(part, str) else (part,))]


def _is_unique(expression: Expression) -> bool:
    """Whether a text differs from every other expression: a literal, or a generated or imported name."""
    if is_concat(expression):
        return all(_is_unique(part) for part in parts_of(expression))
    return isinstance(expression, str) or is_call(expression, "Name", "ImportValue", "GetStackOutput")
