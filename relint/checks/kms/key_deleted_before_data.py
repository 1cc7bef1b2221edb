"""Data that outlives the stack, encrypted under a KMS key that does not.

A key is deleted with its stack unless its deletion policy retains it; the data cannot be decrypted afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.model.aws.kms import encrypting_references
from relint.resolve.value import ABSENT, Unknown, expression_of, references

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.source.location import Path

KEY_PROPERTIES: dict[str, tuple[str, ...]] = {
    "AWS::APS::Workspace": ("KmsKeyArn",),
    "AWS::AmazonMQ::Broker": ("EncryptionOptions",),
    "AWS::Backup::BackupVault": ("EncryptionKeyArn",),
    "AWS::Backup::LogicallyAirGappedBackupVault": ("EncryptionKeyArn",),
    "AWS::Cassandra::Table": ("EncryptionSpecification",),
    "AWS::Cognito::UserPool": ("KeyConfiguration",),
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
    "AWS::HealthLake::FHIRDatastore": ("SseConfiguration",),
    "AWS::Kinesis::Stream": ("StreamEncryption",),
    "AWS::Logs::LogGroup": ("KmsKeyId",),
    "AWS::MSK::Cluster": ("EncryptionInfo",),
    "AWS::MemoryDB::Cluster": ("KmsKeyId",),
    "AWS::Neptune::DBCluster": ("KmsKeyId",),
    "AWS::NeptuneGraph::Graph": ("KmsKeyIdentifier",),
    "AWS::OpenSearchServerless::Collection": ("EncryptionConfig",),
    "AWS::OpenSearchService::Domain": ("EncryptionAtRestOptions",),
    "AWS::RDS::DBCluster": ("KmsKeyId",),
    "AWS::RDS::DBInstance": ("KmsKeyId",),
    "AWS::Redshift::Cluster": ("KmsKeyId",),
    "AWS::RedshiftServerless::Namespace": ("KmsKeyId",),
    "AWS::S3::Bucket": ("BucketEncryption",),
    "AWS::S3Express::DirectoryBucket": ("BucketEncryption",),
    "AWS::S3Tables::TableBucket": ("EncryptionConfiguration",),
    "AWS::S3Vectors::Index": ("EncryptionConfiguration",),
    "AWS::S3Vectors::VectorBucket": ("EncryptionConfiguration",),
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
"""Types with the deletion policy Snapshot.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html
"""

_RETAIN = ("Retain", "RetainExceptOnCreate")
_SNAPSHOT_BY_DEFAULT = ("AWS::RDS::DBInstance", "AWS::RDS::DBCluster")


class _RemainingData(NamedTuple):
    """Data of a resource that outlives the stack: the path of the attribute that keeps it, and a sentence."""

    path: Path
    sentence: str


def fact(resource: Resource, view: View) -> int | Unknown:
    """Return the number of resources encrypted under the key whose data outlives the stack.

    Unknown if the deletion policies of all of them are unknown.
    """
    survivors = list(_survivors(view, resource))
    unknown = next((data for _, data in survivors if isinstance(data, Unknown)), None)
    count = sum(not isinstance(data, Unknown) for _, data in survivors)
    return count if unknown is None or count else unknown


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at DeletionPolicy if the key is deleted while data stays.

    At KeyPolicy: message `policy` (a warning) if the key stays, but only principals of the stack may use it.
    Message values: `survivors`, the resources whose data stays; each is a related location.
    Unknown if a deletion policy decides and is unknown.
    """
    survivors = list(_survivors(view, resource))
    certain = [(survivor, data) for survivor, data in survivors if not isinstance(data, Unknown)]
    if not certain:
        yield from (data for _, data in survivors if isinstance(data, Unknown))
        return
    values = {"survivors": ", ".join(survivor.logical_id for survivor, _ in certain)}
    related = tuple((data.path, data.sentence) for _, data in certain)
    policy = view.get(resource, "DeletionPolicy")
    is_retained = apply_test("in", policy.value, _RETAIN)
    if isinstance(is_retained, Unknown):
        yield is_retained
    elif not is_retained:
        yield Problem(policy.path, values=values, related=related)
    elif not _allows_outside_principal(view, resource):
        path = view.get(resource, "Properties", "KeyPolicy").path
        yield Problem(path, values=values, related=related, message="policy", level="warning")


def _survivors(view: View, key: Resource) -> Iterator[tuple[Resource, _RemainingData | Unknown]]:
    """Yield the resources encrypted under the key that leave data behind, with that data."""
    visited: set[str] = set()
    for edge in encrypting_references(view, key):
        resource = view.template.resources[edge.source]
        path = KEY_PROPERTIES.get(resource.type)
        if path and edge.property[1 : len(path) + 1] == path and edge.source not in visited:
            visited.add(edge.source)
            data = _remaining_data(view, resource)
            if data is not None:
                yield resource, data


def _remaining_data(view: View, resource: Resource) -> _RemainingData | Unknown | None:
    """Return the data that remains of a resource.

    Deletion protection does not count, because it keeps the stack and the key as well.
    """
    name = resource.logical_id
    unknown: Unknown | None = None
    has_snapshots = resource.type in SNAPSHOT_TYPES and not _is_replica(view, resource)
    keeping_policies = (*_RETAIN, "Snapshot") if has_snapshots else _RETAIN
    for attribute, event in (("DeletionPolicy", "it is deleted"), ("UpdateReplacePolicy", "it is replaced")):
        policy = view.get(resource, attribute)
        value = policy.value
        if value is ABSENT and attribute == "DeletionPolicy" and resource.type in _SNAPSHOT_BY_DEFAULT:
            value = "Snapshot"
        if isinstance(value, Unknown):
            unknown = unknown or value
        elif value in keeping_policies:
            data = "A snapshot" if value == "Snapshot" else "The old resource"
            suffix = " (the default)" if policy.value is ABSENT else ""
            sentence = f'{data} of "{name}" stays when {event}: {attribute} is {value}{suffix}.'
            return _RemainingData(path=policy.path, sentence=sentence)
    automated = view.get(resource, "Properties", "DeleteAutomatedBackups")
    if automated.value is not ABSENT and apply_test("equals", automated.value, operand=False) is True:
        return _RemainingData(path=automated.path, sentence=f'Automated backups of "{name}" stay when it is deleted.')
    final = view.get(resource, "Properties", "FinalSnapshotName")  # of MemoryDB, serverless caches and namespaces
    has_final = apply_test("exists", final.value, operand=True)
    if has_final is True:
        return _RemainingData(path=final.path, sentence=f'A last snapshot of "{name}" stays when it is deleted.')
    if isinstance(has_final, Unknown):
        unknown = unknown or has_final
    return unknown


def _is_replica(view: View, resource: Resource) -> bool:
    """Whether CloudFormation takes no snapshot of a cluster member or a read replica."""
    names = ("DBClusterIdentifier", "SourceDBInstanceIdentifier", "SourceDBClusterIdentifier")
    return resource.type == "AWS::RDS::DBInstance" and any(
        view.get(resource, "Properties", name).value is not ABSENT for name in names
    )


def _allows_outside_principal(view: View, key: Resource) -> bool:
    """Whether the key policy allows a principal that is not of this stack; the default policy allows the account."""
    policy = view.get(key, "Properties", "KeyPolicy")
    document = view.scenario.resolve_deep(policy.value, policy.path) if isinstance(policy.value, dict) else None
    statements = document.get("Statement") if isinstance(document, dict) else None
    if isinstance(statements, dict):
        statements = [statements]
    if not isinstance(statements, list):
        return True
    return any(not isinstance(statement, dict) or _allows_outside(view, statement) for statement in statements)


def _allows_outside(view: View, statement: dict[str, Any]) -> bool:
    if statement.get("Effect") != "Allow":
        return False
    principal = statement.get("Principal")
    accounts = principal.get("AWS", []) if isinstance(principal, dict) else principal
    return any(
        not references(expression_of(account)) & set(view.template.resources)
        for account in (accounts if isinstance(accounts, list) else [accounts])
    )
