"""Metrics of log filters, and the alarms on them."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.checks.problem import Problem
from relint.logic.truth import Truth, all_of
from relint.model.aws.alarms import metrics_of_alarm
from relint.model.text.properties_text import properties_text
from relint.resolve.value import Expression, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.resolve.value import Located

_CONSUMER_TYPES = (
    "AWS::CloudWatch::Alarm",
    "AWS::ApplicationAutoScaling::ScalingPolicy",
    "AWS::AutoScaling::ScalingPolicy",
)


class _Metric(NamedTuple):
    """A metric by its canonical namespace and name."""

    namespace: Expression
    name: Expression


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at the MetricName of each metric of the alarm that the filters of its namespace do not create.

    Message `dimensions` if a filter creates it with other dimensions. Message values: `metric`, `made` (the metrics of
    the filters). Unknown if the name of a metric is unknown.
    """
    for located in metrics_of_alarm(view, resource):
        yield from _problems_of_metric(view, located)


def _problems_of_metric(view: View, located: Located) -> Iterator[Problem | Unknown]:
    alarm_metric = _metric(view, located, "Namespace", "MetricName")
    if isinstance(alarm_metric.namespace, str) and alarm_metric.namespace.startswith("AWS/"):
        return
    dimensions = {expression_of(name.value) for name in view.select(located, ("Dimensions", "*", "Name"))}
    filter_metrics = [
        (metric, names)
        for metric_filter in view.resources("AWS::Logs::MetricFilter")
        for metric, names in _filter_metrics(view, metric_filter)
        if metric.namespace == alarm_metric.namespace
    ]
    if not filter_metrics:
        return
    if any(metric.name == alarm_metric.name and names == dimensions for metric, names in filter_metrics):
        return
    if not all(isinstance(part, str) for part in (*alarm_metric, *(metric.name for metric, _ in filter_metrics))):
        yield Unknown(("Metric", alarm_metric), "the name of a metric is not known")
        return
    created = sorted({str(metric.name) for metric, _ in filter_metrics})
    values = {"metric": alarm_metric.name, "made": ", ".join(created)}
    message = "dimensions" if alarm_metric.name in created else None
    yield Problem(view.get(located, "MetricName").path, values=values, message=message)


def fact(resource: Resource, view: View) -> Truth:
    """Whether the template uses each metric of a metric filter.

    Alarms, scaling policies and dashboards use metrics. Unknown if the name of a metric, of the filter or of an alarm,
    or the text of a dashboard is unknown and may be what is sought.
    """
    alarm_names = [
        view.get(metric, "MetricName").value
        for alarm in view.resources("AWS::CloudWatch::Alarm")
        for metric in metrics_of_alarm(view, alarm)
    ]
    texts = [
        view.get(board, "Properties", "DashboardBody").value for board in view.resources("AWS::CloudWatch::Dashboard")
    ]
    unknown = next((value for value in (*alarm_names, *texts) if isinstance(value, Unknown)), None)
    consumers = " ".join(properties_text(view, consumer) for consumer in view.resources(*_CONSUMER_TYPES))
    dashboards = " ".join(properties_text(view, board) for board in view.resources("AWS::CloudWatch::Dashboard"))
    return all_of(
        repr(metric.name) in consumers
        or str(metric.name) in dashboards
        or _may_be_used(metric, unknown, [*alarm_names, *texts])
        for metric, _ in _filter_metrics(view, resource)
    )


def _may_be_used(metric: _Metric, unknown: Unknown | None, users: list[Any]) -> Truth:
    if unknown is None and users and not isinstance(metric.name, str):
        return Unknown(("Metric", metric), "the name of a metric is not known")
    return unknown or False


def _filter_metrics(view: View, metric_filter: Resource) -> Iterator[tuple[_Metric, set[Expression]]]:
    """Yield the metrics of a filter, each with the names of its dimensions."""
    for item in view.select(metric_filter, ("Properties", "MetricTransformations", "*")):
        names = {expression_of(key.value) for key in view.select(item, ("Dimensions", "*", "Key"))}
        yield _metric(view, item, "MetricNamespace", "MetricName"), names


def _metric(view: View, holder: Located, namespace_property: str, name_property: str) -> _Metric:
    return _Metric(
        namespace=expression_of(view.get(holder, namespace_property).value),
        name=expression_of(view.get(holder, name_property).value),
    )
