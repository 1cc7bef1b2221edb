"""Whether new code of a function reaches those who wait for its answers little by little.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.logic.truth import any_of
from relint.model.aws.lambda_functions import ALIAS
from relint.model.aws.lambda_invokers import Invoker, invokers_of, published
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_MOVED = (("UpdatePolicy", "CodeDeployLambdaAliasUpdate"), ("Properties", "RoutingConfig"))


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """A problem of a function that requests reach, but none by an alias that CodeDeploy moves or that divides traffic.

    `alias` where they reach it by an alias that jumps. Unknown where an alias is named that the template lacks.
    """
    requests = [one for one in invokers_of(view, resource) if one.manner == "request"]
    aliases = _aliases(view, resource, requests)
    moved = any_of(apply_test("exists", view.get(alias, *steps).value, True) for alias in aliases for steps in _MOVED)
    if moved is True or not requests:
        return
    named = next((one for one in requests if one.qualified), None)
    values = {"invoker": requests[0].source.logical_id}
    if isinstance(moved, Unknown):
        yield moved
    elif aliases:
        values["alias"] = aliases[0].logical_id
        yield Problem(aliases[0].path, values, (), "alias")
    elif named is not None:
        yield Unknown(("Alias", named.path), "the alias that is invoked is not in this template")
    else:
        related = ((requests[0].path, f'"{resource.logical_id}" is invoked from here.'),)
        yield Problem(resource.path, values, related)


def _aliases(view: View, function: Resource, requests: list[Invoker]) -> list[Resource]:
    """The aliases that requests name; all of the function where a text names one of them."""
    targets = [one.target for one in requests if one.target.type == ALIAS]
    if any(one.qualified and one.target is function for one in requests):
        targets += [one for one in published(view, function) if one.type == ALIAS and one not in targets]
    return targets
