"""Instances that serve requests: targets of load balancers, and machines with an address that others use."""

from __future__ import annotations

import re

from relint._typing import TYPE_CHECKING, Literal
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of, any_of
from relint.resolve.value import ABSENT, Expression, Unknown, expression_of, parts_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.resolve.value import Located

INSTANCE = "AWS::EC2::Instance"
INTERFACE = "AWS::EC2::NetworkInterface"

ServingRole = Literal["target", "address", "record", "api", ""]
"""The way by which requests reach an instance: a load balancer, an Elastic IP, a DNS record, an API, or none."""

_REGISTRIES = (
    ("AWS::ElasticLoadBalancingV2::TargetGroup", ("Properties", "Targets")),
    ("AWS::ElasticLoadBalancing::LoadBalancer", ("Properties", "Instances")),
)
_RECORDS = (
    ("AWS::Route53::RecordSet", ("Properties", "ResourceRecords")),
    ("AWS::Route53::RecordSetGroup", ("Properties", "RecordSets")),
)
API_INTEGRATIONS = (
    ("AWS::ApiGateway::Method", ("Properties", "Integration", "Uri")),
    ("AWS::ApiGateway::RestApi", ("Properties", "Body")),
    ("AWS::ApiGatewayV2::Integration", ("Properties", "IntegrationUri")),
    ("AWS::ApiGatewayV2::Api", ("Properties", "Body")),
)
"""Types with an address to which an API sends requests, and the property with it."""

_ACCEPTED_ROLES = ("accepted-spof", "scratch", "singleton")
_OPERATIONS = ("bastion", "jump", "vpn", "build", "runner", "agent")
_REMOTE_ACCESS = (22, 1194, 3389)
"""The ports of SSH, OpenVPN and RDP, over which people and not clients come."""
_SECURITY_GROUP = "AWS::EC2::SecurityGroup"
_GROUP_LISTS = ("SecurityGroupIds", "SecurityGroups")
_INGRESS = "AWS::EC2::SecurityGroupIngress"
_LAUNCH_SOURCES = ("AWS::EC2::LaunchTemplate", "AWS::AutoScaling::LaunchConfiguration")


def serving_role(view: View, instance: Resource) -> ServingRole:
    """Return the way by which requests reach an instance of the template."""
    holders = _holders(view, instance)
    if any(view.referrers(holder, (registry,), path) for holder in holders for registry, path in _REGISTRIES):
        return "target"
    if has_elastic_address(view, instance):
        return "address"
    if any(view.referrers(holder, (record,), path) for holder in holders for record, path in _RECORDS):
        return "record"
    return "api" if any(view.referrers(instance, (api,), path) for api, path in API_INTEGRATIONS) else ""


def tier_of(view: View, instance: Resource) -> list[Resource]:
    """Return the instances that are probably one tier with an instance, itself included, in order.

    They are registered with the same target group or Classic Load Balancer; or else they share image and security
    groups.
    """
    return registered_with(view, instance) or similar_to(view, instance) or [instance]


def registered_with(view: View, instance: Resource) -> list[Resource]:
    """Return all instances that one load balancer has as targets together with an instance, in order."""
    for registry_type, path in _REGISTRIES:
        for holder in _holders(view, instance):
            for registry in view.referrers(holder, (registry_type,), path):
                return _targets(view, registry, path)
    return []


def are_all_targets(view: View, instances: list[Resource]) -> bool:
    """Whether the load balancer of instances that are registered together has no other targets."""
    for registry_type, path in _REGISTRIES:
        for holder in _holders(view, instances[0]):
            for registry in view.referrers(holder, (registry_type,), path):
                return len(view.scenario.items(view.get(registry, *path))) == len(instances)
    return False


def _targets(view: View, registry: Resource, path: tuple[str, ...]) -> list[Resource]:
    """Return the instances that are targets of a load balancer, in the order of the template."""

    def build(view: View) -> list[Resource]:
        logical_ids = {target.logical_id for target in view.referents(registry, (INSTANCE,), path)}
        for interface in view.referents(registry, (INTERFACE,), path):
            logical_ids.update(machine.logical_id for machine in _machines_with(view, interface))
        return [other for other in view.resources(INSTANCE) if other.logical_id in logical_ids]

    return view.cached(f"targets of {registry.logical_id}", build)


def similar_to(view: View, instance: Resource) -> list[Resource]:
    """Return the instances with the same image and security groups; none unless both are set, and for one alone."""
    if len(view.template.by_type.get(INSTANCE, ())) < 2:
        return []
    role = _role(view, instance)
    if role is None:
        return []
    groups = view.cached("instances by role", _instances_by_role)
    return groups.get(role, [])


def _instances_by_role(view: View) -> dict[tuple[Expression, Expression], list[Resource]]:
    groups: dict[tuple[Expression, Expression], list[Resource]] = {}
    for instance in view.resources(INSTANCE):
        role = _role(view, instance)
        if role is not None:
            groups.setdefault(role, []).append(instance)
    return groups


def _role(view: View, instance: Resource) -> tuple[Expression, Expression] | None:
    image = view.get(instance, "Properties", "ImageId").value
    groups = view.get(instance, "Properties", "SecurityGroupIds")
    if image is ABSENT or groups.value is ABSENT:
        return None
    return expression_of(image), expression_of(view.scenario.resolve_deep(groups.value, groups.path))


def is_for_operations(view: View, instance: Resource) -> Truth:
    """Whether an instance is for people or packets, not for clients: a bastion, a NAT instance, a build host.

    It forwards packets of others, all ports that its security groups open are those of remote access, or its name says
    so. Unknown if a value that decides is unknown.
    """
    checks = [view.get(holder, "Properties", "SourceDestCheck").value for holder in _holders(view, instance)]
    forwards = [apply_test("equals", value, operand=False) for value in checks]
    return any_of((_is_named_so(view, instance), *forwards, _opens_remote_access_only(view, instance)))


def _holders(view: View, instance: Resource) -> list[Resource]:
    """Return the instance and its network interfaces."""
    return [instance, *_interfaces_of(view, instance)]


def is_accepted(view: View, machine: Resource) -> bool:
    """Whether the author says in the Metadata of a machine that it may stand alone."""
    return view.get(machine, "Metadata", "relint", "role").value in _ACCEPTED_ROLES


def machines_of(view: View, address: Resource) -> list[Resource]:
    """Return the instances of the template to which an Elastic IP address leads."""
    associations = view.referrers(address, ("AWS::EC2::EIPAssociation",), ("Properties",))
    machines = {
        machine.logical_id: machine
        for holder in (address, *associations)
        for machine in view.referents(holder, (INSTANCE,), ("Properties", "InstanceId"))
    }
    for association in associations:
        for interface in view.referents(association, (INTERFACE,), ("Properties", "NetworkInterfaceId")):
            machines.update((machine.logical_id, machine) for machine in _machines_with(view, interface))
    return list(machines.values())


def has_elastic_address(view: View, instance: Resource) -> bool:
    """Whether an Elastic IP address of the template leads to an instance."""
    holders = ("AWS::EC2::EIP", "AWS::EC2::EIPAssociation")
    if view.referrers(instance, holders, ("Properties", "InstanceId")):
        return True
    return any(
        view.referrers(interface, ("AWS::EC2::EIPAssociation",), ("Properties", "NetworkInterfaceId"))
        for interface in _interfaces_of(view, instance)
    )


def _interfaces_of(view: View, instance: Resource) -> list[Resource]:
    interfaces = view.referents(instance, (INTERFACE,), ("Properties", "NetworkInterfaces"))
    for attachment in view.referrers(instance, (f"{INTERFACE}Attachment",), ("Properties", "InstanceId")):
        interfaces += view.referents(attachment, (INTERFACE,), ("Properties", "NetworkInterfaceId"))
    return interfaces


def _machines_with(view: View, interface: Resource) -> list[Resource]:
    machines = view.referrers(interface, (INSTANCE,), ("Properties", "NetworkInterfaces"))
    for attachment in view.referrers(interface, (f"{INTERFACE}Attachment",), ("Properties", "NetworkInterfaceId")):
        machines += view.referents(attachment, (INSTANCE,), ("Properties", "InstanceId"))
    return machines


def _is_named_so(view: View, instance: Resource) -> bool:
    tag = view.select(instance, ("Properties", "Tags", (("Key", "Name"),), "Value"))[0].value
    names = [instance.logical_id]
    if tag is not ABSENT:
        names += [part for part in parts_of(expression_of(tag)) if isinstance(part, str)]
    words = [word.lower() for name in names for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)]
    return any(word == "nat" or word.startswith(_OPERATIONS) or word.endswith(_OPERATIONS) for word in words)


def _opens_remote_access_only(view: View, instance: Resource) -> Truth:
    """Whether the template shows all security groups of an instance, and they open ports of remote access only."""
    tests = [
        _opens_remote_access(view, rule) for rule in ingress_rules(view, instance) or () if not _is_icmp(view, rule)
    ]
    return bool(tests) and all_of(tests)


def ingress_rules(view: View, machine: Resource) -> list[Located] | None:
    """Return the inbound rules of the security groups of an instance or group; None if some are not in the template."""
    located = [view.get(machine, "Properties", name) for name in _GROUP_LISTS]
    located += view.select(machine, ("Properties", "NetworkInterfaces", "*", "GroupSet"))
    located += [view.get(interface, "Properties", "GroupSet") for interface in _interfaces_of(view, machine)]
    for template in launch_sources(view, machine):
        for steps in (("Properties",), ("Properties", "LaunchTemplateData")):
            located += [view.get(template, *steps, name) for name in _GROUP_LISTS]
        located += view.select(template, ("Properties", "LaunchTemplateData", "NetworkInterfaces", "*", "Groups"))
    rules: list[Located] = []
    for item in [item for groups in located if groups.value is not ABSENT for item in view.scenario.items(groups)]:
        group = view.target(item, _SECURITY_GROUP)
        if group is None:
            return None
        rules += view.select(group, ("Properties", "SecurityGroupIngress", "*"))
        own_rules = view.referrers(group, (_INGRESS,), ("Properties", "GroupId"))
        rules += [view.get(rule, "Properties") for rule in own_rules]
    return rules


def launch_sources(view: View, machine: Resource) -> list[Resource]:
    """Return the launch templates and configurations that an instance or group starts from."""
    return view.referents(machine, _LAUNCH_SOURCES, ("Properties",))


def _opens_remote_access(view: View, rule: Located) -> Truth:
    first, last, protocol = (view.get(rule, name).value for name in ("FromPort", "ToPort", "IpProtocol"))
    is_known = not isinstance(first, Unknown) and not isinstance(last, Unknown)
    is_range = is_known and expression_of(first) != expression_of(last)
    opens = first is not ABSENT and not is_range
    ports: Truth = opens and all_of(apply_test("in", port, _REMOTE_ACCESS) for port in (first, last))
    return any_of((ports, protocol)) if isinstance(protocol, Unknown) else ports


def _is_icmp(view: View, rule: Located) -> bool:
    return view.get(rule, "IpProtocol").value in ("icmp", "icmpv6", 1, "1", 58, "58")
