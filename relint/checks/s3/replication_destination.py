"""Where buckets replicate to.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-requirements.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.model.aws.s3 import is_omitted, refers_to_bucket
from relint.model.zone_names import describe_expression
from relint.resolve.value import ABSENT, Located, Unknown, expression_of

if TYPE_CHECKING:
    from relint.level import Level
    from relint.model.resource import Resource
    from relint.model.view import View

_BUCKET = "AWS::S3::Bucket"
_CONFIGURATION = ("Properties", "ReplicationConfiguration")


def fact(resource: Resource, view: View) -> str | Unknown:
    """The part that a bucket plays: "source", "destination" of another bucket of the template, or "none"."""
    configuration = view.get(resource, *_CONFIGURATION).value
    if isinstance(configuration, Unknown) and configuration.optional:
        return configuration
    if configuration is not ABSENT:
        return "source"
    sources = (bucket for bucket in view.resources(_BUCKET) if bucket is not resource)
    replicated = any(
        refers_to_bucket(view, view.get(rule, "Destination", "Bucket").value, resource)
        for bucket in sources
        for rule in view.select(bucket, (*_CONFIGURATION, "Rules", "*"))
    )
    return "destination" if replicated else "none"


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Whether the replicas of a bucket lie in another Region.

    A problem where the destination is another bucket of the template and thus of the Region, `itself` where it is the
    bucket, and `two_way` where two buckets copy each other without the changes of replica metadata. A destination
    elsewhere is Unknown, since its name does not tell the Region; one in another account is left alone, since account
    separation is reason enough.
    """
    seen: list[Resource] = []
    for rule in view.select(resource, (*_CONFIGURATION, "Rules", "*")):
        status = view.get(rule, "Status").value
        if isinstance(status, Unknown) and not _in_another_account(view, rule):
            yield status
        if status != "Enabled":
            continue
        bucket = view.get(rule, "Destination", "Bucket")
        target = next((one for one in view.resources(_BUCKET) if refers_to_bucket(view, bucket.value, one)), None)
        if target is None:
            if not _in_another_account(view, rule):
                label = describe_expression(expression_of(bucket.value)).split(":")[-1]
                yield Unknown(("Region", expression_of(bucket.value)), f'the name "{label}" does not tell its Region')
        elif target.logical_id == resource.logical_id:
            yield Problem(bucket.path, message="itself", level="error")
        elif target not in seen and not _in_another_account(view, rule):
            seen.append(target)
            related = ((target.path, f'"{target.logical_id}" is in the same stack, hence in the same Region.'),)
            level: Level = "warning" if _claims_region(view) else "note"
            yield Problem(bucket.path, {"target": target.logical_id}, related, level=level)
            if _metadata_lags(view, rule, resource, target):
                at = view.get(rule, "SourceSelectionCriteria", "ReplicaModifications", "Status")
                yield Problem(at.path, {"target": target.logical_id}, (), "two_way", "note")


def _active_rules(view: View, bucket: Resource) -> Iterator[Located]:
    for rule in view.select(bucket, (*_CONFIGURATION, "Rules", "*")):
        if view.get(rule, "Status").value == "Enabled":
            yield rule


def _in_another_account(view: View, rule: Located) -> bool:
    account = view.get(rule, "Destination", "Account").value
    return not is_omitted(account) and expression_of(account) != ("Ref", "AWS::AccountId")


def _claims_region(view: View) -> bool:
    """Whether a resiliency policy of the template states an objective for the loss of a Region."""
    policies = view.resources("AWS::ResilienceHub::ResiliencyPolicy")
    return any(not is_omitted(view.get(policy, "Properties", "Policy", "Region").value) for policy in policies)


def _metadata_lags(view: View, rule: Located, source: Resource, target: Resource) -> bool:
    """Whether the target replicates back, and one of the two does not copy changes of replica metadata."""
    back = [
        one
        for one in _active_rules(view, target)
        if refers_to_bucket(view, view.get(one, "Destination", "Bucket").value, source)
    ]
    status = ("SourceSelectionCriteria", "ReplicaModifications", "Status")
    return bool(back) and any(view.get(one, *status).value in (ABSENT, "Disabled") for one in (rule, *back))
