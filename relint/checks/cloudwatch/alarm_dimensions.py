"""Metrics and dimensions of alarms that no service publishes.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.aws.alarms import dimensions_of, literal_text_of, metrics_of_alarm
from relint.model.aws.metrics import described_namespace, right_spelling
from relint.model.aws.metrics.records import ANY
from relint.model.aws.resource_names import stored_name
from relint.resolve.value import Located, arguments_of, expression_of, function_name, parts_of

if TYPE_CHECKING:
    from relint.model.aws.metrics import Namespace
    from relint.model.resource import Resource
    from relint.model.view import View

_Types = Mapping[str, Mapping[str, Sequence[str]]]


def check(
    resource: Resource, view: View, right_attributes: _Types, wrong_types: Mapping[str, Mapping[str, str]]
) -> Iterator[Problem]:
    """Yield a problem at a metric that does not exist, and at a dimension that it does not have.

    `right_attributes` contains, by namespace and dimension ("AWS/SQS QueueName") and by resource type, the attributes
    that return the value of the dimension ("Ref" for a Ref), the usual one first. `wrong_types` contains the types that
    have no such attribute, each with what is meant. Message values: `dimension`, `right` (what to write). Messages:
    `namespace` (values `namespace`, `right`), `metric` (values `namespace`, `metric`), `elsewhere` (also `right`),
    `dimension` (values `namespace`, `dimension`), `missing` (value `dimension`), and `set` (values `metric`,
    `dimensions`).
    """
    for metric in metrics_of_alarm(view, resource):
        name = literal_text_of(view, metric, "Namespace")
        if name is None:
            continue
        for dimension, _, value in dimensions_of(view, metric):
            key = f"{name} {dimension}"
            if key in right_attributes:
                right = _right_value(view, value, right_attributes[key], wrong_types.get(key, {}))
                if right is not None:
                    yield Problem(value.path, values={"dimension": dimension, "right": right})
        spelling = right_spelling(name)
        if spelling is not None:
            values = {"namespace": name, "right": spelling}
            yield Problem(view.get(metric, "Namespace").path, values=values, message="namespace")
        namespace = described_namespace(name)
        if namespace is not None:
            yield from _problems_of_metric(view, metric, name, namespace)


def _right_value(
    view: View, value: Located, attributes: Mapping[str, Sequence[str]], wrong_types: Mapping[str, str]
) -> str | None:
    """Return what to write instead of a value that the dimension never has; None if the value may be right."""
    target = view.target(value)
    expression = expression_of(value.value)
    if target is None:
        first = parts_of(expression)[0]
        wants_arn = any("Arn" in names for names in attributes.values())
        if isinstance(first, str) and first.startswith(("arn:", "https://sqs.")) and not wants_arn:
            return "the name alone"
        has_capitals = any(stored_name(name, expression) != expression for name in attributes)
        if not has_capitals or any(True for _ in view.resources(*attributes)):
            return None  # the name of a resource in this template counts, which another rule compares
        return "the name in lower case, as AWS stores it"
    if target.type in wrong_types:
        return wrong_types[target.type]
    right = attributes.get(target.type)
    if right is None:
        return None
    attribute = arguments_of(expression)[1] if function_name(expression) == "GetAtt" else "Ref"
    if attribute in right:
        return None
    return f"!Ref {target.logical_id}" if right[0] == "Ref" else f"!GetAtt {target.logical_id}.{right[0]}"


def _problems_of_metric(view: View, metric: Located, name: str, namespace: Namespace) -> Iterator[Problem]:
    """Yield the problems of a metric in a namespace that relint describes."""
    metric_name = literal_text_of(view, metric, "MetricName")
    if metric_name is None:
        return
    dimensions = dimensions_of(view, metric)
    names = {dimension for dimension, _, _ in dimensions}
    path = view.get(metric, "Dimensions").path
    if not namespace.groups_of(metric_name):
        right = namespace.elsewhere.get(metric_name) or namespace.similar_metric(metric_name)
        if right or namespace.is_complete or metric_name in namespace.elsewhere:
            values = {"namespace": name, "metric": metric_name, "right": right}
            message = "elsewhere" if right else "metric"
            yield Problem(view.get(metric, "MetricName").path, values=values, message=message)
            return
    if not names or None in names:
        return
    missing = [dimension for dimension in namespace.always_with if dimension not in names]
    if namespace.groups_of(metric_name):
        unknown = [located for dimension, located, _ in dimensions if dimension not in namespace.dimension_names]
        if unknown:
            values = {"namespace": name, "dimension": unknown[0].value}
            yield Problem(unknown[0].path, values=values, message="dimension")
            return
        sets = namespace.dimension_sets(metric_name)
        if {ANY} in sets or names in sets:
            return
        missing = missing or _missing_dimensions(names, sets)
        if not missing:
            values = {"metric": metric_name, "dimensions": ", ".join(sorted(map(str, names)))}
            yield Problem(path, values=values, message="set")
    if missing:
        yield Problem(path, values={"dimension": ", ".join(missing)}, message="missing")


def _missing_dimensions(names: set[str | None], sets: list[frozenset[str]]) -> list[str]:
    """Return what completes the names to the smallest set that contains them; an empty list if none does."""
    larger = sorted((candidate for candidate in sets if names < candidate), key=len)
    return sorted(larger[0] - names) if larger else []
