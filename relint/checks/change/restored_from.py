"""Sources from which databases, caches and file systems were restored: snapshots, backups, and other clusters."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.change.records import Comparison, ResourceChange, ValueChange

_CLUSTER_SOURCES = (
    "RestoreToTime",
    "RestoreType",
    "SnapshotIdentifier",
    "SourceDBClusterIdentifier",
    "SourceDbClusterResourceId",
    "UseLatestRestorableTime",
)

_SOURCES = {
    "AWS::DocDB::DBCluster": ("SnapshotIdentifier", "SourceDBClusterIdentifier"),
    "AWS::ElastiCache::CacheCluster": ("SnapshotArns", "SnapshotName"),
    "AWS::ElastiCache::ReplicationGroup": ("SnapshotArns", "SnapshotName"),
    "AWS::ElastiCache::ServerlessCache": ("SnapshotArnsToRestore",),
    "AWS::FSx::FileSystem": ("BackupId",),
    "AWS::FSx::Volume": ("BackupId",),
    "AWS::MemoryDB::Cluster": ("SnapshotArns", "SnapshotName"),
    "AWS::Neptune::DBCluster": _CLUSTER_SOURCES,
    "AWS::RDS::DBCluster": _CLUSTER_SOURCES,
    "AWS::RDS::DBInstance": (
        "DBClusterSnapshotIdentifier",
        "DBSnapshotIdentifier",
        "RestoreTime",
        "SourceDBInstanceAutomatedBackupsArn",
        "SourceDbiResourceId",
        "UseLatestRestorableTime",
    ),
    "AWS::Redshift::Cluster": ("SnapshotClusterIdentifier", "SnapshotIdentifier"),
}
"""The properties of each type that say what a resource is created from; another value makes another resource."""


def check_change(change: ResourceChange, comparison: Comparison) -> Iterator[Problem | Unknown]:
    """Yield a problem at the source of a resource that is no longer the one from which it was restored.

    The message is `emptied` for a source that is removed, `taken` if the resource keeps its name, and `unclear`, a
    warning, where AWS documents both that the resource stays and that an empty one takes its place.
    """
    sources = _SOURCES.get(change.type, ())  # another type than the deployed one has no properties to compare
    for index, value in enumerate(change.properties):
        if value.property not in sources or value.effect not in ("replaces", "varies"):
            continue
        if value.open_reason:
            yield Unknown(value.path, value.open_reason)
            continue
        path = ("Changed", index)
        if value.effect == "varies":
            yield Problem(path, message="unclear", level="warning")
        else:
            yield Problem(path, message=_message(change, value))
        return


def _message(change: ResourceChange, value: ValueChange) -> str | None:
    """Return the id of the message about a source that replaces the resource; None for the default."""
    if change.kept_name:
        return "taken"
    return "emptied" if value.new in (ABSENT, "") else None
