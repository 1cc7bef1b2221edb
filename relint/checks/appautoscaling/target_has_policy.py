"""Scalable targets that a scaling policy of Application Auto Scaling changes.

A policy names its target by ScalingTargetId, which is what Ref of the target returns
("ResourceId|ScalableDimension|ServiceNamespace"), or repeats ResourceId and ScalableDimension.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-applicationautoscaling-scalingpolicy.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of, any_of
from relint.model.aws.application_auto_scaling import compare_texts, with_resource_names
from relint.resolve.value import ABSENT, Expression, Unknown, concat

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_POLICY = "AWS::ApplicationAutoScaling::ScalingPolicy"
_TARGET_ID = ("Properties", "ScalingTargetId")
_REASON = "which target a policy moves is not known before the deployment"


class _TargetName(NamedTuple):
    """The text by which a policy names its target.

    The text is the ResourceId of the target, or the whole ScalingTargetId if `dimension` is ABSENT.
    """

    expression: Expression
    value: Any
    dimension: Any


def fact(resource: Resource, view: View) -> Truth:
    """Whether a scaling policy of the template has the scalable target.

    Unknown if a policy names its target by a text that may be equal on deployment.
    """
    if view.referrers(resource, (_POLICY,), _TARGET_ID):
        return True
    names = view.cached("targets of scaling policies", lambda view: list(_target_names(view)))
    properties = ("ResourceId", "ScalableDimension", "ServiceNamespace")
    resource_id, dimension, namespace = (view.get(resource, "Properties", name).value for name in properties)
    resource_expression = with_resource_names(view, resource_id)
    target_expression = with_resource_names(view, concat([resource_id, "|", dimension, "|", namespace], _REASON))
    return any_of(
        _matches(name, target_expression)
        if name.dimension is ABSENT
        else all_of((apply_test("equals", name.dimension, dimension), _matches(name, resource_expression)))
        for name in names
    )


def _target_names(view: View) -> Iterator[_TargetName]:
    """Yield the targets that policies name by text instead of by reference."""
    for policy in view.resources(_POLICY):
        target_id = view.get(policy, *_TARGET_ID)
        if target_id.value is ABSENT:
            resource_id = view.get(policy, "Properties", "ResourceId").value
            dimension = view.get(policy, "Properties", "ScalableDimension").value
            yield _TargetName(expression=with_resource_names(view, resource_id), value=resource_id, dimension=dimension)
        elif view.target(target_id) is None:
            value = target_id.value
            yield _TargetName(expression=with_resource_names(view, value), value=value, dimension=ABSENT)


def _matches(name: _TargetName, expression: Expression) -> Truth:
    is_equal = compare_texts(name.expression, expression)
    if is_equal is not None:
        return is_equal
    return name.value if isinstance(name.value, Unknown) else Unknown(("Same", name.expression, expression), _REASON)
