"""Whether the registry copies the images of a repository to another Region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relint.logic.truth import Truth, all_of, any_of
from relint.resolve.value import ABSENT, Located, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_CONFIGURATION = "AWS::ECR::ReplicationConfiguration"
_RULES = ("Properties", "ReplicationConfiguration", "Rules", "*")


def fact(resource: Resource, view: View) -> Truth:
    """Whether a replication rule of the template covers the repository and leads to another Region.

    A rule without filters covers all repositories, one with filters those whose names begin with one of them.
    https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
    """
    rules = [rule for one in view.resources(_CONFIGURATION) for rule in view.select(one, _RULES)]
    return any_of(all_of((_leaves_region(view, rule), _covers(view, rule, resource))) for rule in rules)


def _leaves_region(view: View, rule: Located) -> Truth:
    here = expression_of(view.scenario.parameter("AWS::Region"))
    for region in view.select(rule, ("Destinations", "*", "Region")):
        if isinstance(region.value, Unknown) and region.value.optional:
            return region.value
        if region.value is not ABSENT and expression_of(region.value) != here:
            return True
    return False


def _covers(view: View, rule: Located, repository: Resource) -> Truth:
    written = view.get(rule, "RepositoryFilters")
    filters = view.scenario.items(written)
    if not filters:
        return True
    name = view.get(repository, "Properties", "RepositoryName").value
    return any_of(_begins(name, view.get(one, "Filter").value, repository) for one in filters)


def _begins(name: object, prefix: object, repository: Resource) -> Truth:
    if isinstance(name, str) and isinstance(prefix, str):
        return name.startswith(prefix)
    if expression_of(prefix) in (expression_of(name), ("Ref", repository.logical_id)):
        return True
    reason = f'whether the name of "{repository.logical_id}" begins with the filter of the replication is not known'
    return Unknown(("Filter", repository.logical_id), reason)
