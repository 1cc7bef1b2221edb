"""Whether a scaling policy of Application Auto Scaling moves a scalable target.

A policy names its target by ScalingTargetId, which is what Ref of the target returns
("ResourceId|ScalableDimension|ServiceNamespace"), or it repeats ResourceId and ScalableDimension.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-applicationautoscaling-scalingpolicy.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of, any_of
from relint.model.aws.application_auto_scaling import same_text, spelled
from relint.resolve.value import ABSENT, Expression, Unknown, concat

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_POLICY = "AWS::ApplicationAutoScaling::ScalingPolicy"
_ID = ("Properties", "ScalingTargetId")
_REASON = "which target a policy moves is not known before the deployment"


class _Policy(NamedTuple):
    """What a policy says of its target: its whole id, or (if `dimension` is not ABSENT) its ResourceId, as spelled."""

    form: Expression
    value: Any
    dimension: Any


def fact(resource: Resource, view: View) -> Truth:
    """Whether a scaling policy of the template moves the scalable target."""
    if view.referrers(resource, (_POLICY,), _ID):
        return True
    policies = view.shared("scaling_policy", lambda view: list(_policies(view)))
    identity = ("ResourceId", "ScalableDimension", "ServiceNamespace")
    place, dimension, service = (view.get(resource, "Properties", name).value for name in identity)
    own = spelled(view, place)
    whole = spelled(view, concat([place, "|", dimension, "|", service], _REASON))
    return any_of(
        _same(policy, whole)
        if policy.dimension is ABSENT
        else all_of((apply_test("equals", policy.dimension, dimension), _same(policy, own)))
        for policy in policies
    )


def _policies(view: View) -> Iterator[_Policy]:
    """The policies that do not refer to a target of the template, but may name one."""
    for policy in view.resources(_POLICY):
        named = view.get(policy, *_ID)
        if named.value is ABSENT:
            place = view.get(policy, "Properties", "ResourceId").value
            yield _Policy(spelled(view, place), place, view.get(policy, "Properties", "ScalableDimension").value)
        elif view.target(named) is None:
            yield _Policy(spelled(view, named.value), named.value, ABSENT)


def _same(policy: _Policy, form: Expression) -> Truth:
    answer = same_text(policy.form, form)
    if answer is not None:
        return answer
    return policy.value if isinstance(policy.value, Unknown) else Unknown(("Same", policy.form, form), _REASON)
