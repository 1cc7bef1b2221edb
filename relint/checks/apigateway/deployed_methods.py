"""Methods of REST APIs that CloudFormation may create after the deployment that is to contain them."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.creation_order import created_before
from relint.resolve.value import ABSENT, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_METHOD = "AWS::ApiGateway::Method"


def check(resource: Resource, view: View) -> Iterator[Problem]:
    """Yield a problem at a deployment that does not wait for each method of its API; `methods` are those left out."""
    api = view.get(resource, "Properties", "RestApiId").value
    if api is ABSENT:
        return
    before = created_before(view, resource)
    missing = [
        method.logical_id
        for method in view.resources(_METHOD)
        if method.logical_id not in before
        and expression_of(view.get(method, "Properties", "RestApiId").value) == expression_of(api)
    ]
    if missing:
        yield Problem(resource.path, values={"methods": ", ".join(missing)})
