"""Event subscriptions of RDS.

https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.overview.html
"""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, any_of
from relint.resolve.value import ABSENT

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def is_enabled(view: View, subscription: Resource) -> Truth:
    """Whether a subscription sends anything."""
    value = view.get(subscription, "Properties", "Enabled").value
    return value is ABSENT or apply_test("equals", value, operand=True)


def covers_category(view: View, subscription: Resource, category: str) -> Truth:
    """Whether a subscription is for a category; without EventCategories it is for all."""
    categories = view.get(subscription, "Properties", "EventCategories")
    if categories.value is ABSENT or categories.value == []:
        return True
    return any_of(apply_test("equals", item.value, category) for item in view.scenario.items(categories))
