"""Categories of events that a subscription covers together with its siblings."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.logic.truth import Truth, all_of, any_of
from relint.model.aws.rds_events import covers_category, is_enabled
from relint.resolve.value import Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_SHARED = ("SourceType", "SourceIds", "SnsTopicArn")


def fact(resource: Resource, view: View, category: str) -> Truth:
    """Whether the subscription, or another one for the same sources and topic, covers a category.

    Unknown if categories, sources or topic of one of them are unknown.
    """
    return any_of(
        all_of(
            (
                *(_is_same(view, sibling, resource, name) for name in _SHARED),
                is_enabled(view, sibling),
                covers_category(view, sibling, category),
            )
        )
        for sibling in view.resources(resource.type)
    )


def _is_same(view: View, left: Resource, right: Resource, name: str) -> Truth:
    values = [view.get(subscription, "Properties", name).value for subscription in (left, right)]
    if expression_of(values[0]) == expression_of(values[1]):
        return True
    return next((value for value in values if isinstance(value, Unknown)), False)
