"""Cache clusters that are the primary of a replication group."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.logic.truth import Truth, any_of
from relint.model.aws.resource_names import stored_name
from relint.resolve.value import ABSENT, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def is_primary_of_group(view: View, cluster: Resource) -> Truth:
    """Whether a replication group of the template takes the cluster as its PrimaryClusterId, by reference or by name.

    ElastiCache stores names in lower case. Unknown if only the deployment tells which cluster a group takes.
    https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
    """
    return any_of(_takes(view, group, cluster) for group in view.resources("AWS::ElastiCache::ReplicationGroup"))


def _takes(view: View, group: Resource, cluster: Resource) -> Truth:
    primary = view.get(group, "Properties", "PrimaryClusterId").value
    if primary is ABSENT:
        return False
    target = view.target(primary)
    if target is not None:
        return target is cluster
    name = view.get(cluster, "Properties", "ClusterName").value
    if name is ABSENT:
        return False  # a generated name, which nobody can write before the deployment
    for value in (primary, name):
        if isinstance(value, Unknown):
            return value
    return bool(stored_name(cluster.type, scalar_text(primary)) == stored_name(cluster.type, scalar_text(name)))
