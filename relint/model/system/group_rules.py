"""Rules of security groups that let the members of one group connect to those of another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.model.references import mapping_with

if TYPE_CHECKING:
    from relint.model.references import Reference
    from relint.model.template import Template

CLIENTS = frozenset(
    {
        "AWS::AppRunner::VpcConnector",
        "AWS::AutoScaling::LaunchConfiguration",
        "AWS::Batch::ComputeEnvironment",
        "AWS::EC2::Instance",
        "AWS::EC2::LaunchTemplate",
        "AWS::EC2::NetworkInterface",
        "AWS::ECS::Service",
        "AWS::EKS::Cluster",
        "AWS::Lambda::Function",
    }
)
"""Types with security groups that run code, or say where code runs."""

_GROUP = "AWS::EC2::SecurityGroup"
_MEMBERSHIPS = frozenset(
    {"GroupSet", "Groups", "SecurityGroupIds", "SecurityGroups", "VPCSecurityGroups", "VpcSecurityGroupIds"}
)
"""The properties that list the groups of a resource, at any depth."""
_SOURCES = ("SourceSecurityGroupId", "SourceSecurityGroupName")
_DESTINATIONS = ("DestinationSecurityGroupId",)
_INLINE = {"SecurityGroupIngress": _SOURCES, "SecurityGroupEgress": _DESTINATIONS}
_SEPARATE = {
    "AWS::EC2::SecurityGroupIngress": (("GroupId", "GroupName"), _SOURCES),
    "AWS::EC2::SecurityGroupEgress": (("GroupId",), _DESTINATIONS),
}
_ADMINISTRATION_PORTS = ("22", "3389")
"""The ports of SSH and Remote Desktop, at which no store answers."""


class GroupRule(NamedTuple):
    """A rule by which the members of one security group may connect to those of another."""

    client_group: str
    store_group: str
    references: tuple[Reference, ...]


def members_by_group(template: Template) -> Mapping[str, list[Reference]]:
    """Return the references by which resources are members of security groups, by the group."""
    members: dict[str, list[Reference]] = {}
    for group in template.of_type(_GROUP):
        for reference in template.references.incoming.get(group.logical_id, ()):
            if _MEMBERSHIPS.intersection(reference.property):
                members.setdefault(group.logical_id, []).append(reference)
    return members


def group_rules(template: Template) -> Iterator[GroupRule]:
    """Yield the rules that name another group: in groups, and as resources of their own."""
    for group in template.of_type(_GROUP):
        for reference in template.references.outgoing.get(group.logical_id, ()):
            section, member = reference.property[1:2], reference.property[-1:]
            names = _INLINE.get(section[0], ()) if section else ()
            if (
                member
                and member[0] in names
                and not _is_for_administration(mapping_with(group, reference, *_SOURCES, *_DESTINATIONS))
            ):
                ends = (reference.target, group.logical_id)
                yield GroupRule(*(ends if names is _SOURCES else ends[::-1]), references=(reference,))
    for rule_type, (own_names, other_names) in _SEPARATE.items():
        for rule in template.of_type(rule_type):
            references = template.references.outgoing.get(rule.logical_id, ())
            own = [one for one in references if one.property[1:] in {(name,) for name in own_names}]
            other = [one for one in references if one.property[1:] in {(name,) for name in other_names}]
            if own and other and not _is_for_administration(rule.body.get("Properties")):
                ends = (other[0].target, own[0].target)
                yield GroupRule(*(ends if other_names is _SOURCES else ends[::-1]), references=(other[0], own[0]))


def _is_for_administration(rule: object) -> bool:
    if not isinstance(rule, dict):
        return False
    ports = str(rule.get("FromPort")), str(rule.get("ToPort"))
    return ports[0] == ports[1] and ports[0] in _ADMINISTRATION_PORTS
