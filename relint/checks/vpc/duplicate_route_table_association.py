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
    associations = view.cached("associations of subnets", _associations)[expression_of(subnet.value)]
    first = next(association for association in associations if view.exists(association))
    if first.logical_id != resource.logical_id:
        path = view.get(first, "Properties", "SubnetId").path
        related = ((path, "It is associated here already."),)
        yield Problem(subnet.path, values={"other": first.logical_id}, related=related)


def _associations(view: View) -> dict[Expression, list[Resource]]:
    """Return the associations of each subnet, by the canonical form of the subnet, whether or not they exist."""
    associations: dict[Expression, list[Resource]] = {}
    for association in view.template.of_type("AWS::EC2::SubnetRouteTableAssociation"):
        subnet = expression_of(view.get(association, "Properties", "SubnetId").value)
        associations.setdefault(subnet, []).append(association)
    return associations
