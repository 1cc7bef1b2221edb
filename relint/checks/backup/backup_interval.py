"""Time between two runs of a backup plan or a snapshot policy."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any
from relint.logic.predicates import is_equal
from relint.model.aws.data_lifecycle_manager import default_policy_interval_hours, default_policy_type
from relint.model.aws.schedules import longest_gap_hours
from relint.resolve.value import ABSENT, Located, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> Any:
    """Return the longest time between two runs of the most frequent rule, in hours.

    Zero for continuous backup; a rule without a schedule runs daily, and so does a default policy of Data Lifecycle
    Manager without an interval. ABSENT without rules. Unknown if a schedule is unknown; its maximum is the interval of
    the other rules.
    https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html
    """
    if resource.type == "AWS::DLM::LifecyclePolicy" and default_policy_type(view, resource) is not ABSENT:
        return default_policy_interval_hours(view, resource)
    intervals = [_interval(view, rule) for rule in _rules(view, resource)]
    unknown = next((interval for interval in intervals if isinstance(interval, Unknown)), None)
    shortest = min((interval for interval in intervals if not isinstance(interval, Unknown)), default=None)
    if unknown is None:
        return ABSENT if shortest is None else shortest
    return unknown._replace(minimum=None, maximum=shortest)


def _rules(view: View, resource: Resource) -> list[Located]:
    if resource.type == "AWS::Backup::BackupPlan":
        return view.select(resource, ("Properties", "BackupPlan", "BackupPlanRule", "*"))
    return view.select(resource, ("Properties", "PolicyDetails", "Schedules", "*", "CreateRule"))


def _interval(view: View, rule: Located) -> Any:
    if isinstance(rule.value, Unknown):
        return rule.value
    is_continuous = view.get(rule, "EnableContinuousBackup").value
    if isinstance(is_continuous, Unknown):
        return is_continuous
    if is_continuous is not ABSENT and is_equal(is_continuous, right=True):
        return 0
    return longest_gap_hours(view, rule)
