"""Bucket policies that let another account delete replicas.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-walkthrough-2.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.truth import Truth, all_of, any_of, negate
from relint.model.aws.policies.statements import (
    Statement,
    grants_action,
    is_conditional,
    is_for_everyone,
    is_for_other_account,
    lists_action_with_prefix,
    statements_of,
)
from relint.model.aws.s3 import refers_to_bucket
from relint.model.aws.s3_replication import BUCKET, replication_role
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.level import Level
    from relint.model.resource import Resource
    from relint.model.view import View

_DELETING_ACTIONS = ("s3:DeleteObjectVersion", "s3:PutLifecycleConfiguration", "s3:PutBucketPolicy")
_WEAKENING_ACTIONS = ("s3:DeleteObject", "s3:PutBucketVersioning", "s3:ReplicateDelete")
"""A bucket of replicas keeps versions, so that s3:DeleteObject only adds a delete marker."""


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at each statement that lets another account delete replicas.

    The problem is at the action. A bucket contains replicas if a bucket of the template replicates there, or if the
    policy contains s3:ReplicateObject. Message `weakens` (a note) if the action only hides objects or ends
    versioning. Actions that the policy denies everybody are left out. Message value: `action`. Unknown if an action
    or the principal is unknown.
    """
    all_statements = list(statements_of(view, resource))
    if not _contains_replicas(view, resource, all_statements):
        return
    denials = [
        statement
        for statement in all_statements
        if statement.allows is False and is_for_everyone(view, statement) and not is_conditional(view, statement)
    ]
    for statement in all_statements:
        if statement.allows is not False:
            yield from _gravest_problem(view, statement, denials)


def _contains_replicas(view: View, policy: Resource, all_statements: list[Statement]) -> bool:
    if any(
        statement.allows is True and lists_action_with_prefix(view, statement, "s3:replicate")
        for statement in all_statements
    ):
        return True
    bucket_name = view.get(policy, "Properties", "Bucket").value
    return any(
        replication_role(view, bucket) == "destination"
        for bucket in view.resources(BUCKET)
        if refers_to_bucket(view, bucket_name, bucket)
    )


def _gravest_problem(view: View, statement: Statement, denials: list[Statement]) -> Iterator[Problem | Unknown]:
    """Yield a problem at the gravest action that a statement allows another account."""
    is_foreign = _is_foreign(view, statement)
    if is_foreign is False:
        return
    for actions, message in ((_DELETING_ACTIONS, None), (_WEAKENING_ACTIONS, "weakens")):
        for action in actions:
            is_granted, location = grants_action(view, statement, action)
            is_denied = any_of(grants_action(view, denial, action)[0] for denial in denials)
            is_allowed = all_of((is_granted, negate(is_denied), is_foreign, statement.allows))
            if is_allowed is True:
                level: Level | None = "note" if message else None
                yield Problem(location.path, values={"action": action}, message=message, level=level)
                return
            if isinstance(is_allowed, Unknown) and message is None:
                yield is_allowed
                return


def _is_foreign(view: View, statement: Statement) -> Truth:
    """Whether a statement is for another account, or for everybody without a condition."""
    if not is_for_everyone(view, statement):
        return is_for_other_account(view, statement)
    if is_conditional(view, statement):
        return Unknown(("Condition", statement.body.path), "its conditions decide who is meant")
    return True
