"""Dimensions of alarms that the metric does not have.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.resolve.value import ABSENT, Located, Unknown, arguments_of, expression_of, function_name

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_BALANCER_NAMESPACES = ("AWS/ApplicationELB", "AWS/NetworkELB", "AWS/GatewayELB")


def check(resource: Resource, view: View, wrong_references: Mapping[str, Mapping[str, str]]) -> Iterator[Problem]:
    """Yield a problem at a dimension with a value that the service does not publish.

    `wrong_references` contains, by namespace and dimension ("AWS/SQS QueueName"), the wrong references as "type
    attribute" ("type" for a Ref), each with the right one. Message values: `dimension`, `right`. At Dimensions: message
    `missing` if a dimension is missing that the metric always has, with `dimension`.
    """
    for metric in _metrics(view, resource):
        namespace = view.get(metric, "Namespace").value
        if isinstance(namespace, Unknown) or not isinstance(namespace, str):
            continue
        dimensions = view.get(metric, "Dimensions")
        names: list[object] = []
        for item in view.select(dimensions, ("*",)):
            name, value = view.get(item, "Name").value, view.get(item, "Value")
            names.append(name)
            right = wrong_references.get(f"{namespace} {name}", {}).get(_reference(view, value))
            if right is not None:
                yield Problem(value.path, values={"dimension": name, "right": right})
        if any(isinstance(name, Unknown) for name in names):
            continue
        if namespace in _BALANCER_NAMESPACES and "TargetGroup" in names and "LoadBalancer" not in names:
            yield Problem(dimensions.path, values={"dimension": "LoadBalancer"}, message="missing")
        if namespace == "AWS/ES" and "DomainName" in names and "ClientId" not in names:
            yield Problem(dimensions.path, values={"dimension": "ClientId"}, message="missing")


def _metrics(view: View, resource: Resource) -> Iterator[Located]:
    """Yield the metric of the alarm, and the metrics of its metric math."""
    properties = view.get(resource, "Properties")
    if view.get(properties, "MetricName").value is not ABSENT:
        yield properties
    yield from view.select(properties, ("Metrics", "*", "MetricStat", "Metric"))


def _reference(view: View, value: Located) -> str:
    """Return the "type attribute" of a bare Ref or Fn::GetAtt, else an empty text."""
    target = view.target(value)
    if target is None:
        return ""
    expression = expression_of(value.value)
    attribute = arguments_of(expression)[1] if function_name(expression) == "GetAtt" else ""
    return f"{target.type} {attribute}".strip()
