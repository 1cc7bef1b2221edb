"""How much data the stack may lose with a Region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from relint.logic.predicates import as_number
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_RPO = ("Properties", "Policy", "Region", "RpoInSecs")


def fact(resource: Resource, view: View, per_second: int = 1) -> Any:
    """The least lag that breaks the RPO of a resiliency policy for the loss of a Region; ABSENT if none is stated.

    It is given in seconds, or in parts of a second of which there are so many `per_second`.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-resiliencehub-resiliencypolicy.html
    """
    stated = [view.get(one, *_RPO).value for one in view.resources("AWS::ResilienceHub::ResiliencyPolicy")]
    unknown = next((one for one in stated if isinstance(one, Unknown)), None)
    if unknown is not None:
        return Unknown(unknown.expression, unknown.reason, minimum=0)
    known = [seconds for one in stated if one is not ABSENT and (seconds := as_number(one)) is not None]
    return min(known) * per_second + 1 if known else ABSENT
