"""Public addresses of instances and Auto Scaling groups, and rules that admit the whole internet.

https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html (2026-11-28)
"""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, any_of
from relint.model.aws.auto_scaling import zone_lists
from relint.model.aws.serving_instances import (
    INSTANCE,
    has_elastic_address,
    ingress_rules,
    is_for_operations,
    launch_sources,
)
from relint.model.system.routes import SUBNET
from relint.resolve.value import ABSENT, Located, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_EVERYBODY = ("0.0.0.0/0", "::/0")


def is_public_server(view: View, instance: Resource) -> bool:
    """Whether clients on the internet probably call an instance: not if it is for people or packets.

    It has a public address; or its security groups admit everybody, and the template does not show that it has none.
    """
    if is_for_operations(view, instance) is True:
        return False
    address = has_public_address(view, instance)
    if address is True or (address is False and _subnets_of(view, instance)):
        return address is True
    return any(admits_everybody(view, rule) for rule in ingress_rules(view, instance) or ())


def has_public_address(view: View, machine: Resource) -> Truth:
    """Whether a machine has a public address: an Elastic IP, one it asks for, or one that its subnet gives."""
    if machine.type == INSTANCE and has_elastic_address(view, machine):
        return True
    name = "AssociatePublicIpAddress"
    asked = view.select(machine, ("Properties", "NetworkInterfaces", "*", name))
    for source in launch_sources(view, machine):
        asked.append(view.get(source, "Properties", name))
        asked += view.select(source, ("Properties", "LaunchTemplateData", "NetworkInterfaces", "*", name))
    answers = [value.value for value in asked if value.value is not ABSENT]
    if answers:
        return any_of(apply_test("equals", answer, operand=True) for answer in answers)
    return any_of(_gives_addresses(view, subnet) for subnet in _subnets_of(view, machine))


def _subnets_of(view: View, machine: Resource) -> list[Located]:
    if machine.type != INSTANCE:
        return [item for listed in zone_lists(view, machine) for item in view.scenario.items(listed)]
    located = [view.get(machine, "Properties", "SubnetId")]
    located += view.select(machine, ("Properties", "NetworkInterfaces", "*", "SubnetId"))
    return [value for value in located if value.value is not ABSENT]


def _gives_addresses(view: View, subnet: Located) -> Truth:
    resource = view.target(subnet, SUBNET)
    if resource is None:
        return Unknown(("Subnet", subnet.path), "whether its subnet gives public addresses is not in these files")
    value = view.get(resource, "Properties", "MapPublicIpOnLaunch").value
    return False if value is ABSENT else apply_test("equals", value, operand=True)


def admits_everybody(view: View, rule: Located) -> bool:
    """Whether an inbound rule of a security group is for all addresses."""
    return any(view.get(rule, name).value in _EVERYBODY for name in ("CidrIp", "CidrIpv6"))
