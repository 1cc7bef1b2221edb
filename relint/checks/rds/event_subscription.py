"""Whether somebody is told what happens to a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of, any_of
from relint.resolve.value import ABSENT, Unknown, expression_of, references

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_KINDS = {"AWS::RDS::DBInstance": "db-instance", "AWS::RDS::DBCluster": "db-cluster"}


def fact(resource: Resource, view: View, categories: list[str]) -> Truth:
    """Whether subscriptions of the template cover each of the event categories for a database.

    A subscription without SourceType or EventCategories covers all of them.
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.overview.html
    """
    subscriptions = list(view.resources("AWS::RDS::EventSubscription"))
    hearing = [(one, _hears_of(view, one, resource)) for one in subscriptions]
    return all_of(
        any_of(all_of([heard, _covers(view, one, category)]) for one, heard in hearing) for category in categories
    )


def _hears_of(view: View, subscription: Resource, database: Resource) -> Truth:
    enabled = view.get(subscription, "Properties", "Enabled").value
    kind = view.get(subscription, "Properties", "SourceType").value
    return all_of(
        [
            enabled is ABSENT or apply_test("equals", enabled, True),
            kind is ABSENT or apply_test("equals", kind, _KINDS[database.type]),
            _is_source(view, subscription, database),
        ]
    )


def _is_source(view: View, subscription: Resource, database: Resource) -> Truth:
    sources = view.get(subscription, "Properties", "SourceIds")
    if sources.value is ABSENT:
        return True
    items = [item.value for item in view.scenario.items(sources)]
    if any(database.logical_id in references(expression_of(item)) for item in items):
        return True
    return next((item for item in items if isinstance(item, Unknown) and not _of_template(view, item)), False)


def _of_template(view: View, value: Unknown) -> bool:
    return bool(references(value.expression) & view.template.resources.keys())


def _covers(view: View, subscription: Resource, category: str) -> Truth:
    listed = view.get(subscription, "Properties", "EventCategories")
    if listed.value is ABSENT or listed.value == []:
        return True
    return any_of(apply_test("equals", item.value, category) for item in view.scenario.items(listed))
