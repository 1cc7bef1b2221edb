"""Whether the policy of a bucket that keeps copies lets another account take them away.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-walkthrough-2.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.checks.s3.replication_destination import fact as replication_part
from relint.logic.truth import Truth, all_of, any_of
from relint.model.aws.iam import (
    Statement,
    grants_action,
    is_conditional,
    is_for_everyone,
    is_for_other_account,
    lists_action_with_prefix,
    statements_of,
)
from relint.model.aws.s3 import refers_to_bucket
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_DESTROYS = ("s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutLifecycleConfiguration", "s3:PutBucketPolicy")
_WEAKENS = ("s3:PutBucketVersioning", "s3:ReplicateDelete")


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """A problem for each statement that lets another account delete in a bucket that is a copy.

    It is a copy if a bucket of the template replicates there, or if its policy names s3:ReplicateObject. What only
    hides objects, or ends versioning, is a note (`weakens`). What the policy denies everybody is not allowed.
    """
    known = list(statements_of(view, resource))
    if not _is_copy(resource, view, known):
        return
    denied = [one for one in known if one.allows is False and is_for_everyone(view, one)]
    for statement in known:
        if statement.allows is not False:
            yield from _judge(view, statement, [one for one in denied if not is_conditional(view, one)])


def _is_copy(policy: Resource, view: View, known: list[Statement]) -> bool:
    if any(one.allows is True and lists_action_with_prefix(view, one, "s3:replicate") for one in known):
        return True
    bucket = view.get(policy, "Properties", "Bucket").value
    return any(
        replication_part(one, view) == "destination"
        for one in view.resources("AWS::S3::Bucket")
        if refers_to_bucket(view, bucket, one)
    )


def _judge(view: View, statement: Statement, denied: list[Statement]) -> Iterator[Problem | Unknown]:
    """The gravest that one statement allows another account."""
    foreign = _is_foreign(view, statement)
    if foreign is False:
        return
    for actions, message in ((_DESTROYS, None), (_WEAKENS, "weakens")):
        for action in actions:
            granted, place = grants_action(view, statement, action)
            forbidden = any_of(grants_action(view, one, action)[0] for one in denied)
            truth = all_of([granted, not forbidden if isinstance(forbidden, bool) else forbidden, foreign])
            truth = all_of([truth, statement.allows])
            if truth is True:
                yield Problem(place.path, {"action": action}, (), message, "note" if message else None)
                return
            if isinstance(truth, Unknown) and message is None:
                yield truth
                return


def _is_foreign(view: View, statement: Statement) -> Truth:
    """Whether a statement is for another account, or for everybody without a condition."""
    if not is_for_everyone(view, statement):
        return is_for_other_account(view, statement)
    if is_conditional(view, statement):
        return Unknown(("Condition", statement.body.path), "its conditions decide who is meant")
    return True
