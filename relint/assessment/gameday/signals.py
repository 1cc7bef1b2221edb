"""Signals: the alarms and health checks in templates by which people and services would notice an event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from relint._typing import TYPE_CHECKING
from relint.assessment.gameday.records import Signal
from relint.model.aws.alarms import metrics_of_alarm
from relint.model.system.edges import edges_of
from relint.resolve.value import ABSENT, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.assessment.parts import Part
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.resolve.value import Located

_ALARM = "AWS::CloudWatch::Alarm"
_POLICIES = ("AWS::ApplicationAutoScaling::ScalingPolicy", "AWS::AutoScaling::ScalingPolicy")
_NOTICES = "alarm on "
"""The beginning of what an alarm measures that does more than to scale; those that scale fire in ordinary work, too."""

_HEALTH_CHECK = "AWS::Route53::HealthCheck"
_COMPARISONS = {
    "GreaterThanThreshold": ">",
    "GreaterThanOrEqualToThreshold": ">=",
    "LessThanThreshold": "<",
    "LessThanOrEqualToThreshold": "<=",
}
_CHECKS = {
    "AWS::ElasticLoadBalancingV2::TargetGroup": (
        (),
        ("HealthCheckProtocol", "HealthCheckPath", "HealthCheckIntervalSeconds", "UnhealthyThresholdCount"),
    ),
    "AWS::ElasticLoadBalancing::LoadBalancer": (
        ("HealthCheck",),
        ("Target", "Interval", "Timeout", "UnhealthyThreshold"),
    ),
    "AWS::AutoScaling::AutoScalingGroup": ((), ("HealthCheckType", "HealthCheckGracePeriod")),
    _HEALTH_CHECK: (("HealthCheckConfig",), ("Type", "ResourcePath", "RequestInterval", "FailureThreshold")),
}
"""By type, the path of its health check, and the properties that say what is checked and how often."""


def signals_of(parts: Iterable[Part]) -> Iterator[Signal]:
    """Yield the alarms on some parts and the checks of their health, each once."""
    known: set[tuple[str, str]] = set()
    for part in parts:
        view = part.view()
        watchers = [
            part.template.resources[edge.target]
            for edge in edges_of(part.template).outgoing.get(part.resource.logical_id, ())
            if edge.relation.kind == "monitoring" and edge.is_active(view)
        ]
        for resource in (part.resource, *watchers):
            key = (part.template.document.file, resource.logical_id)
            says = _description(view, resource)
            if says and key not in known and view.exists(resource):
                known.add(key)
                yield _signal(part, resource, says)


def _signal(part: Part, resource: Resource, says: str) -> Signal:
    name = part.template.written_names.get(resource.logical_id, resource.logical_id)
    prefix = part.name.removesuffix(part.template.written_names.get(part.resource.logical_id, part.resource.logical_id))
    document = part.template.document
    return Signal(
        name=prefix + name,
        file=document.file,
        line=document.span_of(resource.source_path).start.line,
        watches=part.name,
        says=says,
        alarm=prefix + name if says.startswith(_NOTICES) else "",
    )


def _description(view: View, resource: Resource) -> str:
    """Return what a signal measures; "" for what is none."""
    if resource.type == _ALARM:
        return _alarm(view, resource)
    if resource.type == "AWS::CloudWatch::CompositeAlarm":
        return "alarm that combines other alarms"
    if resource.type not in _CHECKS:
        return ""
    path, names = _CHECKS[resource.type]
    settings = view.get(resource, "Properties", *path)
    if path and settings.value is ABSENT:
        return ""
    written = [f"{name} {text}" for name in names if (text := _text(view.get(settings, name)))]
    return f"health check: {', '.join(written)}" if written else "health check with the settings of AWS"


def _alarm(view: View, alarm: Resource) -> str:
    properties = view.get(alarm, "Properties")
    targets = [view.target(action, *_POLICIES) for action in view.scenario.items(view.get(properties, "AlarmActions"))]
    metrics = []
    for metric in metrics_of_alarm(view, alarm):
        names = (_text(view.get(metric, name)) for name in ("Namespace", "MetricName"))
        metrics.append(" ".join(name for name in names if name))
    comparison = _text(view.get(properties, "ComparisonOperator"))
    start = "scaling by " if targets and None not in targets else _NOTICES
    texts = [start + (" and ".join(metric for metric in metrics if metric) or "an expression")]
    if threshold := _text(view.get(properties, "Threshold")):
        texts[0] += f" {_COMPARISONS.get(comparison, comparison)} {threshold}"
    periods, period = (_text(view.get(properties, name)) for name in ("EvaluationPeriods", "Period"))
    if periods and period:
        texts.append(f"{periods} x {period} s")
    texts.append(f"missing data count as {_text(view.get(properties, 'TreatMissingData')) or 'missing'}")
    return ", ".join(texts)


def _text(value: Located) -> str:
    """Return the text of a value; "" if it is absent or only the deployment knows it."""
    if value.value is ABSENT or isinstance(value.value, (Unknown, dict, list)):
        return ""
    return scalar_text(value.value)
