"""Resources that a CloudWatch alarm of the template watches.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of, any_of
from relint.model.aws.alarms import is_of_other_account
from relint.model.name_matching import NAME_ONLY, NameMatcher, matches_name, name_matcher, refers_to_other_resource
from relint.resolve.value import ABSENT, Located, Unknown, is_concat

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_Path = tuple[str, ...]
_ALARM = "AWS::CloudWatch::Alarm"
_QUERY = re.compile(r"\b(SEARCH|SELECT)\b", re.IGNORECASE)
_BREACHING_TEST = {
    "GreaterThanThreshold": "above",
    "GreaterThanOrEqualToThreshold": "min",
    "LessThanThreshold": "below",
    "LessThanOrEqualToThreshold": "max",
}
"""By comparison operator, the test that a value passes if it breaches the threshold."""


class _AlarmCriteria(NamedTuple):
    """The properties of an alarm that watches the resource."""

    namespaces: Sequence[str]
    metrics: Sequence[str]
    dimensions: Sequence[str]
    matcher: NameMatcher
    account_wide: bool
    breached_by: Any
    must_not_fire_at: Any


def fact(
    resource: Resource,
    view: View,
    *,
    namespace: str | list[str],
    metrics: list[str],
    dimensions: Sequence[str] = (),
    name: _Path | list[_Path] = (),
    pattern: str = NAME_ONLY,
    members: Sequence[Mapping[str, Any]] = (),
    through: _Path = (),
    account_wide: bool = False,
    breached_by: Any = None,
    must_not_fire_at: Any = None,
) -> Truth:
    """Whether an alarm is on one of `metrics`, with a dimension that names the resource.

    The metric is in `namespace` and the dimension one of `dimensions`. The dimension names the resource by a
    reference to it or to one of its `members` ({type: T, by: path of T that refers to the resource}), by the text
    at the path (or paths) `name` of the resource, or by that text in a `pattern` ("{name}-[0-9]+"). With the path
    `through`, the alarm must be on the resource to which that property refers. With `account_wide`, an alarm
    without dimensions counts too. The alarm must fire at the value `breached_by` of the metric, and must not fire
    at `must_not_fire_at`. Unknown if an alarm may be on the resource, or if a nested stack receives the resource
    and may contain the alarm.
    """
    member_paths = [(member["type"], member["by"]) for member in members]
    name_paths = name if isinstance(name, list) else [name] if name else []
    matcher = name_matcher(view, resource, name_paths, pattern, member_paths, through)
    criteria = _AlarmCriteria(
        namespaces=[namespace] if isinstance(namespace, str) else namespace,
        metrics=metrics,
        dimensions=dimensions,
        matcher=matcher,
        account_wide=account_wide,
        breached_by=None if breached_by is ABSENT else breached_by,
        must_not_fire_at=None if must_not_fire_at is ABSENT else must_not_fire_at,
    )
    is_watched = any_of(_watchers(view, criteria))
    return is_watched if is_watched is not False else _is_watched_elsewhere(view, matcher)


def _watchers(view: View, criteria: _AlarmCriteria) -> Iterator[Truth]:
    """Yield whether an alarm watches the resource, for those that may; the conditions of others do not matter."""
    for alarm in _candidates(view, criteria):
        truth = _watches(view, alarm, criteria)
        if truth is not False and view.exists(alarm):
            yield truth


def _candidates(view: View, criteria: _AlarmCriteria) -> Iterator[Resource]:
    """Yield the alarms that may fit, created or not, judging by literals only because most do not."""
    for alarm in view.template.of_type(_ALARM):
        properties = alarm.body.get("Properties")
        metric = properties.get("MetricName") if isinstance(properties, dict) else None
        if isinstance(metric, str) and (metric not in criteria.metrics or _names_another(view, properties, criteria)):
            continue
        yield alarm


def _names_another(view: View, properties: Any, criteria: _AlarmCriteria) -> bool:
    """Whether each dimension that could name the resource is a reference to another resource."""
    dimensions = properties.get("Dimensions")
    for dimension in dimensions if isinstance(dimensions, list) and dimensions else [None]:
        if not isinstance(dimension, dict) or not isinstance(dimension.get("Name"), str):
            return False
        value = dimension.get("Value")
        if dimension["Name"] in criteria.dimensions and not refers_to_other_resource(view, criteria.matcher, value):
            return False
    return True


def _watches(view: View, alarm: Resource, criteria: _AlarmCriteria) -> Truth:
    truth = any_of(_metrics(view, alarm, criteria))
    if truth is not False and (criteria.breached_by, criteria.must_not_fire_at) != (None, None):
        truth = all_of((_fires(view, alarm, criteria), truth))
    if isinstance(truth, Unknown):
        return truth._replace(reason=f'alarm "{alarm.logical_id}" may watch it: {truth.reason}')
    return truth


def _metrics(view: View, alarm: Resource, criteria: _AlarmCriteria) -> Iterator[Truth]:
    """Yield for each metric of an alarm whether the metric fits."""
    properties = view.get(alarm, "Properties")
    if view.get(properties, "MetricName").value is not ABSENT:
        yield _fits(view, properties, criteria)
    for entry in view.scenario.items(view.get(properties, "Metrics")):
        if is_of_other_account(view, entry):
            continue
        expression = view.get(entry, "Expression").value
        yield _fits(view, view.get(entry, "MetricStat", "Metric"), criteria)
        yield _may_query(expression, criteria)


def _fits(view: View, metric: Located, criteria: _AlarmCriteria) -> Truth:
    name_and_namespace = (
        apply_test("in", view.get(metric, "MetricName").value, criteria.metrics),
        apply_test("in", view.get(metric, "Namespace").value, criteria.namespaces),
    )
    if False in name_and_namespace:
        return False
    return all_of((_is_on_resource(view, view.get(metric, "Dimensions"), criteria), *name_and_namespace))


def _is_on_resource(view: View, dimensions: Located, criteria: _AlarmCriteria) -> Truth:
    """Whether the dimensions of a metric name the resource."""
    if criteria.account_wide and dimensions.value in (ABSENT, []):
        return True
    truths = []
    for dimension in view.scenario.items(dimensions):
        is_named = apply_test("in", view.get(dimension, "Name").value, criteria.dimensions)
        if is_named is not False:
            truths.append(all_of((matches_name(view, criteria.matcher, view.get(dimension, "Value").value), is_named)))
    return any_of(truths)


def _may_query(expression: Any, criteria: _AlarmCriteria) -> Truth:
    """Unknown if an expression queries one of the metrics; other metric math names its metrics."""
    if expression is ABSENT:
        return False
    text = repr(expression.expression) if isinstance(expression, Unknown) else str(expression)
    if _QUERY.search(text) and any(metric in text for metric in criteria.metrics):
        return Unknown(("Query", text), "it finds its metrics by a query")
    return expression if isinstance(expression, Unknown) and not is_concat(expression.expression) else False


def _fires(view: View, alarm: Resource, criteria: _AlarmCriteria) -> Truth:
    """Whether an alarm fires at `breached_by` and does not fire at `must_not_fire_at`."""
    properties = view.get(alarm, "Properties")
    if len(view.scenario.items(view.get(properties, "Metrics"))) > 1:
        return Unknown(("Metrics", alarm.logical_id), "its threshold is one of metric math")
    operator = view.get(properties, "ComparisonOperator").value
    threshold = view.get(properties, "Threshold").value
    if isinstance(operator, Unknown):
        return operator
    if threshold is ABSENT or str(operator) not in _BREACHING_TEST:
        return Unknown(("Threshold", alarm.logical_id), "it has no fixed threshold")
    breaches = _BREACHING_TEST[str(operator)]
    fires = criteria.breached_by is None or apply_test(breaches, criteria.breached_by, threshold)
    is_quiet = criteria.must_not_fire_at is None or apply_test(
        breaches, criteria.must_not_fire_at, threshold, negate=True
    )
    return all_of((fires, is_quiet))


def _is_watched_elsewhere(view: View, matcher: NameMatcher) -> Truth:
    """Unknown if another resource receives this one and may create alarms, else False."""
    for application in view.resources("AWS::ApplicationInsights::Application"):
        return Unknown(("Watcher", application.logical_id), f'"{application.logical_id}" may set alarms on it')
    for logical_id in sorted(matcher.ids):
        for reference in view.template.references.incoming.get(logical_id, ()):
            source = view.template.resources[reference.source]
            is_stack = source.type.startswith("AWS::CloudFormation::Stack") or source.type.endswith("::MODULE")
            if (
                is_stack
                and reference.property[:1] == ("Properties",)
                and view.exists(source)
                and view.is_active(reference)
            ):
                return Unknown(("Watcher", source.logical_id), f'"{source.logical_id}" is given it and may watch it')
    return False
