"""Sums of metric math that have no value while one of their metrics has none.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.checks.problem import Problem
from relint.model.aws.alarms import dimensions_of, literal_text_of
from relint.model.aws.metrics import Published, described_namespace
from relint.model.text.metric_math import NotArithmetic, Series, series_of, sums_of
from relint.resolve.value import Expression, Located, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


class _Metric(NamedTuple):
    """A metric of an alarm: when it is published, and its namespace and dimensions.

    `is_known` says whether the template decides which metric it is.
    """

    name: str | None
    published: Published
    namespace: str | None
    dimensions: frozenset[tuple[object, Expression]]
    is_known: bool


class _Queries(NamedTuple):
    """The metrics and the expressions of an alarm, by their ids."""

    metrics: dict[str, _Metric]
    expressions: dict[str, Located]


def check(resource: Resource, view: View) -> Iterator[Problem]:
    """Yield a problem at an expression that adds a metric with gaps to another one.

    A metric has gaps if AWS publishes it only while something happens, and neither FILL nor the other metric, which
    comes from the same resource, removes them. Message values: `sum` (the expression), `metric` (the metric with gaps).
    """
    queries = _queries(view, resource)
    for located in queries.expressions.values():
        try:
            sums = sums_of(str(located.value), lambda name: _series(queries, name, ()))
        except NotArithmetic:
            continue
        metric = next((metric for left, right in sums if (metric := _gap(queries, left, right))), None)
        if metric is not None:
            yield Problem(located.path, values={"sum": located.value, "metric": queries.metrics[metric].name})


def _queries(view: View, alarm: Resource) -> _Queries:
    """Return the queries of an alarm whose id is known, and whose expression is a literal."""
    queries = _Queries(metrics={}, expressions={})
    for query in view.scenario.items(view.get(alarm, "Properties", "Metrics")):
        name = view.get(query, "Id").value
        expression = view.get(query, "Expression")
        if not isinstance(name, str):
            continue
        if isinstance(expression.value, str):
            queries.expressions[name] = expression
        elif isinstance(view.get(query, "MetricStat", "Metric").value, dict):
            queries.metrics[name] = _metric(view, view.get(query, "MetricStat", "Metric"))
    return queries


def _metric(view: View, located: Located) -> _Metric:
    name = literal_text_of(view, located, "MetricName")
    namespace = literal_text_of(view, located, "Namespace")
    description = described_namespace(namespace) if namespace is not None else None
    groups = description.groups_of(name) if description is not None and name is not None else []
    dimensions = dimensions_of(view, located)
    return _Metric(
        name=name,
        published=groups[0].published if groups else "unknown",
        namespace=namespace,
        dimensions=frozenset((dimension, expression_of(value.value)) for dimension, _, value in dimensions),
        is_known=name is not None
        and namespace is not None
        and all(
            dimension is not None and (view.target(value) is not None or not isinstance(value.value, Unknown))
            for dimension, _, value in dimensions
        ),
    )


def _series(queries: _Queries, name: str, parents: tuple[str, ...]) -> Series:
    """Return the series of an id; raises NotArithmetic if an expression contains more, or itself."""
    if name in queries.metrics:
        has_gaps = queries.metrics[name].published in ("active", "nonzero")
        return Series(metrics=frozenset({name}), needed=frozenset({name} if has_gaps else ()))
    if name not in queries.expressions or name in parents:
        raise NotArithmetic(name)
    text = str(queries.expressions[name].value)
    return series_of(text, lambda other: _series(queries, other, (*parents, name)))


def _gap(queries: _Queries, left: Series, right: Series) -> str | None:
    """Return the id of a metric whose gaps hide a metric on the other side of an addition."""
    for needed, others in ((left.needed, right.metrics), (right.needed, left.metrics)):
        for name in sorted(needed):
            if any(not _may_be_published_together(queries.metrics[name], queries.metrics[other]) for other in others):
                return name
    return None


def _may_be_published_together(metric: _Metric, other: _Metric) -> bool:
    if not (metric.is_known and other.is_known):
        return True
    if metric.namespace != other.namespace or metric.dimensions != other.dimensions:
        return False
    return metric.name == other.name or metric.published == other.published == "active"
