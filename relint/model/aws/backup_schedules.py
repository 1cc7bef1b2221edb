"""Schedules by which AWS Backup and Data Lifecycle Manager copy a resource.

https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html
https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.logic.numbers import integer_value
from relint.logic.predicates import is_equal
from relint.logic.truth import Truth
from relint.model.aws.backup import sources_of_copies
from relint.model.aws.data_lifecycle_manager import default_policy_interval_hours, default_policy_type
from relint.model.aws.schedules import longest_gap_seconds
from relint.resolve.value import ABSENT, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.resolve.value import Located

_START_WINDOW_MINUTES = 480
"""https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StartBackupJob.html (2026-11-29)"""

_SNAPSHOT_DELAY = 3600
"""Seconds within which Data Lifecycle Manager starts a snapshot after its scheduled time.

https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html (2026-11-29)
"""


class CopySchedule(NamedTuple):
    """A schedule of copies: `source` is the backup plan or snapshot policy, and `rule` its rule, if it is known.

    `period` is the longest time between two runs, and `delay` that within which a copy starts, in seconds or Unknown.
    """

    source: Resource
    rule: Located | None
    period: Any
    delay: Any
    is_continuous: Truth = False


def copy_schedules(view: View, resource: Resource) -> Iterator[CopySchedule]:
    """Yield the schedules by which the template is sure to copy the resource; a plan of another stack is Unknown."""
    for source in sources_of_copies(view, resource):
        if source.type == "AWS::DLM::LifecyclePolicy":
            yield from _snapshot_schedules(view, source)
            continue
        plan_id = view.get(source, "Properties", "BackupPlanId")
        plan = view.target(plan_id, "AWS::Backup::BackupPlan")
        if plan is None:
            unknown = Unknown(expression_of(plan_id.value), "the backup plan is not in this template")
            yield CopySchedule(source, None, unknown, unknown)
            continue
        for rule in view.select(plan, ("Properties", "BackupPlan", "BackupPlanRule", "*")):
            yield _plan_schedule(view, plan, rule)


def _plan_schedule(view: View, plan: Resource, rule: Located) -> CopySchedule:
    if isinstance(rule.value, Unknown):
        return CopySchedule(plan, None, rule.value, rule.value)
    minutes = integer_value(view.get(rule, "StartWindowMinutes"), _START_WINDOW_MINUTES)
    continuous = view.get(rule, "EnableContinuousBackup").value
    if not isinstance(continuous, Unknown):
        continuous = continuous is not ABSENT and is_equal(continuous, right=True)
    return CopySchedule(
        source=plan,
        rule=rule,
        period=longest_gap_seconds(view, rule),
        delay=minutes if isinstance(minutes, Unknown) else minutes * 60,
        is_continuous=continuous,
    )


def _snapshot_schedules(view: View, policy: Resource) -> Iterator[CopySchedule]:
    if default_policy_type(view, policy) is not ABSENT:
        hours = default_policy_interval_hours(view, policy)
        period = hours if isinstance(hours, Unknown) else int(hours * 3600)
        yield CopySchedule(policy, None, period, _SNAPSHOT_DELAY)
        return
    for rule in view.select(policy, ("Properties", "PolicyDetails", "Schedules", "*", "CreateRule")):
        yield CopySchedule(policy, rule, longest_gap_seconds(view, rule), _SNAPSHOT_DELAY)
