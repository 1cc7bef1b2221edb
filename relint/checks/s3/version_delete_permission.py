"""Policies that let old versions of objects be deleted for good."""

from __future__ import annotations

import re
from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.model.aws.policies.statements import (
    Statement,
    grants_action,
    is_conditional,
    statement_resources,
    statements_of,
)
from relint.model.aws.s3 import refers_to_bucket

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_ACTIONS = ("s3:DeleteObjectVersion", "s3:PutLifecycleConfiguration", "s3:PutBucketVersioning")
_INTENTIONAL_NAME = re.compile(r"admin|backup|lifecycle|replicat", re.IGNORECASE)
_VERSIONING_STATUS = ("Properties", "VersioningConfiguration", "Status")


def check(resource: Resource, view: View) -> Iterator[Problem]:
    """Yield a problem at the first action of a policy that allows deleting old versions.

    Policies with the name of an administrator, a backup or a replication are left out, and statements with conditions.
    Message values: `action`, `bucket`.
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html
    """
    buckets = [
        bucket
        for bucket in view.resources("AWS::S3::Bucket")
        if apply_test("equals", view.get(bucket, *_VERSIONING_STATUS).value, "Enabled") is True
        and not _is_protected(view, bucket)
    ]
    if not buckets or _INTENTIONAL_NAME.search(resource.logical_id):
        return
    for statement in statements_of(view, resource):
        if statement.allows is not True or is_conditional(view, statement):
            continue
        for action in _ACTIONS:
            is_granted, location = grants_action(view, statement, action)
            bucket = _affected_bucket(view, statement, buckets) if is_granted is True else None
            if bucket is not None:
                yield Problem(location.path, values={"action": action, "bucket": bucket.logical_id})
                return


def _affected_bucket(view: View, statement: Statement, buckets: list[Resource]) -> Resource | None:
    """Return the first of the buckets to which a statement certainly applies."""
    for statement_resource in statement_resources(view, statement):
        for bucket in buckets:
            if statement_resource.value == "*" or refers_to_bucket(view, statement_resource.value, bucket):
                return bucket
    return None


def _is_protected(view: View, bucket: Resource) -> bool:
    """Whether the policy of a bucket denies the deletion of versions, or may do so."""
    for policy in view.referrers(bucket, ("AWS::S3::BucketPolicy",), ("Properties", "Bucket")):
        for statement in statements_of(view, policy):
            if statement.allows is not True and grants_action(view, statement, _ACTIONS[0])[0] is not False:
                return True
    return False
