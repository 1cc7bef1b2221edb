"""Functions that are prepared in their published versions but invoked unpublished.

https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.model.aws.lambda_functions import FUNCTION, function_of
from relint.model.aws.lambda_invokers import invokers_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.resolve.value import Unknown


def check(resource: Resource, view: View, setting: str) -> Iterator[Problem | Unknown]:
    """A problem at the property `setting` if all that invokes the function in the template names no alias or version.

    The resource is a function, or an alias or a version of one. CloudFormation itself does not count as an invoker.
    """
    function = resource if resource.type == FUNCTION else function_of(view, resource)
    if function is None:
        return
    invokers = [one for one in invokers_of(view, function) if one.manner != "stack"]
    if not invokers or any(one.qualified for one in invokers):
        return
    places = {one.source.logical_id: one.path for one in invokers}
    related = tuple((path, f'"{name}" names the function itself.') for name, path in places.items())
    values = {"function": function.logical_id, "invoker": next(iter(places))}
    yield Problem(view.get(resource, "Properties", setting).path, values, related)
