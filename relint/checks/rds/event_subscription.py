"""Databases whose events a subscription covers."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of, any_of
from relint.model.aws.rds_events import covers_category, is_enabled
from relint.resolve.value import ABSENT, Unknown, expression_of, references

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_SOURCE_TYPES = {"AWS::RDS::DBInstance": "db-instance", "AWS::RDS::DBCluster": "db-cluster"}


def fact(resource: Resource, view: View, categories: list[str]) -> Truth:
    """Whether subscriptions of the template cover each of the event categories for a database.

    A subscription without SourceType covers all databases, and one without EventCategories all categories; RDS refuses
    categories and sources without SourceType, so they cover nothing. Unknown if a property is unknown.
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.overview.html
    """
    subscriptions = [
        (subscription, _covers_database(view, subscription, resource))
        for subscription in view.resources("AWS::RDS::EventSubscription")
    ]
    return all_of(
        any_of(
            all_of((covers_database, covers_category(view, subscription, category)))
            for subscription, covers_database in subscriptions
        )
        for category in categories
    )


def _covers_database(view: View, subscription: Resource, database: Resource) -> Truth:
    source_type = view.get(subscription, "Properties", "SourceType").value
    return all_of(
        (
            is_enabled(view, subscription),
            not _names_any(view, subscription)
            if source_type is ABSENT
            else apply_test("equals", source_type, _SOURCE_TYPES[database.type]),
            _is_source(view, subscription, database),
        )
    )


def _names_any(view: View, subscription: Resource) -> bool:
    """Whether a subscription names categories or sources."""
    values = (view.get(subscription, "Properties", name).value for name in ("EventCategories", "SourceIds"))
    return any(value is not ABSENT and value != [] for value in values)


def _is_source(view: View, subscription: Resource, database: Resource) -> Truth:
    source_ids = view.get(subscription, "Properties", "SourceIds")
    if source_ids.value is ABSENT:
        return True
    values = [item.value for item in view.scenario.items(source_ids)]
    if any(database.logical_id in references(expression_of(value)) for value in values):
        return True
    unknowns = (value for value in values if isinstance(value, Unknown) and not _is_of_template(view, value))
    return next(unknowns, False)


def _is_of_template(view: View, value: Unknown) -> bool:
    return bool(references(value.expression) & view.template.resources.keys())
