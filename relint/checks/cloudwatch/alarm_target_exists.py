"""Whether what an alarm names exists in its template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.resolve.value import ABSENT, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def check(
    resource: Resource, view: View, named: Mapping[str, list[str]], only_with_dimensions: list[str]
) -> Iterator[Problem | Unknown]:
    """A problem for a name that no resource of the kind bears, where all of that kind are named here; and for no name.

    `named` has, by namespace and dimension, the type and its property with the name. The metrics of the namespaces
    `only_with_dimensions` are published for single resources only. An Unknown where the name of one is not known.
    """
    own = view.get(resource, "Properties")
    namespace = view.get(own, "Namespace").value
    dimensions = view.get(own, "Dimensions")
    if namespace in only_with_dimensions and (dimensions.value is ABSENT or dimensions.value == []):
        yield Problem(dimensions.path, {"namespace": namespace}, (), "nothing")
        return
    for item in view.select(dimensions, ("*",)):
        value = view.get(item, "Value")
        kind = named.get(f"{namespace} {view.get(item, 'Name').value}")
        if kind is None or not isinstance(value.value, str):
            continue
        names = [view.get(one, "Properties", kind[1]).value for one in view.resources(kind[0])]
        if not names or ABSENT in names:
            continue
        known = sorted(scalar_text(name) for name in names if not isinstance(name, Unknown))
        if value.value in known:
            continue
        unknown = next((name for name in names if isinstance(name, Unknown)), None)
        if unknown is not None:
            yield unknown
        else:
            yield Problem(value.path, {"value": value.value, "names": ", ".join(known)}, ())
