"""Whether a scaling policy of Application Auto Scaling moves a scalable target.

A policy names its target by ScalingTargetId, which is what Ref of the target returns
("ResourceId|ScalableDimension|ServiceNamespace"), or it repeats ResourceId and ScalableDimension.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-applicationautoscaling-scalingpolicy.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from relint.checks.group_size import every
from relint.checks.scaled_by import same_text, spelled
from relint.evaluate.predicates import Truth, any_of, test
from relint.resolve.value import ABSENT, Unknown, concat

if TYPE_CHECKING:
    from relint.model.template import Resource
    from relint.model.view import View

_POLICY = "AWS::ApplicationAutoScaling::ScalingPolicy"
_ID = ("Properties", "ScalingTargetId")
_IDENTITY = ("ResourceId", "ScalableDimension", "ServiceNamespace")


def fact(resource: Resource, view: View) -> Truth:
    """Whether a scaling policy of the template moves the scalable target."""
    if view.referrers(resource, (_POLICY,), _ID):
        return True
    return any_of(_moves(view, policy, resource) for policy in view.resources(_POLICY))


def _moves(view: View, policy: Resource, target: Resource) -> Truth:
    named = view.get(policy, *_ID)
    if view.target(named) is not None:
        return False  # another target, because a Ref of this one would have been found
    identity = [view.get(target, "Properties", name).value for name in _IDENTITY]
    if named.value is not ABSENT:
        rest = [part for value in identity[1:] for part in ("|", value)]
        return _same(view, named.value, concat([identity[0], *rest], ""))
    dimension = test("equals", view.get(policy, "Properties", "ScalableDimension").value, identity[1])
    return dimension and every(dimension, _same(view, view.get(policy, "Properties", "ResourceId").value, identity[0]))


def _same(view: View, one: object, other: object) -> Truth:
    left, right = spelled(view, one), spelled(view, other)
    answer = same_text(left, right)
    if answer is not None:
        return answer
    unknown = next((value for value in (one, other) if isinstance(value, Unknown) and value.reason), None)
    return unknown or Unknown(("Same", left, right), "which target a policy moves is not known before the deployment")
