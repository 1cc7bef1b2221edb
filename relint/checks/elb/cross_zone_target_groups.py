"""Target groups that balance over zones whatever their load balancer does.

The attribute of a target group takes precedence over that of a Network Load Balancer.
https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-cross-zone.html
"""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of
from relint.model.aws.load_balancers import TARGET_GROUP, target_group_arns
from relint.resolve.value import ABSENT, Located, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_CROSS_ZONE = ("Properties", "TargetGroupAttributes", (("Key", "load_balancing.cross_zone.enabled"),), "Value")


def fact(resource: Resource, view: View) -> Truth:
    """Whether every target group of the load balancer switches cross-zone balancing on; False without target groups.

    Unknown if a target group is not in the template.
    """
    arns = target_group_arns(view, resource)
    return bool(arns) and all_of(_is_on(view, arn) for arn in arns)


def _is_on(view: View, arn: Located) -> Truth:
    group = view.target(arn, TARGET_GROUP)
    if group is None:
        return Unknown(("TargetGroup", arn.path), "a target group that it forwards to is not in this template")
    (attribute,) = view.select(group, _CROSS_ZONE)
    return attribute.value is not ABSENT and apply_test("equals", attribute.value, "true")
