"""Whether a CloudWatch alarm of the template watches a resource.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of, any_of
from relint.model.name_matching import NAME_ONLY, NameMatcher, matches_name, name_matcher, refers_to_other_resource
from relint.resolve.value import ABSENT, Located, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_Steps = tuple[str, ...]
_ALARM = "AWS::CloudWatch::Alarm"
_QUERY = re.compile(r"\b(SEARCH|SELECT)\b", re.IGNORECASE)
_BREACH = {
    "GreaterThanThreshold": "above",
    "GreaterThanOrEqualToThreshold": "min",
    "LessThanThreshold": "below",
    "LessThanOrEqualToThreshold": "max",
}
"""By comparison operator, the test that a value passes when it breaches the threshold."""


class _Sought(NamedTuple):
    """What an alarm must be about."""

    namespaces: Sequence[str]
    metrics: Sequence[str]
    dimensions: Sequence[str]
    named: NameMatcher
    account_wide: bool
    breached_by: Any
    quiet_at: Any


def fact(
    resource: Resource,
    view: View,
    namespace: str | list[str],
    metrics: list[str],
    dimensions: Sequence[str] = (),
    name: _Steps | list[_Steps] = (),
    form: str = NAME_ONLY,
    members: Sequence[Mapping[str, Any]] = (),
    through: _Steps = (),
    account_wide: bool = False,
    breached_by: Any = None,
    quiet_at: Any = None,
) -> Truth:
    """True if an alarm looks at one of the metrics and one of the dimensions names the resource, else False.

    It is named by a reference to it or to one of its `members` ({type: T, by: path of T that refers to it}), or by what
    stands at its path (or paths) `name`, or by what the pattern `form` makes of that ("{name}-[0-9]+"). With the path
    `through`, the alarm must be about the resource that is referred to there.
    With `account_wide` an alarm without dimensions counts too. A value of the metric that must set the alarm off is
    `breached_by`, one at which it must be quiet is `quiet_at`. Unknown if an alarm may be about the resource, or if
    the resource is handed to somebody who may watch it.
    """
    own = [(member["type"], member["by"]) for member in members]
    paths = name if isinstance(name, list) else [name] if name else []
    meant = name_matcher(view, resource, paths, form, own, through)
    namespaces = [namespace] if isinstance(namespace, str) else namespace
    limits = (None if limit is ABSENT else limit for limit in (breached_by, quiet_at))
    sought = _Sought(namespaces, metrics, dimensions, meant, account_wide, *limits)
    found = any_of(_watches(view, alarm, sought) for alarm in _candidates(view, sought))
    return found if found is not False else _watched_elsewhere(view, meant)


def _candidates(view: View, sought: _Sought) -> Iterator[Resource]:
    """The alarms that are not plainly about another metric or resource, which is told without resolving anything."""
    for alarm in view.resources(_ALARM):
        properties = alarm.body.get("Properties")
        metric = properties.get("MetricName") if isinstance(properties, dict) else None
        if isinstance(metric, str) and (metric not in sought.metrics or _names_another(view, properties, sought)):
            continue
        yield alarm


def _names_another(view: View, properties: Any, sought: _Sought) -> bool:
    """Whether each dimension that could name what is sought is written as a reference to another resource."""
    dimensions = properties.get("Dimensions")
    for dimension in dimensions if isinstance(dimensions, list) and dimensions else [None]:
        if not isinstance(dimension, dict) or not isinstance(dimension.get("Name"), str):
            return False
        value = dimension.get("Value")
        if dimension["Name"] in sought.dimensions and not refers_to_other_resource(view, sought.named, value):
            return False
    return True


def _watches(view: View, alarm: Resource, sought: _Sought) -> Truth:
    truth = any_of(_metrics(view, alarm, sought))
    if truth is not False and (sought.breached_by, sought.quiet_at) != (None, None):
        truth = all_of([_goes_off(view, alarm, sought), truth])
    if isinstance(truth, Unknown):
        return truth._replace(reason=f'alarm "{alarm.logical_id}" may watch it: {truth.reason}')
    return truth


def _metrics(view: View, alarm: Resource, sought: _Sought) -> Iterator[Truth]:
    """For each metric that an alarm looks at, whether it is one that is sought."""
    properties = view.get(alarm, "Properties")
    if view.get(properties, "MetricName").value is not ABSENT:
        yield _is_sought(view, properties, sought)
    for entry in view.scenario.items(view.get(properties, "Metrics")):
        expression = view.get(entry, "Expression").value
        yield _is_sought(view, view.get(entry, "MetricStat", "Metric"), sought)
        yield _may_find(expression, sought)


def _is_sought(view: View, metric: Located, sought: _Sought) -> Truth:
    what = [
        apply_test("in", view.get(metric, "MetricName").value, sought.metrics),
        apply_test("in", view.get(metric, "Namespace").value, sought.namespaces),
    ]
    return False if False in what else all_of([_is_about(view, view.get(metric, "Dimensions"), sought), *what])


def _is_about(view: View, dimensions: Located, sought: _Sought) -> Truth:
    """Whether the dimensions of a metric name the resource."""
    if sought.account_wide and dimensions.value in (ABSENT, []):
        return True
    answers = []
    for dimension in view.scenario.items(dimensions):
        known = apply_test("in", view.get(dimension, "Name").value, sought.dimensions)
        if known is not False:
            answers.append(all_of([matches_name(view, sought.named, view.get(dimension, "Value").value), known]))
    return any_of(answers)


def _may_find(expression: Any, sought: _Sought) -> Truth:
    """Unknown if an expression searches or queries for one of the metrics; other mathematics names its metrics."""
    if expression is ABSENT:
        return False
    text = repr(expression.expression) if isinstance(expression, Unknown) else str(expression)
    if _QUERY.search(text) and any(metric in text for metric in sought.metrics):
        return Unknown(("Query", text), "it finds its metrics by a query")
    opaque = isinstance(expression, Unknown) and expression.expression[:1] != ("Concat",)
    return expression if opaque else False


def _goes_off(view: View, alarm: Resource, sought: _Sought) -> Truth:
    """Whether an alarm is quiet at the one value and goes off at the other."""
    properties = view.get(alarm, "Properties")
    if len(view.scenario.items(view.get(properties, "Metrics"))) > 1:
        return Unknown(("Metrics", alarm.logical_id), "its threshold is one of metric math")
    operator = view.get(properties, "ComparisonOperator").value
    threshold = view.get(properties, "Threshold").value
    if isinstance(operator, Unknown):
        return operator
    if threshold is ABSENT or str(operator) not in _BREACH:
        return Unknown(("Threshold", alarm.logical_id), "it has no fixed threshold")
    breach = _BREACH[str(operator)]
    off = sought.breached_by is None or apply_test(breach, sought.breached_by, threshold)
    quiet = sought.quiet_at is None or apply_test(breach, sought.quiet_at, threshold, negate=True)
    return all_of([off, quiet])


def _watched_elsewhere(view: View, meant: NameMatcher) -> Truth:
    """Unknown if the template hands the resource to another one that may watch it, else False."""
    for application in view.resources("AWS::ApplicationInsights::Application"):
        return Unknown(("Watcher", application.logical_id), f'"{application.logical_id}" may set alarms on it')
    for logical_id in sorted(meant.ids):
        for edge in view.template.graph.incoming.get(logical_id, ()):
            source = view.template.resources[edge.source]
            stack = source.type.startswith("AWS::CloudFormation::Stack") or source.type.endswith("::MODULE")
            if stack and edge.property[:1] == ("Properties",) and view.exists(source) and view.holds(edge):
                return Unknown(("Watcher", source.logical_id), f'"{source.logical_id}" is given it and may watch it')
    return False
