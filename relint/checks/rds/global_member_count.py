"""Clusters that belong to a global cluster."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.resolve.value import ABSENT, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> int:
    """Return the number of clusters of these templates that belong to a global cluster.

    They are its source, and the clusters that name it by a reference or by its identifier.
    """
    members = view.referents(resource, (), ("Properties", "SourceDBClusterIdentifier"))
    source = view.get(resource, "Properties", "SourceDBClusterIdentifier")
    count = 1 if source.value is not ABSENT and not members else 0
    identifier = expression_of(view.get(resource, "Properties", "GlobalClusterIdentifier").value)
    cluster_type = resource.type.replace("GlobalCluster", "DBCluster")
    for cluster in view.resources(cluster_type):
        named = view.get(cluster, "Properties", "GlobalClusterIdentifier")
        is_named = named.value is not ABSENT and expression_of(named.value) == identifier
        if cluster in members or is_named or view.target(named) is resource:
            count += 1
    return count
