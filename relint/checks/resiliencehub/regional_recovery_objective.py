"""Whether the stack states that it recovers in another Region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relint.logic.predicates import apply_test as tested
from relint.logic.truth import Truth, any_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> Truth:
    """True if a resiliency policy of the template sets objectives for the loss of a Region.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-resiliencehub-resiliencypolicy.html
    """
    policies = view.resources("AWS::ResilienceHub::ResiliencyPolicy")
    return any_of(tested("exists", view.get(one, "Properties", "Policy", "Region").value, True) for one in policies)
