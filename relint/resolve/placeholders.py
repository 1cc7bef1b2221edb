"""Values of parameters that cannot be what a property wants: placeholders for what a deployment passes.

Authors write `Default: ""` or `Default: none` where the id is known on deployment only. AWS accepts no such id, so no
deployment runs with it, and the parameter is judged as if it had no default.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.resolve.value import is_dynamic_reference

if TYPE_CHECKING:
    from relint.source.location import Path


class _Kind(NamedTuple):
    """A kind of value that AWS makes: its name in messages, and the pattern of the whole text.

    `is_assembled` is true if authors put such a value together, so that a parameter may contain a part of it.
    """

    name: str
    pattern: str
    is_assembled: bool = False


def _id_with(prefix: str) -> str:
    """Return the pattern of an id of EC2: 8 or 17 hexadecimal digits.

    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html (2026-11-28)
    """
    return f"{prefix}-(?:[0-9a-fA-F]{{8}}|[0-9a-fA-F]{{17}})"


_SUBNET = _Kind("the id of a subnet", _id_with("subnet"))
_VPC = _Kind("the id of a VPC", _id_with("vpc"))
_SECURITY_GROUP = _Kind("the id of a security group", _id_with("sg"))
_ROUTE_TABLE = _Kind("the id of a route table", _id_with("rtb"))
_NAT_GATEWAY = _Kind("the id of a NAT gateway", _id_with("nat"))
_ADDRESS = _Kind("the id of an address", _id_with("eipalloc"))
_ZONE = _Kind("the name of a zone", r"[a-z]+-[a-z-]+-\d[a-z0-9-]*|[a-z]+\d[a-z0-9-]*-az\d+", is_assembled=True)
_ARN = _Kind("an ARN", "arn:.+", is_assembled=True)
_NAME = _Kind("a name", "(?s:.+)")

# fmt: off
_KINDS: Mapping[str, _Kind] = {
    **dict.fromkeys((
        "ClientSubnets", "Ec2SubnetId", "Ec2SubnetIds", "PreferredSubnetId", "ServiceAccessSubnetId", "SubnetId",
        "SubnetIds", "Subnets", "VPCZoneIdentifier", "VpcSubnetIds", "VpcSubnets",
    ), _SUBNET),
    **dict.fromkeys(("VPCId", "VpcId"), _VPC),
    **dict.fromkeys(("SecurityGroupIds", "VPCSecurityGroups", "VpcSecurityGroupIds"), _SECURITY_GROUP),
    **dict.fromkeys(("RouteTableId", "RouteTableIds"), _ROUTE_TABLE),
    "NatGatewayId": _NAT_GATEWAY,
    "AllocationId": _ADDRESS,
    **dict.fromkeys((
        "AvailabilityZone", "AvailabilityZoneId", "AvailabilityZoneIds", "AvailabilityZones",
        "AvailabilityZoneName", "PreferredAvailabilityZone", "PreferredAvailabilityZones", "PreferredCacheClusterAZs",
        "PrimaryAvailabilityZone", "ReplicaAvailabilityZones", "SecondaryAvailabilityZone", "StandbyAvailabilityZones",
    ), _ZONE),
    **dict.fromkeys((
        "Arn", "DestinationArn", "EventSourceArn", "LoadBalancerArn", "NotificationTopicArn", "ResourceArn",
        "SNSTopicArn", "SnsTopicArn", "TargetArn", "TargetGroupARNs", "TargetGroupArn", "TopicARN", "TopicArn",
        "deadLetterTargetArn",
    ), _ARN),
    **dict.fromkeys((
        "AutoScalingGroupName", "CacheClusterId", "ClusterName", "DBClusterIdentifier", "DBInstanceIdentifier",
        "FunctionName", "QueueName", "ReplicationGroupId", "ServiceName", "TableName",
    ), _NAME),
}
"""The kinds of values that rules compare or count, by property, wherever CloudFormation has a property of that name."""
# fmt: on

_KINDS_BY_TYPE: Mapping[str, _Kind] = {
    "AWS::EC2::AvailabilityZone::Name": _ZONE,
    "AWS::EC2::SecurityGroup::Id": _SECURITY_GROUP,
    "AWS::EC2::Subnet::Id": _SUBNET,
    "AWS::EC2::VPC::Id": _VPC,
}
"""The kinds of values by the type of the parameter, also in a list: CloudFormation takes existing ones only.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html (2026-11-28)
"""

_DIMENSION_VALUE = ("Dimensions", "Value")
_STEPS = frozenset({*_KINDS, *_DIMENSION_VALUE})
_TEXT_FUNCTIONS = frozenset({"Fn::Join", "Fn::Sub"})
_PASSING_FUNCTIONS = _TEXT_FUNCTIONS | {"Fn::Select", "Fn::Split"}
"""Functions that hand on a value, in contrast to those that look up another one by it."""


def is_place(text: str) -> bool:
    """Whether a text may be the id of a subnet, or the name or id of a zone."""
    return any(re.fullmatch(kind.pattern, text.strip()) for kind in (_SUBNET, _ZONE))


def missing_kind(path: Path, value: Any, parameter_type: str = "String") -> str | None:
    """Return the kind of value that a property or a parameter wants, if the value cannot be one; else None.

    `path` leads to the reference to the parameter, in a property of a resource.
    """
    type_name = parameter_type.removeprefix("List<").removesuffix(">")
    if (_STEPS.isdisjoint(path) and type_name not in _KINDS_BY_TYPE) or len(path) < 4 or path[0] != "Resources":
        return None
    names, functions = _property_and_functions(path)
    if not functions <= _PASSING_FUNCTIONS:
        return None
    kind = _NAME if tuple(names[-2:]) == _DIMENSION_VALUE else _KINDS.get(names[-1])
    kind = _KINDS_BY_TYPE.get(type_name, kind)
    if kind is None or not isinstance(value, str | list) or is_dynamic_reference(value):
        return None
    texts = value if isinstance(value, list) else value.split(",")
    if texts and all(re.fullmatch(kind.pattern, text.strip()) for text in texts):
        return None
    is_part = kind.is_assembled and not _TEXT_FUNCTIONS.isdisjoint(functions)
    return None if is_part and any(texts) else kind.name


def _property_and_functions(path: Path) -> tuple[list[str], set[str]]:
    """Return the names of the properties on a path, and the functions whose result contains the value at its end."""
    names: list[str] = []
    functions: set[str] = set()
    for step, following in zip(path, (*path[1:], None), strict=True):
        if not isinstance(step, str) or step in ("Ref", "Fn::If"):
            continue
        if step.startswith("Fn::"):
            functions.add(step if following != 0 else f"{step} 0")  # an index or delimiter is first
        elif not functions:
            names.append(step)
    return names, functions
