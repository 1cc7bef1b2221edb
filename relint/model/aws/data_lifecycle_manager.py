"""Snapshot policies of Amazon Data Lifecycle Manager."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from relint.logic.predicates import as_number
from relint.model.aws.schedules import longest_gap_hours
from relint.resolve.value import ABSENT, Located, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


_DAYS_PER_UNIT = {"DAYS": 1, "WEEKS": 7, "MONTHS": 30, "YEARS": 365}
_DEFAULT_POLICY_DAYS = 7


def snapshot_retention_days(view: View, policy: Resource) -> Any:
    """Return the days for which a policy keeps snapshots: the maximum of its schedules, or a minimum as an Unknown.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dlm-lifecyclepolicy.html
    """
    if view.get(policy, "Properties", "DefaultPolicy").value is not ABSENT:
        days = view.get(policy, "Properties", "RetainInterval").value
        return _DEFAULT_POLICY_DAYS if days is ABSENT else days
    schedules = view.select(policy, ("Properties", "PolicyDetails", "Schedules", "*"))
    retention_days = [schedule_retention_days(view, schedule) for schedule in schedules]
    unknown = next((days for days in retention_days if isinstance(days, Unknown)), None)
    known_days = max((days for days in retention_days if not isinstance(days, Unknown)), default=0)
    return known_days if unknown is None else unknown._replace(minimum=known_days)


def schedule_retention_days(view: View, schedule: Located) -> Any:
    """Return the days for which a schedule keeps a snapshot, by age or by count and interval; else an Unknown."""
    unit = view.get(schedule, "RetainRule", "IntervalUnit").value
    interval = as_number(view.get(schedule, "RetainRule", "Interval").value)
    if interval is not None:
        return interval * _DAYS_PER_UNIT.get(scalar_text(unit), 1)
    count = as_number(view.get(schedule, "RetainRule", "Count").value)
    hours = longest_gap_hours(view, view.get(schedule, "CreateRule"))
    if count is not None and not isinstance(hours, Unknown):
        return count * hours / 24
    return Unknown(("Retention", schedule.path), "the schedule does not tell how long snapshots are kept")
