"""Settings of EC2 instances, which a launch template may make for them."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import Steps, View

_LAUNCH_TEMPLATE = "AWS::EC2::LaunchTemplate"
_REFERENCE = ("Properties", "LaunchTemplate")


def fact(resource: Resource, view: View, *, template: Steps, own: Steps = ()) -> Any:
    """Return the value at the path `own` of an instance, else the value at `template` of its launch template.

    ABSENT if neither is written. Unknown, and maybe absent, if the template does not contain the launch template.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-instance.html
    """
    value = view.select(resource, own)[0].value if own else ABSENT
    if value is not ABSENT or view.get(resource, *_REFERENCE).value is ABSENT:
        return value
    launch_templates = view.referents(resource, (_LAUNCH_TEMPLATE,), _REFERENCE)
    if launch_templates:
        return view.select(launch_templates[0], template)[0].value
    reason = "its launch template, which is not here, decides"
    return Unknown(("LaunchTemplate", resource.logical_id), reason, optional=True)
