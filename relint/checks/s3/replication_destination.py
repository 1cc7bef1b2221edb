"""Destinations of bucket replication that are in the Region of the source.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-requirements.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.aws.s3 import is_omitted, refers_to_bucket
from relint.model.aws.s3_replication import BUCKET, RULES
from relint.model.zone_names import describe_arn
from relint.resolve.value import ABSENT, Located, Unknown, expression_of

if TYPE_CHECKING:
    from relint.level import Level
    from relint.model.resource import Resource
    from relint.model.view import View

_METADATA_STATUS = ("SourceSelectionCriteria", "ReplicaModifications", "Status")


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at Bucket of a destination in the Region of the source.

    Message `default` if the destination is another bucket of the template (a warning if a resiliency policy plans for
    the loss of a Region, else a note), `itself` (an error) if it is the source. At the status of ReplicaModifications:
    `two_way` (a note) if two buckets replicate each other but not the changes of replica metadata.
    Message values: `target` (not for `itself`). Unknown for an external destination, because its name does not contain
    the Region. A destination in another account is left out: the separation of accounts is reason enough.
    """
    targets: list[Resource] = []
    for rule in view.select(resource, RULES):
        status = view.get(rule, "Status").value
        if isinstance(status, Unknown) and not _is_in_other_account(view, rule):
            yield status
        if status != "Enabled":
            continue
        bucket = view.get(rule, "Destination", "Bucket")
        target = next((other for other in view.resources(BUCKET) if refers_to_bucket(view, bucket.value, other)), None)
        if target is None:
            if not _is_in_other_account(view, rule):
                yield _unknown_region(bucket)
        elif target.logical_id == resource.logical_id:
            yield Problem(bucket.path, message="itself", level="error")
        elif target not in targets and not _is_in_other_account(view, rule):
            targets.append(target)
            related = ((target.path, f'"{target.logical_id}" is in the same stack, hence in the same Region.'),)
            level: Level = "warning" if _has_regional_objective(view) else "note"
            values = {"target": target.logical_id}
            yield Problem(bucket.path, values=values, related=related, level=level)
            if _misses_metadata_changes(view, rule, resource, target):
                path = view.get(rule, *_METADATA_STATUS).path
                yield Problem(path, values=values, message="two_way", level="note")


def _unknown_region(bucket: Located) -> Unknown:
    expression = expression_of(bucket.value)
    label = describe_arn(expression)
    return Unknown(("Region", expression), f'the name "{label}" does not tell its Region')


def _is_in_other_account(view: View, rule: Located) -> bool:
    account = view.get(rule, "Destination", "Account").value
    return not is_omitted(account) and expression_of(account) != ("Ref", "AWS::AccountId")


def _has_regional_objective(view: View) -> bool:
    """Whether a resiliency policy states an objective for the loss of a Region."""
    policies = view.resources("AWS::ResilienceHub::ResiliencyPolicy")
    return any(not is_omitted(view.get(policy, "Properties", "Policy", "Region").value) for policy in policies)


def _misses_metadata_changes(view: View, rule: Located, source: Resource, target: Resource) -> bool:
    """Whether two buckets replicate each other, but not the changes of replica metadata."""
    reverse_rules = [
        reverse_rule
        for reverse_rule in view.select(target, RULES)
        if view.get(reverse_rule, "Status").value == "Enabled"
        and refers_to_bucket(view, view.get(reverse_rule, "Destination", "Bucket").value, source)
    ]
    return bool(reverse_rules) and any(
        view.get(either_rule, *_METADATA_STATUS).value in (ABSENT, "Disabled") for either_rule in (rule, *reverse_rules)
    )
