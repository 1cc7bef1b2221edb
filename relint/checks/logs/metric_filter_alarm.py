"""The metrics that filters make of logs, and the alarms on them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint._named_tuple import NamedTuple
from relint.checks.problem import Problem
from relint.resolve.value import Expression, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_USERS = ("AWS::CloudWatch::Alarm", "AWS::ApplicationAutoScaling::ScalingPolicy", "AWS::AutoScaling::ScalingPolicy")


class _Metric(NamedTuple):
    namespace: Expression
    name: Expression


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """A problem for an alarm in the namespace of a filter of the template that makes no metric of its name.

    The dimensions must have the names that the filter gives them, too.
    """
    own = view.get(resource, "Properties")
    sought = _Metric(*(expression_of(view.get(own, name).value) for name in ("Namespace", "MetricName")))
    if isinstance(sought.namespace, str) and sought.namespace.startswith("AWS/"):
        return
    dimensions = {expression_of(one.value) for one in view.select(own, ("Dimensions", "*", "Name"))}
    made = [(metric, names) for metric, names in _made(view) if metric.namespace == sought.namespace]
    if not made or any(metric.name == sought.name and names == dimensions for metric, names in made):
        return
    if not all(isinstance(part, str) for part in (*sought, *(metric.name for metric, _ in made))):
        yield Unknown(("Metric", sought), "the name of a metric is not known")
        return
    shown = ", ".join(sorted({str(metric.name) for metric, _ in made}))
    yield Problem(view.get(own, "MetricName").path, {"metric": sought.name, "made": shown}, ())


def fact(resource: Resource, view: View) -> bool:
    """Whether something of the template looks at every metric that an AWS::Logs::MetricFilter makes."""
    used = " ".join(repr(expression_of(_plain(view, user))) for user in view.resources(*_USERS))
    boards = " ".join(repr(expression_of(_plain(view, one))) for one in view.resources("AWS::CloudWatch::Dashboard"))
    return all(repr(metric.name) in used or str(metric.name) in boards for metric, _ in _of(resource, view))


def _plain(view: View, resource: Resource) -> object:
    return view.scenario.plain(resource.body.get("Properties"), (*resource.path, "Properties"))


def _made(view: View) -> Iterator[tuple[_Metric, set[Expression]]]:
    for one in view.resources("AWS::Logs::MetricFilter"):
        yield from _of(one, view)


def _of(resource: Resource, view: View) -> Iterator[tuple[_Metric, set[Expression]]]:
    for item in view.select(resource, ("Properties", "MetricTransformations", "*")):
        metric = _Metric(*(expression_of(view.get(item, name).value) for name in ("MetricNamespace", "MetricName")))
        yield metric, {expression_of(one.value) for one in view.select(item, ("Dimensions", "*", "Key"))}
