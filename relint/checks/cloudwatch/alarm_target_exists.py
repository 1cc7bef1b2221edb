"""Alarms on resources that their template does not contain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.resolve.value import ABSENT, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def check(
    resource: Resource, view: View, name_properties: Mapping[str, list[str]], only_with_dimensions: list[str]
) -> Iterator[Problem | Unknown]:
    """Yield a problem at a dimension that names no resource of the template.

    `name_properties` contains, by namespace and dimension, the resource type and the property with the name. The
    template must name all its resources of that type. At Dimensions: message `nothing` for an alarm without dimensions
    on a namespace of `only_with_dimensions`, whose metrics are published for single resources only. Message values:
    `value`, `names` (the existing names); `namespace` for `nothing`. Unknown if a name is unknown.
    """
    properties = view.get(resource, "Properties")
    namespace = view.get(properties, "Namespace").value
    dimensions = view.get(properties, "Dimensions")
    if namespace in only_with_dimensions and (dimensions.value is ABSENT or dimensions.value == []):
        yield Problem(dimensions.path, values={"namespace": namespace}, message="nothing")
        return
    for item in view.select(dimensions, ("*",)):
        value = view.get(item, "Value")
        type_and_property = name_properties.get(f"{namespace} {view.get(item, 'Name').value}")
        if type_and_property is None or not isinstance(value.value, str):
            continue
        resource_type, name_property = type_and_property
        names = [view.get(target, "Properties", name_property).value for target in view.resources(resource_type)]
        if not names or ABSENT in names:
            continue
        literal_names = sorted(scalar_text(name) for name in names if not isinstance(name, Unknown))
        if value.value in literal_names:
            continue
        unknown = next((name for name in names if isinstance(name, Unknown)), None)
        if unknown is not None:
            yield unknown
        else:
            yield Problem(value.path, values={"value": value.value, "names": ", ".join(literal_names)})
