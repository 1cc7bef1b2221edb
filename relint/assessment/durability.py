"""Copies of durable data: those from which damaged data can be restored, and those in other Regions."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.assessment.facts import Fact, fact_with_id, find_fact
from relint.logic.numbers import integer_value
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of, any_of
from relint.model.aws.backup import is_backed_up
from relint.model.aws.backup_copies import copy_destination
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_ON = True
_RECOVERY = ("PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled")


def restore_fact(view: View, resource: Resource, configuration: str) -> Fact | Unknown | None:
    """Return the fact about restoring damaged data of a resource; None if these files keep nothing to restore from.

    Copies that follow the damage, such as a standby or a replica, are nothing to restore from.
    """
    own = _is_restorable(view, resource, configuration)
    fact = find_fact(resource.type, configuration, "restore")
    if own is True and fact is not None:
        return fact
    planned = is_backed_up(view, resource)
    if planned is True:
        return fact_with_id("backup-plan")
    return next((truth for truth in (own, planned) if isinstance(truth, Unknown)), None)


def _is_restorable(view: View, resource: Resource, configuration: str) -> Truth:
    """Whether the resource itself keeps earlier states of its data."""
    if resource.type == "AWS::RDS::DBInstance":
        if view.get(resource, "Properties", "SourceDBInstanceIdentifier").value is not ABSENT:
            return Unknown(("Backups", resource.logical_id), "it is a replica, whose backups depend on its engine")
        return _keeps_days(view, resource, default=1)
    if resource.type == "AWS::RDS::DBCluster":
        if configuration.startswith("aurora"):
            return True
        return Unknown(("Backups", resource.logical_id), "no fact about backups of Multi-AZ DB clusters")
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
    return False


def _keeps_days(view: View, resource: Resource, default: int) -> Truth:
    """Whether automated backups are on; CloudFormation keeps them for one day by default."""
    days = integer_value(view.get(resource, "Properties", "BackupRetentionPeriod"), default)
    if isinstance(days, Unknown):
        return True if (days.minimum or 0) > 0 else days
    return bool(days > 0)


def _equals(view: View, resource: Resource, *steps: str, value: object) -> Truth:
    found = view.get(resource, "Properties", *steps).value
    return found is not ABSENT and apply_test("equals", found, value)


def copy_in_other_region(view: View, resource: Resource) -> Truth:
    """Return whether these files copy the data of a resource to another Region.

    Unknown where they copy it to a place whose Region they do not name.
    """
    unnamed = Unknown(("Copy", resource.logical_id), "the Region of its copy is not in these files")
    if resource.type == "AWS::DynamoDB::GlobalTable":
        replicas = view.select(resource, ("Properties", "Replicas", "*"))
        if any(isinstance(replica.value, Unknown) for replica in replicas):
            return unnamed
        return len(replicas) > 1
    if resource.type == "AWS::S3::Bucket" and _has(view, resource, "ReplicationConfiguration"):
        return unnamed
    if resource.type == "AWS::EFS::FileSystem" and _has(view, resource, "ReplicationConfiguration"):
        return unnamed
    if resource.type.endswith("::DBCluster") and _has(view, resource, "GlobalClusterIdentifier"):
        return unnamed
    return any_of([_is_copied_by_plan(view, resource, unnamed)])


def _is_copied_by_plan(view: View, resource: Resource, unnamed: Unknown) -> Truth:
    if is_backed_up(view, resource) is False:
        return False
    for plan in view.resources("AWS::Backup::BackupPlan"):
        if copy_destination(view, plan) not in ("none", "same-region"):
            return unnamed
    return False


def _has(view: View, resource: Resource, name: str) -> bool:
    return view.get(resource, "Properties", name).value is not ABSENT
