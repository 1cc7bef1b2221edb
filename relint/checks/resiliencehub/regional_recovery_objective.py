"""Stacks with an objective for recovery in another Region."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, any_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_REGION = ("Properties", "Policy", "Region")


def fact(resource: Resource, view: View) -> Truth:
    """Whether a resiliency policy of the template sets objectives for the loss of a Region.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-resiliencehub-resiliencypolicy.html
    """
    policies = view.resources("AWS::ResilienceHub::ResiliencyPolicy")
    return any_of(apply_test("exists", view.get(policy, *_REGION).value, operand=True) for policy in policies)
