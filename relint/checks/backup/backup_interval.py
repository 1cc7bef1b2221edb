"""How far apart the runs of a backup plan or of a snapshot policy lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from relint.logic.predicates import is_equal
from relint.model.aws.schedules import hours_between
from relint.resolve.value import ABSENT, Located, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> Any:
    """The longest time, in hours, between two runs of the densest rule of a backup plan or snapshot policy.

    Zero for continuous backup; the default of a rule without a schedule is daily. An Unknown where a schedule is one.
    https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html
    """
    gaps = [_gap(view, rule) for rule in _rules(resource, view)]
    unknown = next((gap for gap in gaps if isinstance(gap, Unknown)), None)
    known = min((gap for gap in gaps if not isinstance(gap, Unknown)), default=None)
    if unknown is None:
        return ABSENT if known is None else known
    return unknown._replace(minimum=None, maximum=known)


def _rules(resource: Resource, view: View) -> list[Located]:
    if resource.type == "AWS::Backup::BackupPlan":
        return view.select(resource, ("Properties", "BackupPlan", "BackupPlanRule", "*"))
    return view.select(resource, ("Properties", "PolicyDetails", "Schedules", "*", "CreateRule"))


def _gap(view: View, rule: Located) -> Any:
    if isinstance(rule.value, Unknown):
        return rule.value
    continuous = view.get(rule, "EnableContinuousBackup").value
    if isinstance(continuous, Unknown):
        return continuous
    if continuous is not ABSENT and is_equal(continuous, True):
        return 0
    return hours_between(view, rule)
