"""Copies of durable data in other Regions, with the data that are lost with the Region of the stack."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.assessment.durability import planned_interval
from relint.assessment.facts import Fact, Interval, fact_with_id, find_fact
from relint.logic.truth import Truth, any_of, negate
from relint.model.aws.backup import is_backed_up
from relint.model.aws.backup_copies import is_in_other_region
from relint.model.aws.backup_schedules import CopySchedule, copy_schedules
from relint.model.aws.region import is_same_as_stack
from relint.model.aws.s3 import refers_to_bucket
from relint.resolve.value import ABSENT, Unknown, expression_of, parts_of, split_parts

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_PASSWORDS = ("MasterUsername", "MasterUserPassword", "ManageMasterUserPassword", "SnapshotIdentifier")
"""Properties of a cluster that is the first one of its global database: a second one has the users of the first."""


def regional_copy(view: View, resource: Resource, configuration: str) -> Fact | Unknown | None:
    """Return the fact about a copy of the data in another Region; None if these files make none.

    Unknown where they copy to a place whose Region they do not name.
    """
    own = _is_replicated(view, resource)
    fact = find_fact(resource.type, _replication_of(view, resource) or configuration, "copy")
    if own is True:
        return fact if fact is not None and resource.type.removeprefix("AWS::") in fact.types else _unnamed(resource)
    copies = list(_backup_copies(view, resource))
    known = [copy for copy in copies if isinstance(copy, Fact)]
    if known:
        return min(known, key=lambda copy: copy.rpo.lo if copy.rpo else 0)
    return next((truth for truth in (own, *copies) if isinstance(truth, Unknown)), None)


def _is_replicated(view: View, resource: Resource) -> Truth:
    """Whether the data are replicated to another Region, or come from one."""
    readers = {
        "AWS::DynamoDB::GlobalTable": _has_other_replica,
        "AWS::EFS::FileSystem": _replicates_files,
        "AWS::RDS::DBInstance": _is_replica_of_other_region,
        "AWS::Redshift::Cluster": _copies_snapshots,
        "AWS::S3::Bucket": _replicates_objects,
    }
    if resource.type in readers:
        return readers[resource.type](view, resource)
    return _has_global_cluster(view, resource) if resource.type.endswith("::DBCluster") else False


def _unnamed(resource: Resource) -> Unknown:
    return Unknown(("Copy", resource.logical_id), "the Region of its copy is not in these files")


def _has_other_replica(view: View, table: Resource) -> Truth:
    replicas = view.select(table, ("Properties", "Replicas", "*"))
    if any(isinstance(replica.value, Unknown) for replica in replicas):
        return _unnamed(table)
    return len(replicas) > 1


def _replicates_files(view: View, file_system: Resource) -> Truth:
    destinations = view.select(file_system, ("Properties", "ReplicationConfiguration", "Destinations", "*"))
    answers: list[Truth] = []
    for destination in destinations:
        region = view.get(destination, "Region").value
        same = region is not ABSENT and is_same_as_stack(view, "AWS::Region", region)
        answers.append(_unnamed(file_system) if region is ABSENT or isinstance(same, Unknown) else negate(same))
    return any_of(answers)


def _replicates_objects(view: View, bucket: Resource) -> Truth:
    """Whether rules replicate objects to a bucket that is not in this stack, which would be in the same Region."""
    destinations = view.select(
        bucket, ("Properties", "ReplicationConfiguration", "Rules", "*", "Destination", "Bucket")
    )
    here = list(view.resources("AWS::S3::Bucket"))
    for destination in destinations:
        value = destination.value
        if value is not ABSENT and not any(refers_to_bucket(view, value, other) is True for other in here):
            return _unnamed(bucket)
    return False


def _replication_of(view: View, resource: Resource) -> str:
    """Return "time-control" if all replication rules of a bucket have it on."""
    if resource.type != "AWS::S3::Bucket":
        return ""
    rules = view.select(resource, ("Properties", "ReplicationConfiguration", "Rules", "*"))
    statuses = [view.get(rule, "Destination", "ReplicationTime", "Status").value for rule in rules]
    return "time-control" if statuses and all(status == "Enabled" for status in statuses) else ""


def _is_replica_of_other_region(view: View, instance: Resource) -> Truth:
    copied_to = view.get(instance, "Properties", "AutomaticBackupReplicationRegion").value
    if copied_to is not ABSENT:
        return negate(is_same_as_stack(view, "AWS::Region", copied_to))
    source_region = view.get(instance, "Properties", "SourceRegion").value
    if source_region is not ABSENT:
        return negate(is_same_as_stack(view, "AWS::Region", source_region))
    source = view.get(instance, "Properties", "SourceDBInstanceIdentifier").value
    if source is ABSENT:
        return False
    reason = source.reason if isinstance(source, Unknown) else ""
    fields = split_parts(parts_of(expression_of(source)), ":", reason)
    return len(fields) == 7 and negate(is_same_as_stack(view, "AWS::Region", fields[3]))


def _copies_snapshots(view: View, cluster: Resource) -> Truth:
    region = view.get(cluster, "Properties", "DestinationRegion").value
    return region is not ABSENT and negate(is_same_as_stack(view, "AWS::Region", region))


def _has_global_cluster(view: View, cluster: Resource) -> Truth:
    """Whether the cluster is a later one of a global database, whose first one is in another Region."""
    if view.get(cluster, "Properties", "GlobalClusterIdentifier").value is ABSENT:
        return False
    if cluster.type == "AWS::Neptune::DBCluster":
        return _unnamed(cluster)  # it has no such properties
    is_first = any(view.get(cluster, "Properties", name).value is not ABSENT for name in _PASSWORDS)
    return _unnamed(cluster) if is_first else True


def _backup_copies(view: View, resource: Resource) -> Iterator[Fact | Unknown]:
    """Yield the copies of backups in other Regions."""
    backed_up = is_backed_up(view, resource)
    if isinstance(backed_up, Unknown) and any(
        view.select(plan, ("Properties", "BackupPlan", "BackupPlanRule", "*", "CopyActions", "*"))
        for plan in view.resources("AWS::Backup::BackupPlan")
    ):
        yield backed_up
    for schedule in copy_schedules(view, resource):
        leaves = _leaves_region(view, schedule)
        if isinstance(leaves, Unknown):
            yield _unnamed(resource)
        elif leaves:
            interval = planned_interval(schedule)
            yield fact_with_id("backup-copy")._replace(rpo=Interval(interval.lo, None, "unknown"))


def _leaves_region(view: View, schedule: CopySchedule) -> Truth:
    """Whether a rule copies its backups to another Region; unknown for a plan of another stack."""
    if schedule.source.type == "AWS::DLM::LifecyclePolicy":
        return False
    if schedule.rule is None:
        return schedule.period if isinstance(schedule.period, Unknown) else False
    vaults = [
        view.get(action, "DestinationBackupVaultArn") for action in view.select(schedule.rule, ("CopyActions", "*"))
    ]
    return any_of([is_in_other_region(view, vault) for vault in vaults])
