"""Names that resources have in AWS, where these differ from what the template says."""

from __future__ import annotations

from relint._typing import Any

_STORED_IN_LOWER_CASE = frozenset(
    {
        "AWS::DAX::Cluster",
        "AWS::DMS::ReplicationInstance",
        "AWS::DocDB::DBCluster",
        "AWS::DocDB::DBInstance",
        "AWS::ElastiCache::CacheCluster",
        "AWS::ElastiCache::ReplicationGroup",
        "AWS::ElastiCache::ServerlessCache",
        "AWS::Neptune::DBCluster",
        "AWS::Neptune::DBInstance",
        "AWS::RDS::DBCluster",
        "AWS::RDS::DBInstance",
        "AWS::RDS::GlobalCluster",
        "AWS::Redshift::Cluster",
    }
)
"""Resource types whose identifier AWS stores in lower case, so that metrics and events have it in lower case.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html (looked up 2026-11-28; the same
sentence is in the references of DocumentDB, Neptune, ElastiCache, DAX and DMS; Redshift accepts lower case only).
"""


def stored_name(resource_type: str, name: Any) -> Any:
    """Return the name under which AWS knows a resource; a value that is not a text is returned unchanged."""
    return name.lower() if isinstance(name, str) and resource_type in _STORED_IN_LOWER_CASE else name
