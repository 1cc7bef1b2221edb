"""Copies of durable data: those from which damaged data can be restored, with the age of the newest one at worst."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.assessment.facts import Fact, Interval, fact_with_id, find_fact
from relint.logic.numbers import integer_value
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of
from relint.model.aws.backup import is_backed_up
from relint.model.aws.backup_schedules import CopySchedule, copy_schedules
from relint.resolve.value import ABSENT, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_ON = True
_RECOVERY = ("PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled")

_RETENTION = {
    "AWS::DocDB::DBCluster": ("BackupRetentionPeriod", 1),
    "AWS::MemoryDB::Cluster": ("SnapshotRetentionLimit", 0),
    "AWS::Neptune::DBCluster": ("BackupRetentionPeriod", 1),
    "AWS::Redshift::Cluster": ("AutomatedSnapshotRetentionPeriod", 1),
}
"""Types that copy themselves while a number of days is not 0: its property and the default of CloudFormation.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-redshift-cluster.html (2026-11-29)
"""
_FILE_SYSTEMS = {
    "WINDOWS": ("WindowsConfiguration", 30),
    "ONTAP": ("OntapConfiguration", 30),
    "OPENZFS": ("OpenZFSConfiguration", 30),
    "LUSTRE": ("LustreConfiguration", 0),
}
"""The configuration of each type of FSx, and for how many days it keeps automatic backups by default.

https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystem.html (2026-11-29)
"""
_ALWAYS = ("AWS::OpenSearchService::Domain", "AWS::Elasticsearch::Domain")
"""Types that AWS copies whatever the template says."""


def restore_fact(view: View, resource: Resource, configuration: str) -> Fact | Unknown | None:
    """Return the fact about restoring damaged data, with the loss at worst; None if nothing is kept to restore from.

    Of several copies that of the smallest loss counts. Copies that follow the damage, such as a standby or a replica,
    are nothing to restore from.
    """
    own = _is_restorable(view, resource, configuration)
    fact = find_fact(resource.type, configuration, "restore")
    found = [fact] if own is True and fact is not None else []
    planned = is_backed_up(view, resource)
    if planned is True:
        found += [_planned_fact(resource, schedule) for schedule in copy_schedules(view, resource)]
        found = found or [fact_with_id("backup-plan")._replace(rpo=Interval())]
    if found:
        return min(found, key=_loss)
    unknown = next((truth for truth in (own, planned) if isinstance(truth, Unknown)), None)
    return unknown or _custom_copy(view, resource)


def planned_interval(schedule: CopySchedule) -> Interval:
    """Return the age of the newest copy at the worst moment: the time between two runs, and that until a run starts."""
    if isinstance(schedule.period, Unknown):
        return Interval()
    if isinstance(schedule.delay, Unknown):
        return Interval(schedule.period, None, "unknown")
    return Interval(schedule.period, schedule.period + schedule.delay, "typical")


def _planned_fact(resource: Resource, schedule: CopySchedule) -> Fact:
    continuous = find_fact(resource.type, "continuous", "restore")
    if schedule.is_continuous is True and continuous is not None and "continuous" in continuous.configurations:
        return continuous
    is_policy = schedule.source.type == "AWS::DLM::LifecyclePolicy"
    fact = fact_with_id("snapshot-policy" if is_policy else "backup-plan")
    return fact._replace(rpo=planned_interval(schedule))


def _loss(fact: Fact) -> tuple[bool, int, bool, int]:
    """The order of facts by loss: a known one first."""
    interval = fact.rpo or Interval()
    is_open = interval.hi is None
    return is_open and not interval.lo, interval.lo, is_open, interval.hi or 0


def _is_restorable(view: View, resource: Resource, configuration: str) -> Truth:
    """Whether the resource itself keeps earlier states of its data."""
    if resource.type == "AWS::RDS::DBInstance":
        if view.get(resource, "Properties", "SourceDBInstanceIdentifier").value is not ABSENT:
            return Unknown(("Backups", resource.logical_id), "it is a replica, whose backups depend on its engine")
        return _keeps_days(view, resource, "BackupRetentionPeriod", default=1)
    if resource.type == "AWS::RDS::DBCluster":
        if configuration.startswith("aurora"):
            return True
        return _keeps_days(view, resource, "BackupRetentionPeriod", default=1)
    if resource.type in _RETENTION:
        name, default = _RETENTION[resource.type]
        return _keeps_days(view, resource, name, default=default)
    if resource.type == "AWS::FSx::FileSystem":
        return _is_copied_daily(view, resource)
    if resource.type == "AWS::DynamoDB::Table":
        return _equals(view, resource, *_RECOVERY, value=True)
    if resource.type == "AWS::DynamoDB::GlobalTable":
        enabled = view.select(resource, ("Properties", "Replicas", "*", *_RECOVERY))
        return bool(enabled) and all_of(
            value.value is not ABSENT and apply_test("equals", value.value, _ON) for value in enabled
        )
    if resource.type == "AWS::S3::Bucket":
        return _equals(view, resource, "VersioningConfiguration", "Status", value="Enabled")
    if resource.type == "AWS::EFS::FileSystem":
        if view.get(resource, "Properties", "BackupPolicy").value is ABSENT:
            return configuration == "one-zone-storage"  # AWS backs these up unless it is told not to
        return _equals(view, resource, "BackupPolicy", "Status", value="ENABLED")
    return resource.type in _ALWAYS


def _is_copied_daily(view: View, file_system: Resource) -> Truth:
    kind = view.get(file_system, "Properties", "FileSystemType").value
    if isinstance(kind, Unknown):
        return kind
    name, default = _FILE_SYSTEMS.get(scalar_text(kind), ("", 0))
    return bool(name) and _keeps_days(view, file_system, name, "AutomaticBackupRetentionDays", default=default)


def _keeps_days(view: View, resource: Resource, *steps: str, default: int) -> Truth:
    """Whether a number of days for which copies are kept is above 0."""
    days = integer_value(view.get(resource, "Properties", *steps), default)
    if isinstance(days, Unknown):
        return True if (days.minimum or 0) > 0 else days
    return bool(days > 0)


def _equals(view: View, resource: Resource, *steps: str, value: object) -> Truth:
    found = view.get(resource, "Properties", *steps).value
    return found is not ABSENT and apply_test("equals", found, value)


def _custom_copy(view: View, resource: Resource) -> Unknown | None:
    """Return that a custom resource with a reference to the resource may turn copies on; None without one."""
    types = [
        name
        for name in view.template.by_type
        if name.startswith("Custom::") or name == "AWS::CloudFormation::CustomResource"
    ]
    custom = next(iter(view.referrers(resource, types)), None) if types else None
    if custom is None:
        return None
    return Unknown(("Custom", custom.logical_id), f'the custom resource "{custom.logical_id}" may turn backups on')
