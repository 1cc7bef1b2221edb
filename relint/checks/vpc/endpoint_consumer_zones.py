"""Zones from which an interface endpoint is called and in which it has no address."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.availability_zones import count_zones
from relint.model.subnet_lists import listed_members
from relint.model.zone_members import ZoneMember, member_of, subnet_of
from relint.resolve.value import ABSENT

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_CALLERS = (
    "AWS::AutoScaling::AutoScalingGroup",
    "AWS::EC2::Instance",
    "AWS::ECS::Service",
    "AWS::EKS::Nodegroup",
    "AWS::Lambda::Function",
)


def check(resource: Resource, view: View) -> Iterator[Problem]:
    """Yield a problem at the subnets of an endpoint in several zones that misses the zone of a caller.

    Callers are what computes in the VPC of the endpoint. The problem is a note with the message `uncovered`, and has
    the values `subnet` and `caller`. A caller whose zone may be one of the endpoint is none.
    """
    vpc = view.target(view.get(resource, "Properties", "VpcId"), "AWS::EC2::VPC")
    members = listed_members(view, resource)
    if vpc is None or count_zones(view, members).lower < 2:
        return
    for caller, subnet in _places_of_callers(view):
        is_near = _vpc_of(view, subnet) is vpc
        if is_near and all(count_zones(view, (member, subnet)).lower >= 2 for member in members):
            values = {"subnet": subnet.label, "caller": caller.logical_id}
            related = ((caller.path, f'"{caller.logical_id}" may run there.'),)
            path = (*resource.path, "Properties", "SubnetIds")
            yield Problem(path, values=values, related=related, message="uncovered", level="note")
            return


def _places_of_callers(view: View) -> Iterator[tuple[Resource, ZoneMember]]:
    for caller in view.resources(*_CALLERS):
        members = listed_members(view, caller)
        subnet = view.get(caller, "Properties", "SubnetId")
        if subnet.value is not ABSENT:
            members.append(member_of(view, subnet))
        for member in members:
            yield caller, member


def _vpc_of(view: View, member: ZoneMember) -> Resource | None:
    subnet = subnet_of(view, member)
    return view.target(view.get(subnet, "Properties", "VpcId"), "AWS::EC2::VPC") if subnet is not None else None
