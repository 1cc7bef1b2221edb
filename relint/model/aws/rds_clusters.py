"""Clusters of RDS, DocumentDB and Neptune, and the instances that are their members."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.model.aws.resource_names import stored_name
from relint.resolve.value import ABSENT, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def members_of(view: View, cluster: Resource, resource_type: str) -> Iterator[Resource]:
    """Yield the existing instances whose DBClusterIdentifier is the cluster, by reference or by name."""
    cluster_name = view.get(cluster, "Properties", "DBClusterIdentifier").value
    for member in view.resources(resource_type):
        name = view.get(member, "Properties", "DBClusterIdentifier").value
        has_both = cluster_name is not ABSENT and name is not ABSENT
        if (has_both and _folded(name) == _folded(cluster_name)) or view.target(name) is cluster:
            yield member


def fellow_members(view: View, member: Resource) -> list[Resource]:
    """Return the existing instances of the cluster of an instance, itself included, in the order of the template.

    The cluster may be elsewhere: instances are fellows if the same reference or name is their DBClusterIdentifier.
    """
    name = view.get(member, "Properties", "DBClusterIdentifier").value
    cluster = view.target(name)
    if cluster is not None:
        return list(members_of(view, cluster, member.type))
    return [
        other
        for other in view.resources(member.type)
        if _folded(view.get(other, "Properties", "DBClusterIdentifier").value) == _folded(name)
    ]


def _folded(name: object) -> object:
    """Return the expression of the identifier under which the services know a cluster."""
    return stored_name("AWS::RDS::DBCluster", expression_of(name))
