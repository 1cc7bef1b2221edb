"""Alarms without actions on which another resource of the template acts."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any
from relint.logic.truth import Truth, any_of
from relint.model.text.properties_text import properties_text
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_CONSUMER_TYPES = (
    "AWS::CloudWatch::CompositeAlarm",
    "AWS::CodeDeploy::DeploymentGroup",
    "AWS::ECS::Service",
    "AWS::Route53::HealthCheck",
    "AWS::StepFunctions::StateMachineAlias",
)


def fact(resource: Resource, view: View) -> Truth:
    """Whether another resource refers to the alarm (except by DependsOn) or contains its AlarmName.

    Composite alarms, health checks, deployments, experiments, zonal shifts and suppressors do so. Unknown if the name,
    or the rule of a composite alarm, is unknown.
    """
    for reference in view.template.references.incoming.get(resource.logical_id, ()):
        if reference.property[:1] != ("DependsOn",) and view.is_active(reference):
            return True
    name = view.get(resource, "Properties", "AlarmName").value
    if not name:
        return False
    return any_of(_contains_name(view, consumer, name) for consumer in view.resources(*_CONSUMER_TYPES))


def _contains_name(view: View, consumer: Resource, name: Any) -> Truth:
    rule = view.get(consumer, "Properties", "AlarmRule").value
    unknown = next((value for value in (name, rule) if isinstance(value, Unknown)), None)
    return unknown or str(name) in properties_text(view, consumer)
