"""Lists of several subnets or zones that all lie in one Availability Zone."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.availability_zones import count_zones
from relint.model.subnet_lists import ONE_PER_ZONE, TWO_ZONES, subnet_lists
from relint.model.zone_kinds import zone_kind
from relint.model.zone_members import ZoneMember, is_same_zone
from relint.model.zone_names import describe_expression
from relint.resolve.value import ABSENT, is_call, referenced_id

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.source.location import Path


_ADDRESS_LISTS = frozenset({"AWS::Route53Resolver::ResolverEndpoint"})
"""Types whose lists have an item for each address: several addresses in one subnet add capacity.

https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_CreateResolverEndpoint.html
"""


def fact(resource: Resource, view: View) -> str:
    """Return the zones of the lists with two members or more.

    "single-zone" if `check` reports a problem, "multi-zone" if the members of a list provably lie in two zones, and
    "none" without such a list or if the template does not decide.
    """
    lists = [(members, path) for members, path in subnet_lists(view, resource) if len(members) >= 2]
    if any(True for members, path in lists for _ in _list_problem(view, resource, members, path)):
        return "single-zone"
    return "multi-zone" if any(count_zones(view, members).lower >= 2 for members, _ in lists) else "none"


def check(resource: Resource, view: View) -> Iterator[Problem]:
    """Yield at most one problem at each list with two members or more.

    Message `twice`, with `subnet`, if a subnet is named again; `shared`, with `one` and `other`, if two subnets of a
    type that allows one for each zone provably share their zone; `default`, with `count`, if all members provably lie
    in one zone (`rejected` for types that AWS then rejects). Unknown zones are left to the rule of the resource type
    that requires two zones.
    """
    for members, path in subnet_lists(view, resource):
        if len(members) >= 2:
            yield from _list_problem(view, resource, members, path)


def _list_problem(view: View, resource: Resource, members: list[ZoneMember], path: Path) -> Iterator[Problem]:
    is_subnet_list = not {"AvailabilityZones", "AvailabilityZoneIds"}.intersection(path[len(resource.path) :])
    has_unique_items = is_subnet_list and resource.type not in _ADDRESS_LISTS
    for index, member in enumerate(members):
        earlier_ids = [earlier.identity for earlier in members[:index]]
        if has_unique_items and not member.is_list and member.identity in earlier_ids:
            yield Problem(path, values={"subnet": member.label}, message="twice")
            return
    if is_subnet_list and resource.type in ONE_PER_ZONE:
        for index, member in enumerate(members):
            for earlier in members[:index]:
                if is_same_zone(member, earlier):
                    values = {"one": earlier.label, "other": member.label}
                    related = _zone_locations(view, [earlier, member])
                    yield Problem(path, values=values, related=related, message="shared")
                    return
    if not _is_on_outpost(view, resource, members) and count_zones(view, members).upper < 2:
        message = "rejected" if resource.type in TWO_ZONES else None
        related = _zone_locations(view, members)
        yield Problem(path, values={"count": len(members)}, related=related, message=message)


def _is_on_outpost(view: View, resource: Resource, members: list[ZoneMember]) -> bool:
    """Whether a resource lies on an Outpost, which is in one zone."""
    if view.get(resource, "Properties", "OutpostArn").value is not ABSENT:
        return True
    return any(zone_kind(view, member) == "outpost" for member in members)


def _zone_locations(view: View, members: list[ZoneMember]) -> tuple[tuple[Path, str], ...]:
    """Return where the template sets the zones of the subnets among the members."""
    locations = []
    for member in members:
        logical_id = referenced_id(member.identity) if is_call(member.identity, "Ref") else None
        subnet = view.template.resources.get(logical_id) if logical_id is not None else None
        if subnet is not None:
            path = (*subnet.path, "Properties", "AvailabilityZone")
            locations.append((path, f'The zone of "{member.label}" is {describe_expression(member.zone)}.'))
    return tuple(locations)
