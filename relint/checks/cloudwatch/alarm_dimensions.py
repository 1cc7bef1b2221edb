"""Whether the dimensions of an alarm have values that the metric really has.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.resolve.value import ABSENT, Located, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_BALANCERS = ("AWS/ApplicationELB", "AWS/NetworkELB", "AWS/GatewayELB")


def check(resource: Resource, view: View, wrong: Mapping[str, Mapping[str, str]]) -> Iterator[Problem]:
    """A problem for a dimension that is a reference to what the service does not publish, and for a missing one.

    `wrong` has, by "type attribute" ("" for a Ref), the dimensions for which that is a mistake and what is right.
    """
    for metric in _metrics(resource, view):
        namespace = view.get(metric, "Namespace").value
        if isinstance(namespace, Unknown) or not isinstance(namespace, str):
            continue
        dimensions = view.get(metric, "Dimensions")
        names: list[object] = []
        for item in view.select(dimensions, ("*",)):
            name, value = view.get(item, "Name").value, view.get(item, "Value")
            names.append(name)
            right = wrong.get(f"{namespace} {name}", {}).get(_reference(view, value))
            if right is not None:
                yield Problem(value.path, {"dimension": name, "right": right}, ())
        if any(isinstance(name, Unknown) for name in names):
            continue
        if namespace in _BALANCERS and "TargetGroup" in names and "LoadBalancer" not in names:
            yield Problem(dimensions.path, {"dimension": "LoadBalancer"}, (), "missing")
        if namespace == "AWS/ES" and "DomainName" in names and "ClientId" not in names:
            yield Problem(dimensions.path, {"dimension": "ClientId"}, (), "missing")


def _metrics(resource: Resource, view: View) -> Iterator[Located]:
    """The alarm's own metric, and those of its metric math."""
    own = view.get(resource, "Properties")
    if view.get(own, "MetricName").value is not ABSENT:
        yield own
    yield from view.select(own, ("Metrics", "*", "MetricStat", "Metric"))


def _reference(view: View, value: Located) -> str:
    """The "type attribute" of a bare Ref or Fn::GetAtt; what other functions make of one is not judged."""
    target = view.target(value)
    form = value.value.expression if isinstance(value.value, Unknown) else None
    if target is None or not isinstance(form, tuple):
        return ""
    return f"{target.type} {form[2] if form[0] == 'GetAtt' else ''}".strip()
