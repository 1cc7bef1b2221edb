"""DNS records that lead all clients to one machine."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, any_of
from relint.model.aws.route53 import Record, records_of
from relint.model.aws.serving_instances import INSTANCE, is_accepted, is_for_operations, machines_of
from relint.resolve.value import ABSENT, Unknown, parts_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.resolve.value import Expression

_ADDRESS = "AWS::EC2::EIP"
_TYPES = ("A", "AAAA", "CNAME")
_POLICIES = (
    *("CidrRoutingConfig", "Failover", "GeoLocation", "GeoProximityLocation", "MultiValueAnswer", "Region"),
    *("SetIdentifier", "Weight"),
)
_SINGLE_HOSTS = ("ssh.", "bastion.", "jump.", "vpn.", "nat.", "mail.", "smtp.")
"""Beginnings of names that are meant to be one host."""


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at each record without a routing policy whose only value is the address of one machine.

    The machine is an instance or an Elastic IP address of the template. Message value: `target`. Unknown if the name or
    the type of the record, or what the machine is for, is unknown.
    """
    for record in records_of(view, resource):
        target = _only_machine(view, record)
        if target is None:
            continue
        record_type = view.get(record.body, "Type").value
        is_meant = any_of((_is_single_host(record.key.name), _is_no_service(view, target)))
        if isinstance(is_meant, Unknown):
            yield is_meant
        elif not is_meant and isinstance(record_type, Unknown):
            yield record_type
        elif not is_meant:
            related = ((target.path, "The one machine behind the name."),)
            path = view.get(record.body, "ResourceRecords").path
            yield Problem(path, values={"target": target.logical_id}, related=related)


def _only_machine(view: View, record: Record) -> Resource | None:
    """Return the instance or address that is the only value of a record without a routing policy."""
    if apply_test("in", view.get(record.body, "Type").value, _TYPES) is False:
        return None
    if any(view.get(record.body, policy).value is not ABSENT for policy in _POLICIES):
        return None
    values = view.get(record.body, "ResourceRecords")
    items = view.scenario.items(values) if values.value is not ABSENT else []
    return view.target(items[0], INSTANCE, _ADDRESS) if len(items) == 1 else None


def _is_single_host(name: Expression) -> Truth:
    """Whether a name begins as those of single hosts do; Unknown if its beginning is unknown."""
    start = parts_of(name)[0]
    if not isinstance(start, str):
        return Unknown(("Name", name), "the name may be that of a single host, such as a bastion")
    return start.startswith(_SINGLE_HOSTS)


def _is_no_service(view: View, target: Resource) -> Truth:
    """Whether a machine is for people or packets or accepted as the only one, or the address is a NAT gateway's."""
    machines = [target] if target.type == INSTANCE else machines_of(view, target)
    if any(is_accepted(view, machine) for machine in (target, *machines)):
        return True
    if view.referrers(target, ("AWS::EC2::NatGateway",), ("Properties",)):
        return True
    return any_of(is_for_operations(view, machine) for machine in machines)
