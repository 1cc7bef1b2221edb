"""Origin groups of CloudFront distributions: if one origin fails, the other answers.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from relint.model.references import Reference
    from relint.model.resource import Resource

DISTRIBUTION = "AWS::CloudFront::Distribution"
_ORIGINS = ("Properties", "DistributionConfig", "Origins")


def is_in_origin_group(distribution: Resource, reference: Reference) -> bool:
    """Whether a reference belongs to an origin that is a member of an origin group."""
    if reference.property[:3] != _ORIGINS:
        return False
    groups = _member(_member(_member(distribution.body, "Properties"), "DistributionConfig"), "OriginGroups")
    if not groups:
        return False
    node: Any = distribution.body
    for step in reference.path[len(distribution.path) :]:
        if isinstance(node, dict) and "Id" in node:
            return node["Id"] in list(_origin_ids(groups))
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            return False
    return False


def _member(node: Any, name: str) -> Any:
    return node.get(name) if isinstance(node, dict) else None


def _origin_ids(node: Any) -> Iterator[Any]:
    """Yield the origins that groups name, at any depth, as they are written."""
    if isinstance(node, dict):
        for name, member in node.items():
            if name == "OriginId":
                yield member
            else:
                yield from _origin_ids(member)
    elif isinstance(node, list):
        for item in node:
            yield from _origin_ids(item)
