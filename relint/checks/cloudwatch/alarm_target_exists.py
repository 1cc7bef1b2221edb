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
    dimensions that is published for single resources only. Message values: `value`, `names` (those in the template);
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
    targets = [
        (stored_name(resource_type, view.get(target, "Properties", name_property).value), target)
        for resource_type, name_property in properties.items()
        for target in view.template.of_type(resource_type)
    ]
    # Conditions are read last, and those of resources with other names only until one of them exists.
    if any(_is_silent(name, value.value) and view.exists(target) for name, target in targets):
        return
    unknown = next((name for name, target in targets if isinstance(name, Unknown) and view.exists(target)), None)
    others = [(name, target) for name, target in targets if not _is_silent(name, value.value)]
    if unknown is not None:
        yield unknown
    elif any(view.exists(target) for _, target in others):
        names = sorted({scalar_text(name) for name, _ in others if not isinstance(name, Unknown)})
        yield Problem(value.path, values={"value": value.value, "names": ", ".join(names)})


def _is_silent(name: Any, value: Any) -> bool:
    """Whether a resource prevents the problem: it has the name, or one that CloudFormation generates."""
    return name is ABSENT or (not isinstance(name, Unknown) and scalar_text(name) == value)
