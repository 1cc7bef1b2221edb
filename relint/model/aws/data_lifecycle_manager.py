"""Snapshot policies of Amazon Data Lifecycle Manager."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any
from relint.logic.predicates import apply_test, as_number
from relint.logic.truth import Truth, all_of, any_of
from relint.model.aws.schedules import longest_gap_hours
from relint.model.aws.tags import has_tag
from relint.resolve.value import ABSENT, Located, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


_DAYS_PER_UNIT = {"DAYS": 1, "WEEKS": 7, "MONTHS": 30, "YEARS": 365}
_DEFAULT_POLICY_DAYS = 7
_TARGET_TYPES = {"AWS::EC2::Volume": "VOLUME", "AWS::EC2::Instance": "INSTANCE"}


def is_targeted(view: View, policy: Resource, resource: Resource) -> Truth:
    """Return whether a policy, enabled or not, applies to a volume or an instance."""
    target_type = _TARGET_TYPES.get(resource.type)
    if target_type is None:
        return False
    default_type = view.get(policy, "Properties", "DefaultPolicy").value
    if default_type is not ABSENT:
        return apply_test("equals", default_type, target_type)
    types = [item.value for item in view.select(policy, ("Properties", "PolicyDetails", "ResourceTypes", "*"))]
    has_target_tag = any_of(_has_target_tag(view, resource, tag) for tag in target_tags(view, policy))
    return all_of([apply_test("contains", types, target_type), has_target_tag])


def target_tags(view: View, policy: Resource) -> list[Located]:
    """Return the tags by which a policy selects volumes and instances."""
    return view.select(policy, ("Properties", "PolicyDetails", "TargetTags", "*"))


def _has_target_tag(view: View, resource: Resource, tag: Located) -> Truth:
    if isinstance(tag.value, Unknown):
        return tag.value
    return has_tag(view, resource, view.get(tag, "Key").value, view.get(tag, "Value").value)


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
