"""Data that the stack may lose with a Region."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any
from relint.logic.predicates import as_number
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_RPO = ("Properties", "Policy", "Region", "RpoInSecs")


def fact(resource: Resource, view: View, per_second: int = 1) -> Any:
    """Return the smallest lag above the RPO for the loss of a Region.

    ABSENT if no resiliency policy states an RPO. The unit is a second, or a part of which a second has
    `per_second`. Unknown if an RPO is unknown.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-resiliencehub-resiliencypolicy.html
    """
    objectives = [view.get(policy, *_RPO).value for policy in view.resources("AWS::ResilienceHub::ResiliencyPolicy")]
    unknown = next((objective for objective in objectives if isinstance(objective, Unknown)), None)
    if unknown is not None:
        return Unknown(unknown.expression, unknown.reason, minimum=0)
    numbers = (as_number(objective) for objective in objectives if objective is not ABSENT)
    seconds = [number for number in numbers if number is not None]
    return min(seconds) * per_second + 1 if seconds else ABSENT
