"""Functions with settings for published versions that are invoked without a version.

https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.aws.lambda_functions import FUNCTION, referenced_function
from relint.model.aws.lambda_invokers import invokers_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.resolve.value import Unknown


def check(resource: Resource, view: View, setting: str) -> Iterator[Problem | Unknown]:
    """Yield a problem at the property `setting` if no invoker names an alias or version.

    The resource is a function, or an alias or a version of one. CloudFormation does not count as an invoker.
    Message values: `function`, `invoker`.
    """
    function = resource if resource.type == FUNCTION else referenced_function(view, resource)
    if function is None:
        return
    invokers = [invoker for invoker in invokers_of(view, function) if invoker.invocation_type != "stack"]
    if not invokers or any(invoker.is_qualified for invoker in invokers):
        return
    path_by_id = {invoker.source.logical_id: invoker.path for invoker in invokers}
    related = tuple((path, f'"{logical_id}" names the function itself.') for logical_id, path in path_by_id.items())
    values = {"function": function.logical_id, "invoker": next(iter(path_by_id))}
    yield Problem(view.get(resource, "Properties", setting).path, values=values, related=related)
