"""Repositories whose images the registry copies to another Region."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.logic.truth import Truth, all_of, any_of
from relint.resolve.value import ABSENT, Located, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_CONFIGURATION = "AWS::ECR::ReplicationConfiguration"
_RULES = ("Properties", "ReplicationConfiguration", "Rules", "*")


def fact(resource: Resource, view: View) -> Truth:
    """Whether a replication rule of the template covers the repository and copies to another Region.

    A rule without filters covers all repositories, a rule with filters those whose names begin with one of them.
    Unknown if the name of the repository or a filter is unknown.
    https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
    """
    configurations = view.resources(_CONFIGURATION)
    rules = [rule for configuration in configurations for rule in view.select(configuration, _RULES)]
    return any_of(all_of((_leaves_region(view, rule), _covers(view, rule, resource))) for rule in rules)


def _leaves_region(view: View, rule: Located) -> Truth:
    stack_region = expression_of(view.scenario.parameter_value("AWS::Region"))
    for region in view.select(rule, ("Destinations", "*", "Region")):
        if isinstance(region.value, Unknown) and region.value.optional:
            return region.value
        if region.value is not ABSENT and expression_of(region.value) != stack_region:
            return True
    return False


def _covers(view: View, rule: Located, repository: Resource) -> Truth:
    filters = view.scenario.items(view.get(rule, "RepositoryFilters"))
    if not filters:
        return True
    name = view.get(repository, "Properties", "RepositoryName").value
    return any_of(_begins_with(name, view.get(item, "Filter").value, repository) for item in filters)


def _begins_with(name: object, prefix: object, repository: Resource) -> Truth:
    if isinstance(name, str) and isinstance(prefix, str):
        return name.startswith(prefix)
    if expression_of(prefix) in (expression_of(name), ("Ref", repository.logical_id)):
        return True
    reason = f'whether the name of "{repository.logical_id}" begins with the filter of the replication is not known'
    return Unknown(("Filter", repository.logical_id), reason)
