"""Targets of which one suffices: the origins of a CloudFront origin group, and records that answer for one another.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html
https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.model.references import mapping_with

if TYPE_CHECKING:
    from relint.model.references import Reference
    from relint.model.resource import Resource

_ORIGINS = ("Properties", "DistributionConfig", "Origins")
_RECORDS = ("Properties", "RecordSets")
_WATCHED_POLICIES = ("MultiValueAnswer", "Region", "Weight")
"""The properties of records that stop to answer if their health check fails; of a failover record any may."""


def is_alternative(resource: Resource, reference: Reference) -> bool:
    """Whether a reference belongs to an item of a resource in whose place others of its items answer."""
    judge = _JUDGES.get(resource.type)
    return judge is not None and judge(resource, reference)


def _is_in_origin_group(distribution: Resource, reference: Reference) -> bool:
    """Whether a reference belongs to an origin that is, or may be by an id that is not written, in an origin group."""
    if reference.property[:3] != _ORIGINS:
        return False
    groups = _member(_member(_member(distribution.body, "Properties"), "DistributionConfig"), "OriginGroups")
    origin = mapping_with(distribution, reference, "Id") if groups else None
    if origin is None:
        return False
    members = list(_values(groups, "OriginId"))
    return origin["Id"] in members or not all(isinstance(name, str) for name in (origin["Id"], *members))


def _is_replaceable_record(group: Resource, reference: Reference) -> bool:
    """Whether a reference belongs to a record of several for the only name of a group, the healthy of which answer."""
    if reference.property[:2] != _RECORDS:
        return False
    record = mapping_with(group, reference, "SetIdentifier")
    names = list(_values(_member(_member(group.body, "Properties"), "RecordSets"), "Name"))
    if record is None or any(name != names[0] for name in names):
        return False
    is_watched = "HealthCheckId" in record or _member(record.get("AliasTarget"), "EvaluateTargetHealth") in (
        True,
        "true",
    )
    return "Failover" in record or (is_watched and any(policy in record for policy in _WATCHED_POLICIES))


_JUDGES: dict[str, Callable[[Resource, Reference], bool]] = {
    "AWS::CloudFront::Distribution": _is_in_origin_group,
    "AWS::Route53::RecordSetGroup": _is_replaceable_record,
}


def _member(node: Any, name: str) -> Any:
    return node.get(name) if isinstance(node, dict) else None


def _values(node: Any, key: str) -> Iterator[Any]:
    """Yield the values of a key at any depth, as they are written."""
    if isinstance(node, dict):
        for name, member in node.items():
            if name == key:
                yield member
            else:
                yield from _values(member, key)
    elif isinstance(node, list):
        for item in node:
            yield from _values(item, key)
