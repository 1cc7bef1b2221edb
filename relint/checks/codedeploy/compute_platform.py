"""Compute platforms of CodeDeploy deployment groups."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any
from relint.model.name_matching import matches_name, name_matcher
from relint.resolve.value import ABSENT

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_APPLICATION = "AWS::CodeDeploy::Application"


def fact(resource: Resource, view: View) -> Any:
    """Return the platform of the group: "ECS", "Lambda" or "Server"; absent if its application is in no template.

    The group names its application by reference or by name. An application is for servers unless it says otherwise.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codedeploy-application.html
    """
    if view.get(resource, "Properties", "ECSServices").value is not ABSENT:
        return "ECS"
    name = view.get(resource, "Properties", "ApplicationName").value
    for application in view.resources(_APPLICATION):
        matcher = name_matcher(view, application, [("Properties", "ApplicationName")])
        if matches_name(view, matcher, name) is True:
            platform = view.get(application, "Properties", "ComputePlatform").value
            return "Server" if platform is ABSENT else platform
    return ABSENT
