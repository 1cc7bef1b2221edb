"""Snapshot policies of Data Lifecycle Manager that keep snapshots too short."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test, as_number
from relint.model.aws.data_lifecycle_manager import snapshot_retention_days
from relint.model.aws.schedules import duration_text
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def check(resource: Resource, view: View, min_days: int) -> Iterator[Problem | Unknown]:
    """Yield a problem if the schedule with the longest retention keeps snapshots for less than `min_days` days.

    Message value: `duration`, such as "3 days" or "14 hours".
    """
    days = snapshot_retention_days(view, resource)
    is_enough = apply_test("min", days, min_days)
    if isinstance(is_enough, Unknown):
        yield is_enough
    elif not is_enough:
        yield Problem(resource.path, values={"duration": duration_text((as_number(days) or 0) * 24)})
