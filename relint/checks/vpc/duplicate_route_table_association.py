"""Whether a subnet is associated with two route tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.resolve.value import ABSENT, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def check(resource: Resource, view: View) -> Iterator[Problem]:
    """A problem when an association before this one names the same subnet."""
    own = view.get(resource, "Properties", "SubnetId")
    if own.value is ABSENT:
        return
    first = _first_by_subnet(view).get(expression_of(own.value))
    if first is not None and first.logical_id != resource.logical_id:
        place = view.get(first, "Properties", "SubnetId").path
        yield Problem(own.path, {"other": first.logical_id}, ((place, "It is associated here already."),))


def _first_by_subnet(view: View) -> dict[object, Resource]:
    key = ("shared_association", "", "")
    if key not in view.cache:
        first: dict[object, Resource] = {}
        for one in view.resources("AWS::EC2::SubnetRouteTableAssociation"):
            first.setdefault(expression_of(view.get(one, "Properties", "SubnetId").value), one)
        view.cache[key] = first
    found: dict[object, Resource] = view.cache[key]
    return found
