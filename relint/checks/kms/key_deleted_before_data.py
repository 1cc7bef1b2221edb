"""Data that is kept when a stack is gone, and the KMS key that it cannot be read without."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from relint.checks.kms.key_usage import uses
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.resolve.value import ABSENT, Unknown, expression_of, references

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.source.location import Path

ENCRYPTED: dict[str, tuple[str, ...]] = {
    "AWS::AmazonMQ::Broker": ("EncryptionOptions",),
    "AWS::Backup::BackupVault": ("EncryptionKeyArn",),
    "AWS::Backup::LogicallyAirGappedBackupVault": ("EncryptionKeyArn",),
    "AWS::Cassandra::Table": ("EncryptionSpecification",),
    "AWS::DSQL::Cluster": ("KmsEncryptionKey",),
    "AWS::DocDB::DBCluster": ("KmsKeyId",),
    "AWS::DocDBElastic::Cluster": ("KmsKeyId",),
    "AWS::DynamoDB::GlobalTable": ("Replicas", "*", "SSESpecification"),
    "AWS::DynamoDB::Table": ("SSESpecification",),
    "AWS::EC2::Volume": ("KmsKeyId",),
    "AWS::ECR::Repository": ("EncryptionConfiguration",),
    "AWS::EFS::FileSystem": ("KmsKeyId",),
    "AWS::ElastiCache::ReplicationGroup": ("KmsKeyId",),
    "AWS::ElastiCache::ServerlessCache": ("KmsKeyId",),
    "AWS::Elasticsearch::Domain": ("EncryptionAtRestOptions",),
    "AWS::FSx::FileSystem": ("KmsKeyId",),
    "AWS::Kinesis::Stream": ("StreamEncryption",),
    "AWS::Logs::LogGroup": ("KmsKeyId",),
    "AWS::MSK::Cluster": ("EncryptionInfo",),
    "AWS::MemoryDB::Cluster": ("KmsKeyId",),
    "AWS::Neptune::DBCluster": ("KmsKeyId",),
    "AWS::NeptuneGraph::Graph": ("KmsKeyIdentifier",),
    "AWS::OpenSearchService::Domain": ("EncryptionAtRestOptions",),
    "AWS::RDS::DBCluster": ("KmsKeyId",),
    "AWS::RDS::DBInstance": ("KmsKeyId",),
    "AWS::Redshift::Cluster": ("KmsKeyId",),
    "AWS::RedshiftServerless::Namespace": ("KmsKeyId",),
    "AWS::S3::Bucket": ("BucketEncryption",),
    "AWS::S3Express::DirectoryBucket": ("BucketEncryption",),
    "AWS::S3Tables::TableBucket": ("EncryptionConfiguration",),
    "AWS::SecretsManager::Secret": ("KmsKeyId",),
}
"""The property that names the key of the data, by resource type."""

SNAPSHOT_TYPES = (
    "AWS::DocDB::DBCluster",
    "AWS::EC2::Volume",
    "AWS::ElastiCache::CacheCluster",
    "AWS::ElastiCache::ReplicationGroup",
    "AWS::Neptune::DBCluster",
    "AWS::RDS::DBCluster",
    "AWS::RDS::DBInstance",
    "AWS::Redshift::Cluster",
)
"""https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html"""

_KEPT = ("Retain", "RetainExceptOnCreate")


def fact(resource: Resource, view: View) -> int | Unknown:
    """How many resources, or copies of them, outlive the stack while they are encrypted under the key."""
    found = list(survivors(view, resource))
    unknown = next((kept for _, kept in found if isinstance(kept, Unknown)), None)
    sure = sum(not isinstance(kept, Unknown) for _, kept in found)
    return sure if unknown is None or sure else unknown


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """A problem if the key leaves with the stack while data stays, or (message `policy`) if nobody else may use it.

    `survivors` names the resources whose data stays; each is a related place.
    """
    found = list(survivors(view, resource))
    sure = [(one, kept) for one, kept in found if not isinstance(kept, Unknown)]
    if not sure:
        yield from (kept for _, kept in found if isinstance(kept, Unknown))
        return
    values = {"survivors": ", ".join(one.logical_id for one, _ in sure)}
    places = tuple((path, sentence) for _, (path, sentence) in sure)
    policy = view.get(resource, "DeletionPolicy")
    kept = apply_test("in", policy.value, _KEPT)
    if isinstance(kept, Unknown):
        yield kept
    elif not kept:
        yield Problem(policy.path, values, places)
    elif not _has_outside_principal(view, resource):
        yield Problem(view.get(resource, "Properties", "KeyPolicy").path, values, places, "policy", "warning")


def survivors(view: View, key: Resource) -> Iterator[tuple[Resource, tuple[Path, str] | Unknown]]:
    """The resources encrypted under the key that leave data behind: where it says so and a sentence, or an Unknown."""
    seen: set[str] = set()
    for edge in uses(view, key):
        resource = view.template.resources[edge.source]
        steps = ENCRYPTED.get(resource.type)
        if steps and edge.property[1 : len(steps) + 1] == steps and edge.source not in seen:
            seen.add(edge.source)
            kept = _kept(view, resource)
            if kept is not None:
                yield resource, kept


def _kept(view: View, resource: Resource) -> tuple[Path, str] | Unknown | None:
    """What remains of a resource; deletion protection does not count, for it keeps the stack and its key as well."""
    name = resource.logical_id
    unknown: Unknown | None = None
    snapshots = resource.type in SNAPSHOT_TYPES and not _copy_of_another(view, resource)
    taken = ("Snapshot",) if snapshots else ()
    for attribute, event in (("DeletionPolicy", "it is deleted"), ("UpdateReplacePolicy", "it is replaced")):
        policy = view.get(resource, attribute)
        value = policy.value
        if value is ABSENT and attribute == "DeletionPolicy" and _snapshot_by_default(resource):
            value = "Snapshot"
        if isinstance(value, Unknown):
            unknown = unknown or value
        elif value in (*_KEPT, *taken):
            kept = "A snapshot" if value == "Snapshot" else "The old resource"
            default = " (the default)" if policy.value is ABSENT else ""
            return policy.path, f'{kept} of "{name}" stays when {event}: {attribute} is {value}{default}.'
    automated = view.get(resource, "Properties", "DeleteAutomatedBackups")
    if automated.value is not ABSENT and apply_test("equals", automated.value, False) is True:
        return automated.path, f'Automated backups of "{name}" stay when it is deleted.'
    return unknown


def _copy_of_another(view: View, resource: Resource) -> bool:
    """A member of a cluster or a read replica, of which CloudFormation takes no snapshot."""
    names = ("DBClusterIdentifier", "SourceDBInstanceIdentifier", "SourceDBClusterIdentifier")
    return resource.type == "AWS::RDS::DBInstance" and any(
        view.get(resource, "Properties", name).value is not ABSENT for name in names
    )


def _snapshot_by_default(resource: Resource) -> bool:
    return resource.type in ("AWS::RDS::DBInstance", "AWS::RDS::DBCluster")


def _has_outside_principal(view: View, key: Resource) -> bool:
    """Whether a principal that is not of this stack is allowed something; the default policy allows the account."""
    policy = view.get(key, "Properties", "KeyPolicy")
    plain = view.scenario.plain(policy.value, policy.path) if isinstance(policy.value, dict) else None
    statements = plain.get("Statement") if isinstance(plain, dict) else None
    if isinstance(statements, dict):
        statements = [statements]
    if not isinstance(statements, list):
        return True
    return any(not isinstance(one, dict) or _allows_outside(view, one) for one in statements)


def _allows_outside(view: View, statement: dict[str, Any]) -> bool:
    if statement.get("Effect") != "Allow":
        return False
    principal = statement.get("Principal")
    named = principal.get("AWS", []) if isinstance(principal, dict) else principal
    return any(
        not references(expression_of(one)) & set(view.template.resources)
        for one in (named if isinstance(named, list) else [named])
    )
