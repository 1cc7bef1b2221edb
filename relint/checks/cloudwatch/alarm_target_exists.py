"""Alarms on resources that their template does not contain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING, Any
from relint.checks.problem import Problem
from relint.model.aws.alarms import dimensions_of, has_no_dimensions, literal_text_of, metrics_of_alarm
from relint.model.aws.metrics import described_namespace
from relint.model.aws.resource_names import stored_name
from relint.resolve.value import ABSENT, Located, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def check(
    resource: Resource, view: View, name_properties: Mapping[str, Mapping[str, str]]
) -> Iterator[Problem | Unknown]:
    """Yield a problem at a dimension that names no resource of the template.

    `name_properties` contains, by namespace and dimension, the resource types and their properties with the name. The
    template must name all its resources of these types. At Dimensions: message `nothing` for a metric without
    dimensions that is published for single resources only. Message values: `value`, `names` (the existing names);
    `namespace` for `nothing`. Unknown if a name is unknown.
    """
    for metric in metrics_of_alarm(view, resource):
        namespace = literal_text_of(view, metric, "Namespace")
        if namespace is None:
            continue
        if has_no_dimensions(view, metric):
            if _needs_dimensions(view, metric, namespace):
                yield Problem(view.get(metric, "Dimensions").path, values={"namespace": namespace}, message="nothing")
            continue
        for dimension, _, value in dimensions_of(view, metric):
            properties = name_properties.get(f"{namespace} {dimension}")
            if properties is not None and isinstance(value.value, str):
                yield from _problems_of_value(view, value, properties)


def _needs_dimensions(view: View, metric: Located, namespace: str) -> bool:
    """Whether a metric exists only for single resources."""
    description = described_namespace(namespace)
    if description is None or not description.only_with_dimensions:
        return False
    name = literal_text_of(view, metric, "MetricName")
    return name is not None and frozenset() not in description.dimension_sets(name)


def _problems_of_value(view: View, value: Located, properties: Mapping[str, str]) -> Iterator[Problem | Unknown]:
    names: list[Any] = [
        stored_name(resource_type, view.get(target, "Properties", name_property).value)
        for resource_type, name_property in properties.items()
        for target in view.resources(resource_type)
    ]
    if not names or ABSENT in names:
        return
    literal_names = sorted({scalar_text(name) for name in names if not isinstance(name, Unknown)})
    if value.value in literal_names:
        return
    unknown = next((name for name in names if isinstance(name, Unknown)), None)
    if unknown is not None:
        yield unknown
    else:
        yield Problem(value.path, values={"value": value.value, "names": ", ".join(literal_names)})
