"""Effects of an update on those who use a resource, as the rules about changes share them."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.change.facts.replacement_consequences import Consequence, replacement_consequences
from relint.change.service.replacement_chain import chain_of, is_replaced
from relint.change.service.request_path import request_path_of
from relint.model.system.resource_groups import state_of
from relint.resolve.value import ABSENT, scalar_text

if TYPE_CHECKING:
    from relint.change.records import Comparison, ResourceChange


_MEMBERS = ("AWS::DocDB::DBInstance", "AWS::Neptune::DBInstance", "AWS::RDS::DBInstance")
_CACHES = ("AWS::ElastiCache::CacheCluster", "AWS::ElastiCache::ServerlessCache")


def consequence_of(comparison: Comparison, change: ResourceChange) -> Consequence | None:
    """Return what follows from the replacement of a resource on the request path; None if nobody feels it."""
    row = consequence_if_replaced(comparison, change) if is_replaced(change) else None
    return None if row and row.role == "link" and change.kind == "renamed" else row


def consequence_if_replaced(comparison: Comparison, change: ResourceChange) -> Consequence | None:
    """Return what would follow from the replacement of a resource; None if nobody would feel it.

    None also for what holds data, of which the rules about data tell.
    """
    row = replacement_consequences().get(change.type)
    if row is None or change.old is None or _holds_data(comparison, change):
        return None
    path = request_path_of(comparison)
    places = path.entries if row.role == "entry" else path.entry_of
    return row if change.old.logical_id in places else None


def replaces_data(comparison: Comparison, change: ResourceChange) -> bool:
    """Whether the update replaces a resource that holds data, of which the rules about data tell."""
    return is_replaced(change) and _holds_data(comparison, change)


def _holds_data(comparison: Comparison, change: ResourceChange) -> bool:
    """Whether a resource holds data: not a member of a database cluster, nor memcached or another cache of copies."""
    if change.old is None or state_of(change.type) == "none":
        return False
    if change.type in _MEMBERS:
        return comparison.old.get(change.old, "Properties", "DBClusterIdentifier").value is ABSENT
    if change.type in _CACHES:
        return scalar_text(comparison.old.get(change.old, "Properties", "Engine").value) != "memcached"
    return change.type not in ("AWS::DAX::Cluster", "AWS::EC2::Instance")


def is_told(comparison: Comparison, change: ResourceChange) -> bool:
    """Whether the replacement of a resource is told by the rules about data or by the one about the request path."""
    return replaces_data(comparison, change) or consequence_of(comparison, change) is not None


def is_told_with_another(comparison: Comparison, change: ResourceChange) -> bool:
    """Whether a resource is replaced or interrupted because of another one, whose replacement is told itself."""
    return any(is_told(comparison, other) for other in chain_of(comparison, change))
