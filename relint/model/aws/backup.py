"""Whether AWS Backup or Data Lifecycle Manager takes copies of a resource, as far as the template says.

A backup selection takes what its Resources name, and what carries one of its ListOfTags; of that, only what satisfies
all Conditions and is not among NotResources.
https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupSelection.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of, any_of, negate
from relint.model.aws.data_lifecycle_manager import snapshot_retention_days
from relint.model.text.wildcards import matches_wildcards
from relint.resolve.value import ABSENT, Expression, Located, Unknown, expression_of, references, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

ARN_FORMATS: dict[str, tuple[str, str, str | None]] = {
    "AWS::DocDB::DBCluster": ("rds", "cluster:", "DBClusterIdentifier"),
    "AWS::DynamoDB::GlobalTable": ("dynamodb", "table/", "TableName"),
    "AWS::DynamoDB::Table": ("dynamodb", "table/", "TableName"),
    "AWS::EC2::Instance": ("ec2", "instance/i-", None),
    "AWS::EC2::Volume": ("ec2", "volume/vol-", None),
    "AWS::EFS::FileSystem": ("elasticfilesystem", "file-system/fs-", None),
    "AWS::FSx::FileSystem": ("fsx", "file-system/fs-", None),
    "AWS::FSx::Volume": ("fsx", "volume/fsvol-", None),
    "AWS::Neptune::DBCluster": ("rds", "cluster:", "DBClusterIdentifier"),
    "AWS::RDS::DBCluster": ("rds", "cluster:", "DBClusterIdentifier"),
    "AWS::RDS::DBInstance": ("rds", "db:", "DBInstanceIdentifier"),
    "AWS::Redshift::Cluster": ("redshift", "cluster:", "ClusterIdentifier"),
    "AWS::S3::Bucket": ("s3", "", "BucketName"),
    "AWS::Timestream::Table": ("timestream", "database/", None),
}
"""Service, beginning of the resource part, and the property that names the resource, in the ARN of a type.

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

_SELECTION = ("Properties", "BackupSelection")
_CONDITIONS = {
    "StringEquals": (False, False),
    "StringLike": (True, False),
    "StringNotEquals": (False, True),
    "StringNotLike": (True, True),
}
_GENERATED = "\ue000"
"""Stands for a physical id that is not known before the resource is created."""


def is_backed_up(view: View, resource: Resource, min_days: int = 0) -> Truth:
    """Whether a backup plan or a snapshot policy of the template takes copies of the resource.

    With `min_days` only plans and policies count that keep copies for that many days or longer. Tags that the stack
    itself may add are not seen. Unknown where an ARN, a tag or a retention that matters comes from outside.
    """
    return any_of([_backed_up(view, one, min_days) for one in (resource, *_hosts(view, resource))])


def is_selected(view: View, selection: Resource, resource: Resource) -> Truth:
    """Whether a backup selection takes the resource, whatever its plan does."""
    named = [_names(view, item, resource) for item in view.select(selection, (*_SELECTION, "Resources", "*"))]
    tagged = [_tagged(view, item, resource) for item in view.select(selection, (*_SELECTION, "ListOfTags", "*"))]
    chosen = any_of([*named, *tagged])
    if chosen is False:
        return False
    excluded = [_names(view, item, resource) for item in view.select(selection, (*_SELECTION, "NotResources", "*"))]
    return all_of([chosen, *_conditions(view, selection, resource), negate(any_of(excluded))])


def _backed_up(view: View, resource: Resource, min_days: int) -> Truth:
    plans = (
        all_of([is_selected(view, selection, resource), _plan_keeps(view, selection, min_days)])
        for selection in view.resources("AWS::Backup::BackupSelection")
    )
    policies = (
        all_of([_enabled(view, policy), is_targeted(view, policy, resource), _policy_keeps(view, policy, min_days)])
        for policy in view.resources("AWS::DLM::LifecyclePolicy")
    )
    return any_of([*plans, *policies])


def _hosts(view: View, resource: Resource) -> Iterator[Resource]:
    """The instances that a volume is attached to: a copy of an instance holds its volumes."""
    if resource.type == "AWS::EC2::Volume":
        yield from view.referrers(resource, ("AWS::EC2::Instance",), ("Properties", "Volumes"))
        for attachment in view.referrers(resource, ("AWS::EC2::VolumeAttachment",), ("Properties", "VolumeId")):
            host = view.target(view.get(attachment, "Properties", "InstanceId"), "AWS::EC2::Instance")
            if host is not None:
                yield host


def _names(view: View, entry: Located, resource: Resource) -> Truth:
    """Whether an ARN, perhaps with wildcards, is that of the resource."""
    form = expression_of(entry.value)
    mentioned = references(form) & set(view.template.resources)
    if mentioned:
        return resource.logical_id in mentioned
    if isinstance(form, tuple) and form[0] == "ImportValue":
        return False  # another stack exports what it owns itself
    if isinstance(entry.value, Unknown) and isinstance(form, tuple) and form[0] != "Concat":
        return entry.value
    letters: dict[Expression, str] = {}
    service, kind, name = ARN_FORMATS.get(resource.type, ("", "", None))
    named = view.get(resource, "Properties", name).value if name else ABSENT
    own = kind + (_GENERATED if named is ABSENT else _text(expression_of(named), letters))
    fields = _text(form, letters).split(":", 5)
    if len(fields) < 6:
        pattern = fields[-1]
        return pattern.endswith("*") and (len(fields) < 3 or matches_wildcards(service, fields[2]))
    unknown = Unknown(form, entry.value.reason if isinstance(entry.value, Unknown) else "its name is generated")
    if matches_wildcards(service, fields[2]) and matches_wildcards(own, fields[5]):
        return True
    if _has_letter(fields[2]) or (fields[2] in (service, "*") and _has_letter(fields[5])):
        return unknown
    partial = fields[2] == service and fields[5].startswith(kind) and fields[5].endswith("*")
    return unknown if partial and _GENERATED in own else False


def _text(form: Expression, letters: dict[Expression, str]) -> str:
    """An expression as text in which one letter of the private use area stands for each unknown part."""
    if isinstance(form, str):
        return form
    parts = form[1:] if isinstance(form, tuple) and form[0] == "Concat" else (form,)
    return "".join(
        part if isinstance(part, str) else letters.setdefault(part, chr(ord(_GENERATED) + 1 + len(letters)))
        for part in parts
    )


def _has_letter(text: str) -> bool:
    return re.search("[\ue001-\uf8ff]", text) is not None


def _conditions(view: View, selection: Resource, resource: Resource) -> Iterator[Truth]:
    for operator, (wildcards, negated) in _CONDITIONS.items():
        for item in view.select(selection, (*_SELECTION, "Conditions", operator, "*")):
            truth = _tagged(view, item, resource, wildcards)
            yield negate(truth) if negated else truth


def unassigned_tag(view: View, resource: Resource, sources: Iterable[Resource] | None = None) -> Unknown | None:
    """A tag by which `sources` (all selections and policies) would take the resource, and that nothing here carries.

    Somebody writes such a tag somewhere: probably on the stack, which hands it down to its resources. A resource that
    has the key already, be it with another value or in another spelling, is not meant to get it from the stack.
    """
    own = {_shown(key).lower() for key, _ in _tags(view, resource)}
    everywhere = view.resources("AWS::Backup::BackupSelection", "AWS::DLM::LifecyclePolicy")
    for source in everywhere if sources is None else sources:
        for key, value in _wanted_tags(view, source, resource):
            carried = any(has_tag(view, one, key, value) for one in view.template.resources.values())
            if not carried and _shown(key).lower() not in own:
                reason = f'"{source.logical_id}" selects by tag "{_shown(key)}", which only the stack itself can add'
                return Unknown(("StackTag", source.logical_id), reason)
    return None


def _wanted_tags(view: View, source: Resource, resource: Resource) -> Iterator[tuple[Any, Any]]:
    """The tags by which a selection or policy would take the resource."""
    if source.type == "AWS::DLM::LifecyclePolicy":
        if resource.type in ("AWS::EC2::Volume", "AWS::EC2::Instance"):
            for tag in view.select(source, ("Properties", "PolicyDetails", "TargetTags", "*")):
                yield view.get(tag, "Key").value, view.get(tag, "Value").value
        return
    lists = ["ListOfTags"]
    if any(_names(view, item, resource) is True for item in view.select(source, (*_SELECTION, "Resources", "*"))):
        lists = ["Conditions", "StringEquals"]
    for tag in view.select(source, (*_SELECTION, *lists, "*")):
        yield _tag_key(view, tag), view.get(tag, "ConditionValue").value


def _tag_key(view: View, condition: Located) -> Any:
    key = view.get(condition, "ConditionKey").value
    return key.removeprefix("aws:ResourceTag/") if isinstance(key, str) else key


def _shown(value: Any) -> str:
    return "?" if isinstance(value, Unknown) else scalar_text(value)


def _tagged(view: View, item: Located, resource: Resource, wildcards: bool = False) -> Truth:
    """Whether the resource has the tag of a condition {ConditionKey, ConditionValue}."""
    if isinstance(item.value, Unknown):
        return item.value
    return has_tag(view, resource, _tag_key(view, item), view.get(item, "ConditionValue").value, wildcards)


def has_tag(view: View, resource: Resource, key: Any, wanted: Any, wildcards: bool = False) -> Truth:
    """Whether the resource itself is tagged with a key and value; with `wildcards`, "*" in the value is anything."""
    answers: list[Truth] = []
    for name, value in _tags(view, resource):
        answer = apply_test("equals", name, key)
        if answer is True:
            answer = _value_is(value, wanted, wildcards)
        answers.append(answer)
    return any_of(answers)


def _value_is(value: Any, wanted: Any, wildcards: bool) -> Truth:
    if not wildcards:
        return apply_test("equals", value, wanted)
    if wanted == "*" or expression_of(value) == expression_of(wanted):
        return True
    for one in (value, wanted):
        if isinstance(one, Unknown):
            return one
    return matches_wildcards(scalar_text(value), scalar_text(wanted))


def _tags(view: View, resource: Resource) -> Iterator[tuple[Any, Any]]:
    """Keys and values of the tags of a resource, written as a list or as a mapping."""
    places = [("Properties", "Tags"), ("Properties", "FileSystemTags"), ("Properties", "Replicas", "*", "Tags")]
    for steps in places:
        for tags in view.select(resource, steps):
            if isinstance(tags.value, dict):
                yield from ((key, view.get(tags, key).value) for key in tags.value)
                continue
            for item in view.scenario.items(tags):
                if isinstance(item.value, Unknown):
                    yield item.value, item.value
                else:
                    yield view.get(item, "Key").value, view.get(item, "Value").value


def _plan_keeps(view: View, selection: Resource, min_days: int) -> Truth:
    """Whether the plan of a selection has a rule that keeps recovery points long enough."""
    plan_id = view.get(selection, "Properties", "BackupPlanId")
    plan = view.target(plan_id, "AWS::Backup::BackupPlan")
    if plan is None:
        elsewhere = Unknown(expression_of(plan_id.value), "the backup plan is not in this template")
        return True if min_days == 0 else elsewhere
    rules = view.select(plan, ("Properties", "BackupPlan", "BackupPlanRule", "*"))
    return any_of([_rule_keeps(view, rule, min_days) for rule in rules])


def _rule_keeps(view: View, rule: Located, min_days: int) -> Truth:
    if min_days == 0:
        return True
    days = view.get(rule, "Lifecycle", "DeleteAfterDays").value
    return True if days is ABSENT else apply_test("min", days, min_days)


def _enabled(view: View, policy: Resource) -> Truth:
    return apply_test("equals", view.get(policy, "Properties", "State").value, "ENABLED")


def is_targeted(view: View, policy: Resource, resource: Resource) -> Truth:
    """Whether a DLM policy is meant for a volume or an instance, be it enabled or not."""
    kind = {"AWS::EC2::Volume": "VOLUME", "AWS::EC2::Instance": "INSTANCE"}.get(resource.type)
    if kind is None:
        return False
    default = view.get(policy, "Properties", "DefaultPolicy").value
    if default is not ABSENT:
        return apply_test("equals", default, kind)
    kinds = [item.value for item in view.select(policy, ("Properties", "PolicyDetails", "ResourceTypes", "*"))]
    tags = view.select(policy, ("Properties", "PolicyDetails", "TargetTags", "*"))
    return all_of([apply_test("contains", kinds, kind), any_of(_carries_one(view, resource, tag) for tag in tags)])


def _carries_one(view: View, resource: Resource, tag: Located) -> Truth:
    if isinstance(tag.value, Unknown):
        return tag.value
    return has_tag(view, resource, view.get(tag, "Key").value, view.get(tag, "Value").value)


def _policy_keeps(view: View, policy: Resource, min_days: int) -> Truth:
    if min_days == 0:
        return True
    return apply_test("min", snapshot_retention_days(view, policy), min_days)
