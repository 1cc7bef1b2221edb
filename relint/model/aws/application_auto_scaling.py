"""Scalable targets and scaling plans: which dimension of which resource they scale."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth
from relint.resolve.value import ABSENT, Expression, Located, Unknown, concat, expression_of, references, split_parts

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


_NAMES = {
    ("AWS::DynamoDB::Table", "Ref"): "TableName",
    ("AWS::ECS::Cluster", "Ref"): "ClusterName",
    ("AWS::ECS::Service", "Name"): "ServiceName",
}
"""The property that is returned, if it was written, by Ref or by an attribute of a type."""


class ScalingRegistration(NamedTuple):
    """What scales a resource: its properties, and whether it really is that resource's (True or an Unknown)."""

    properties: Located
    applies: Truth


class _Entry(NamedTuple):
    """What something registered names: the spelled form and the value, and whether it is of the dimension."""

    form: Expression
    value: Any
    listed: Truth
    properties: Located


def scaling_registrations(
    view: View, resource: Resource, dimension: str, index: Any = None
) -> list[ScalingRegistration]:
    """What scales, or may scale, a dimension of an ECS service, a DynamoDB table or one `index` of the table."""
    own = _own(view, resource, index)
    found = []
    for entry in _entries(view, dimension):
        answer = compare_texts(entry.form, own)
        if answer is None and index is None and resource.logical_id in references(entry.form):
            answer = True  # cut out of its ARN, for example
        if answer is None:
            reason = f'the name of "{resource.logical_id}" is not known before the deployment'
            unknown = entry.value if isinstance(entry.value, Unknown) else Unknown(("Same", entry.form, own), reason)
            found.append(ScalingRegistration(entry.properties, unknown))
        elif answer:
            found.append(ScalingRegistration(entry.properties, entry.listed))
    return found


def with_resource_names(view: View, value: Any) -> Expression:
    """The canonical form of a text in which a resource goes by its own name, or by ("Name", id) if it is generated."""
    form = expression_of(value)
    pieces = form[1:] if isinstance(form, tuple) and form[0] == "Concat" else (form,)
    return expression_of(concat([_named(view, piece) for piece in pieces], ""))


def compare_texts(one: Expression, other: Expression) -> bool | None:
    """Whether two spelled texts are equal; None where a part that is not known leaves it open."""
    if one == other:
        return True
    left, right = _letters(one), _letters(other)
    start = _common(left, right)
    left, right = left[start:], right[start:]
    end = _common(left[::-1], right[::-1])
    left, right = left[: len(left) - end], right[: len(right) - end]
    if left and right:
        apart = any(_settled(left[side]) and _settled(right[side]) for side in (0, -1))
    else:
        apart = any(_settled(letter) for letter in (*left, *right))
    return False if apart else None


def _common(one: list[Expression], other: list[Expression]) -> int:
    """How many letters two texts have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (left, right) in pairs if left != right), min(len(one), len(other)))


def _own(view: View, resource: Resource, index: Any) -> Expression:
    """What names the resource in a ResourceId; of an ECS service only the end, because it leaves the cluster open."""
    if resource.type == "AWS::ECS::Service":
        return with_resource_names(view, Unknown(("GetAtt", resource.logical_id, "Name"), ""))
    name = with_resource_names(view, Unknown(("Ref", resource.logical_id), ""))
    parts = ["table/", Unknown(name, "")] if index is None else ["table/", Unknown(name, ""), "/index/", index]
    return with_resource_names(view, concat(parts, ""))


def _entries(view: View, dimension: str) -> list[_Entry]:
    """What the template registers for a dimension, or may register for it."""
    return view.cached(f"scaled_by {dimension}", lambda view: list(_read(view, dimension)))


def _read(view: View, dimension: str) -> Iterator[_Entry]:
    for place in _registered(view):
        listed = apply_test("equals", view.get(place, "ScalableDimension").value, dimension)
        value = ABSENT if listed is False else view.get(place, "ResourceId").value
        if value is not ABSENT:
            form = with_resource_names(view, value)
            yield _Entry(_after_slash(form) if dimension.startswith("ecs:") else form, value, listed, place)


def _registered(view: View) -> Iterator[Located]:
    for target in view.resources("AWS::ApplicationAutoScaling::ScalableTarget"):
        yield view.get(target, "Properties")
    for plan in view.resources("AWS::AutoScalingPlans::ScalingPlan"):
        yield from view.select(plan, ("Properties", "ScalingInstructions", "*"))


def _named(view: View, piece: Expression) -> Any:
    """What a part of a text stands for: a literal, or an Unknown."""
    if isinstance(piece, tuple) and piece[0] in ("Ref", "GetAtt"):
        resource = view.template.resources.get(piece[1]) if isinstance(piece[1], str) else None
        if resource is not None:
            name = _NAMES.get((resource.type, piece[2] if piece[0] == "GetAtt" else "Ref"))
            if name is not None:
                value = view.get(resource, "Properties", name).value
                return Unknown(("Name", resource.logical_id), "") if value is ABSENT else value
    return piece if isinstance(piece, str) else Unknown(piece, "")


def _after_slash(form: Expression) -> Expression:
    pieces = form[1:] if isinstance(form, tuple) and form[0] == "Concat" else (form,)
    return expression_of(split_parts(pieces, "/", "")[-1])


def _letters(form: Expression) -> list[Expression]:
    """The letters of the known parts of a text, and between them its unknown parts."""
    pieces = form[1:] if isinstance(form, tuple) and form[0] == "Concat" else (form,)
    return [letter for piece in pieces for letter in (piece if isinstance(piece, str) else (piece,))]


def _settled(form: Expression) -> bool:
    """Whether a text can equal no other one: written out, or made of names that are generated or imported."""
    if isinstance(form, str):
        return True
    if form[0] == "Concat":
        return all(_settled(piece) for piece in form[1:])
    return form[0] in ("Name", "ImportValue")
