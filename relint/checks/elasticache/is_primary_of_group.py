"""Cache clusters that are the primary of a replication group."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.model.aws.elasticache import is_primary_of_group

if TYPE_CHECKING:
    from relint.logic.truth import Truth
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> Truth:
    """Whether a replication group of the template takes the cluster as its primary; Unknown if the name is unknown."""
    return is_primary_of_group(view, resource)
