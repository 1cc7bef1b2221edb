"""Names that resources have in AWS, where these differ from what the template says."""

from __future__ import annotations

from relint._typing import Any
from relint.resolve.value import Expression, Unknown, is_concat, parts_of

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
    """Return the name under which AWS knows a resource.

    `name` is a value or an expression. Of a text with unknown parts, the literal parts are changed.
    """
    if resource_type not in _STORED_IN_LOWER_CASE:
        return name
    if isinstance(name, Unknown):
        return name._replace(expression=in_lower_case(name.expression))
    return in_lower_case(name) if isinstance(name, str | tuple) else name


def in_lower_case(expression: Expression) -> Expression:
    """Return a text whose literal parts are in lower case; a call is returned unchanged."""
    if isinstance(expression, str):
        return expression.lower()
    if not is_concat(expression):
        return expression
    return ("Concat", *(part.lower() if isinstance(part, str) else part for part in parts_of(expression)))
