"""Functions that answer requests and whose new code takes all of them at once.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.logic.truth import any_of
from relint.model.aws.lambda_functions import ALIAS
from relint.model.aws.lambda_invokers import Invoker, aliases_and_versions, invokers_of
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_TRAFFIC_SHIFTING = (("UpdatePolicy", "CodeDeployLambdaAliasUpdate"), ("Properties", "RoutingConfig"))


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at a function that no alias shifts gradually.

    CodeDeploy or the routing configuration of an alias shifts traffic. Message `alias`, at the alias, if requests
    use one that switches all traffic. Functions without requests are left out.
    Message values: `function`, `invoker`, and `alias` in that message. Unknown if the alias is not in the template.
    """
    requests = [invoker for invoker in invokers_of(view, resource) if invoker.invocation_type == "request"]
    aliases = _aliases(view, resource, requests)
    is_gradual = any_of(
        apply_test("exists", view.get(alias, *path).value, operand=True)
        for alias in aliases
        for path in _TRAFFIC_SHIFTING
    )
    if is_gradual is True or not requests:
        return
    qualified = next((request for request in requests if request.is_qualified), None)
    values = {"function": resource.logical_id, "invoker": requests[0].source.logical_id}
    if isinstance(is_gradual, Unknown):
        yield is_gradual
    elif aliases:
        values["alias"] = aliases[0].logical_id
        yield Problem(aliases[0].path, values=values, message="alias")
    elif qualified is not None:
        yield Unknown(("Alias", qualified.path), "the alias that is invoked is not in this template")
    else:
        related = ((requests[0].path, f'"{resource.logical_id}" is invoked from here.'),)
        yield Problem(resource.path, values=values, related=related)


def _aliases(view: View, function: Resource, requests: list[Invoker]) -> list[Resource]:
    """Return the aliases that requests refer to; all aliases of the function if a request names one by a text."""
    aliases = [request.target for request in requests if request.target.type == ALIAS]
    if any(request.is_qualified and request.target is function for request in requests):
        aliases += [
            alias for alias in aliases_and_versions(view, function) if alias.type == ALIAS and alias not in aliases
        ]
    return aliases
