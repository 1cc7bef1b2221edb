"""Whether something in the template acts on an alarm although the alarm itself calls nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relint.resolve.value import Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_READERS = (
    "AWS::CloudWatch::CompositeAlarm",
    "AWS::CodeDeploy::DeploymentGroup",
    "AWS::ECS::Service",
    "AWS::Route53::HealthCheck",
    "AWS::StepFunctions::StateMachineAlias",
)


def fact(resource: Resource, view: View) -> bool:
    """True if another resource refers to the alarm (but for DependsOn), or names it by the name that it is given.

    Composite alarms, health checks, deployments, experiments, zonal shifts and suppressors all do so.
    """
    for edge in view.template.graph.incoming.get(resource.logical_id, ()):
        if edge.property[:1] != ("DependsOn",) and view.holds(edge):
            return True
    name = view.get(resource, "Properties", "AlarmName").value
    if isinstance(name, Unknown) or not name:
        return False
    return any(str(name) in repr(expression_of(_text(view, one))) for one in view.resources(*_READERS))


def _text(view: View, reader: Resource) -> object:
    return view.scenario.plain(reader.body.get("Properties"), (*reader.path, "Properties"))
