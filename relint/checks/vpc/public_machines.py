"""Machines that take requests from the internet with nothing in front of them."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test, as_number
from relint.logic.truth import Truth, all_of, any_of
from relint.model.aws.auto_scaling import is_attached
from relint.model.aws.ecs import services_on
from relint.model.aws.public_addresses import admits_everybody, has_public_address
from relint.model.aws.serving_instances import INSTANCE, ingress_rules, is_for_operations, serving_role
from relint.model.system.paths import edges_to
from relint.model.system.relation import Kind
from relint.resolve.value import ABSENT, Located, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_REQUESTS: frozenset[Kind] = frozenset({"request"})
_FRONTS = (
    "AWS::CloudFront::Distribution",
    "AWS::ElasticLoadBalancing::LoadBalancer",
    "AWS::ElasticLoadBalancingV2::TargetGroup",
    "AWS::GlobalAccelerator::EndpointGroup",
    "AWS::VpcLattice::TargetGroup",
)
_ADDRESSES = ("AWS::EC2::EIP", "AWS::EC2::EIPAssociation", "AWS::EC2::NetworkInterface")
_WEB = (80, 443)
_VPN = (500, 4500)


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at an instance or Auto Scaling group that everybody may call, and that nothing stands before.

    It has a public address, and its security groups open port 80 or 443 to all addresses. Bastions, NAT instances and
    VPN servers are left out. Unknown if one of the two, the address or the rules, is.
    """
    if _has_front(view, resource):
        return
    rules = ingress_rules(view, resource)
    public_rules = [(rule, _opens(view, rule, _WEB)) for rule in rules or () if admits_everybody(view, rule)]
    is_open = any_of(opens for _, opens in public_rules)
    if rules is not None and is_open is False:
        return
    is_public = has_public_address(view, resource)
    if rules is None and is_public is not True:
        return  # nothing shows that it takes requests from anybody
    operates = resource.type == INSTANCE and is_for_operations(view, resource)
    is_vpn = any_of(_opens(view, rule, _VPN, udp=True) for rule in rules or ())
    if is_public is False or operates is True or is_vpn is True:
        return
    unknown = next((truth for truth in (is_public, operates, is_open, is_vpn) if isinstance(truth, Unknown)), None)
    if unknown is not None:
        yield unknown
    elif rules is None:
        yield Unknown(("Rules", resource.logical_id), "its security groups are not in these files")
    else:
        paths = [rule.path for rule, opens in public_rules if opens is True]
        yield Problem(resource.path, related=((paths[0], "This rule admits everybody."),))


def _has_front(view: View, machine: Resource) -> bool:
    services = services_on(view, machine)
    if any(view.get(service, "Properties", "LoadBalancers").value is not ABSENT for service in services):
        return True
    if machine.type != INSTANCE:
        return is_attached(view, machine) or any(edges_to(view, machine, _REQUESTS))
    if serving_role(view, machine) in ("target", "api"):
        return True
    holders = [machine]
    for edge in edges_to(view, machine, _REQUESTS):
        holder = view.template.resources[edge.source]
        holders += [holder] if holder.type in _ADDRESSES else []
    for holder in tuple(holders[1:]):
        holders += view.referents(holder, _ADDRESSES, ("Properties",))
    return any(
        view.template.resources[edge.source].type in _FRONTS
        for holder in holders
        for edge in edges_to(view, holder, _REQUESTS)
    )


def _opens(view: View, rule: Located, ports: tuple[int, ...], *, udp: bool = False) -> Truth:
    """Whether a rule opens one of the ports; Unknown if its protocol or its ports decide and are unknown."""
    protocol = view.get(rule, "IpProtocol").value
    is_protocol = apply_test("in", protocol, ("udp", "17", 17) if udp else ("tcp", "6", 6))
    opens = all_of((is_protocol, _spans(view, rule, ports)))
    return opens if udp else any_of((apply_test("in", protocol, ("-1", -1)), opens))


def _spans(view: View, rule: Located, ports: tuple[int, ...]) -> Truth:
    """Whether the range of a rule contains one of the ports."""
    limits = [view.get(rule, name).value for name in ("FromPort", "ToPort")]
    unknown = next((limit for limit in limits if isinstance(limit, Unknown)), None)
    if unknown is not None:
        return unknown
    low, high = (None if limit is ABSENT else as_number(limit) for limit in limits)
    return low is not None and high is not None and any(low <= port <= high for port in ports)
