"""Copies of a resource by AWS Backup or Data Lifecycle Manager, as far as a template shows them.

A backup selection contains the resources that its Resources name or that have one of its ListOfTags, without those that
fail one of its Conditions or that its NotResources name.
https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupSelection.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of, any_of, negate
from relint.model.aws.backup_arns import is_arn_of
from relint.model.aws.data_lifecycle_manager import (
    is_enabled,
    is_targeted,
    leaves_volume_out,
    snapshot_retention_days,
    target_tags,
)
from relint.model.aws.tags import has_tag, tags_of
from relint.resolve.value import ABSENT, Located, Unknown, expression_of, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_SELECTION_TYPE = "AWS::Backup::BackupSelection"
_POLICY_TYPE = "AWS::DLM::LifecyclePolicy"
_SELECTION = ("Properties", "BackupSelection")


def is_backed_up(view: View, resource: Resource, min_days: int = 0) -> Truth:
    """Return whether a backup plan or a snapshot policy of the template copies the resource.

    Only copies that are kept for `min_days` or longer count. Tags that the stack adds are ignored. Unknown if the
    answer depends on an ARN, a tag or a retention from outside of the template.
    """
    copies = [_is_copied(view, resource, min_days)]
    copies += [_is_copied(view, instance, min_days, volume=resource) for instance in _instances_of(view, resource)]
    return any_of(copies)


def sources_of_copies(view: View, resource: Resource) -> Iterator[Resource]:
    """Yield the backup selections and snapshot policies that copy the resource in any case."""
    for copied in (resource, *_instances_of(view, resource)):
        volume = None if copied is resource else resource
        for selection in view.resources(_SELECTION_TYPE):
            if is_selected(view, selection, copied) is True:
                yield selection
        for policy in view.resources(_POLICY_TYPE):
            if _is_copied_by(view, policy, copied, volume) is True:
                yield policy


def is_selected(view: View, selection: Resource, resource: Resource) -> Truth:
    """Return whether a backup selection contains the resource, whatever its plan does."""
    by_arn = [is_arn_of(view, arn, resource) for arn in view.select(selection, (*_SELECTION, "Resources", "*"))]
    by_tag = [
        _has_condition_tag(view, tag, resource) for tag in view.select(selection, (*_SELECTION, "ListOfTags", "*"))
    ]
    is_included = any_of([*by_arn, *by_tag])
    if is_included is False:
        return False
    excluded = view.select(selection, (*_SELECTION, "NotResources", "*"))
    is_excluded = any_of([is_arn_of(view, arn, resource) for arn in excluded])
    return all_of([is_included, *_meets_conditions(view, selection, resource), negate(is_excluded)])


def unassigned_tag(view: View, resource: Resource, sources: Iterable[Resource] | None = None) -> Unknown | None:
    """Return a tag by which `sources` would select the resource, and which no resource of the template has.

    The default of `sources` are all selections and policies. Such a tag is probably set on the stack, which passes its
    tags to its resources. A resource that has the key with another value is not meant to inherit the tag.
    """
    keys = {_tag_text(key).lower() for key, _ in tags_of(view, resource)}
    for source in view.resources(_SELECTION_TYPE, _POLICY_TYPE) if sources is None else sources:
        for key, value in _selecting_tags(view, source, resource):
            is_assigned = any(has_tag(view, other, key, value) for other in view.template.resources.values())
            if not is_assigned and _tag_text(key).lower() not in keys:
                reason = f'"{source.logical_id}" selects by tag "{_tag_text(key)}", which only the stack itself can add'
                return Unknown(("StackTag", source.logical_id), reason)
    return None


def _is_copied(view: View, resource: Resource, min_days: int, *, volume: Resource | None = None) -> Truth:
    """Return whether the resource is copied, or `volume` with it, which is attached to it."""
    by_plan = (
        all_of([is_selected(view, selection, resource), _plan_keeps(view, selection, min_days)])
        for selection in view.resources(_SELECTION_TYPE)
    )
    by_policy = (
        all_of([_is_copied_by(view, policy, resource, volume), _policy_keeps(view, policy, min_days)])
        for policy in view.resources(_POLICY_TYPE)
    )
    return any_of([*by_plan, *by_policy])


def _is_copied_by(view: View, policy: Resource, resource: Resource, volume: Resource | None) -> Truth:
    """Return whether a snapshot policy copies the resource, or `volume` with it."""
    leaves_out = False if volume is None else leaves_volume_out(view, policy, volume)
    return all_of([is_targeted(view, policy, resource), negate(leaves_out), is_enabled(view, policy)])


def _instances_of(view: View, resource: Resource) -> Iterator[Resource]:
    """Yield the instances to which a volume is attached: a copy of an instance contains its volumes."""
    if resource.type == "AWS::EC2::Volume":
        yield from view.referrers(resource, ("AWS::EC2::Instance",), ("Properties", "Volumes"))
        for attachment in view.referrers(resource, ("AWS::EC2::VolumeAttachment",), ("Properties", "VolumeId")):
            instance = view.target(view.get(attachment, "Properties", "InstanceId"), "AWS::EC2::Instance")
            if instance is not None:
                yield instance


def _meets_conditions(view: View, selection: Resource, resource: Resource) -> Iterator[Truth]:
    for operator in ("StringEquals", "StringLike", "StringNotEquals", "StringNotLike"):
        for condition in view.select(selection, (*_SELECTION, "Conditions", operator, "*")):
            truth = _has_condition_tag(view, condition, resource, wildcards=operator.endswith("Like"))
            yield negate(truth) if "Not" in operator else truth


def _has_condition_tag(view: View, condition: Located, resource: Resource, *, wildcards: bool = False) -> Truth:
    """Return whether the resource has the tag of a condition with ConditionKey and ConditionValue."""
    if isinstance(condition.value, Unknown):
        return condition.value
    key, value = _condition_tag(view, condition)
    return has_tag(view, resource, key, value, wildcards=wildcards)


def _condition_tag(view: View, condition: Located) -> tuple[Any, Any]:
    key = view.get(condition, "ConditionKey").value
    tag_key = key.removeprefix("aws:ResourceTag/") if isinstance(key, str) else key
    return tag_key, view.get(condition, "ConditionValue").value


def _selecting_tags(view: View, source: Resource, resource: Resource) -> Iterator[tuple[Any, Any]]:
    """Yield the tags by which a selection or policy would select the resource."""
    if source.type == _POLICY_TYPE:
        if resource.type in ("AWS::EC2::Volume", "AWS::EC2::Instance"):
            for tag in target_tags(view, source):
                yield view.get(tag, "Key").value, view.get(tag, "Value").value
        return
    arns = view.select(source, (*_SELECTION, "Resources", "*"))
    is_named = any(is_arn_of(view, arn, resource) is True for arn in arns)
    conditions_path = ("Conditions", "StringEquals") if is_named else ("ListOfTags",)
    for condition in view.select(source, (*_SELECTION, *conditions_path, "*")):
        yield _condition_tag(view, condition)


def _tag_text(value: Any) -> str:
    return "?" if isinstance(value, Unknown) else scalar_text(value)


def _plan_keeps(view: View, selection: Resource, min_days: int) -> Truth:
    """Return whether the plan of a selection has a rule that keeps recovery points long enough."""
    plan_id = view.get(selection, "Properties", "BackupPlanId")
    plan = view.target(plan_id, "AWS::Backup::BackupPlan")
    if plan is None:
        unknown = Unknown(expression_of(plan_id.value), "the backup plan is not in this template")
        return True if min_days == 0 else unknown
    rules = view.select(plan, ("Properties", "BackupPlan", "BackupPlanRule", "*"))
    return any_of([_rule_keeps(view, rule, min_days) for rule in rules])


def _rule_keeps(view: View, rule: Located, min_days: int) -> Truth:
    if min_days == 0:
        return True
    days = view.get(rule, "Lifecycle", "DeleteAfterDays").value
    return True if days is ABSENT else apply_test("min", days, min_days)


def _policy_keeps(view: View, policy: Resource, min_days: int) -> Truth:
    return True if min_days == 0 else apply_test("min", snapshot_retention_days(view, policy), min_days)
