"""Who may delete versions of objects for good."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.model.aws.iam import Statement, grants_action, is_conditional, statement_resources, statements_of
from relint.model.aws.s3 import refers_to_bucket

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_ACTIONS = ("s3:DeleteObjectVersion", "s3:PutLifecycleConfiguration", "s3:PutBucketVersioning")
_MEANT = re.compile(r"admin|backup|lifecycle|replicat", re.IGNORECASE)
_STATUS = ("Properties", "VersioningConfiguration", "Status")


def check(resource: Resource, view: View) -> Iterator[Problem]:
    """A problem at the first action of a policy that lets old versions of a versioned bucket be deleted.

    Whoever calls itself an administrator, a backup or a replication is left alone, as is a statement with conditions.
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html
    """
    buckets = [
        one
        for one in view.resources("AWS::S3::Bucket")
        if apply_test("equals", view.get(one, *_STATUS).value, "Enabled") is True and not _protected(view, one)
    ]
    if not buckets or _MEANT.search(resource.logical_id):
        return
    for statement in statements_of(view, resource):
        if statement.allows is not True or is_conditional(view, statement):
            continue
        for action in _ACTIONS:
            granted, place = grants_action(view, statement, action)
            bucket = _about(view, statement, buckets) if granted is True else None
            if bucket is not None:
                yield Problem(place.path, {"action": action, "bucket": bucket.logical_id}, ())
                return


def _about(view: View, statement: Statement, buckets: list[Resource]) -> Resource | None:
    """The first of the buckets that a statement certainly is about."""
    for named in statement_resources(view, statement):
        for bucket in buckets:
            if named.value == "*" or refers_to_bucket(view, named.value, bucket):
                return bucket
    return None


def _protected(view: View, bucket: Resource) -> bool:
    """Whether the policy of a bucket forbids the deletion of versions, or may do so."""
    for policy in view.referrers(bucket, ("AWS::S3::BucketPolicy",), ("Properties", "Bucket")):
        for statement in statements_of(view, policy):
            if statement.allows is False and grants_action(view, statement, _ACTIONS[0])[0] is not False:
                return True
    return False
