"""Subnets that are associated with two route tables."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.resolve.value import ABSENT, Expression, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def check(resource: Resource, view: View) -> Iterator[Problem]:
    """Yield a problem at SubnetId if an earlier association names the same subnet.

    Message value: `other` (the earlier association).
    """
    subnet = view.get(resource, "Properties", "SubnetId")
    if subnet.value is ABSENT:
        return
    first = view.cached("first route table associations", _first_associations).get(expression_of(subnet.value))
    if first is not None and first.logical_id != resource.logical_id:
        path = view.get(first, "Properties", "SubnetId").path
        related = ((path, "It is associated here already."),)
        yield Problem(subnet.path, values={"other": first.logical_id}, related=related)


def _first_associations(view: View) -> dict[Expression, Resource]:
    """Return the first association of each subnet, by the canonical form of the subnet."""
    first_associations: dict[Expression, Resource] = {}
    for association in view.resources("AWS::EC2::SubnetRouteTableAssociation"):
        subnet = expression_of(view.get(association, "Properties", "SubnetId").value)
        first_associations.setdefault(subnet, association)
    return first_associations
