"""Snapshot policies of Amazon Data Lifecycle Manager."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.logic.predicates import apply_test, as_number
from relint.logic.truth import Truth, all_of, any_of, negate
from relint.model.aws.schedules import longest_gap_hours
from relint.model.aws.tags import has_tag
from relint.resolve.value import ABSENT, Located, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


_DETAILS = ("Properties", "PolicyDetails")
_DAYS_PER_UNIT = {"DAYS": 1, "WEEKS": 7, "MONTHS": 30, "YEARS": 365}
_HOURS_PER_DAY = 24
_DEFAULT_POLICY_DAYS = 7
_DEFAULT_CREATE_INTERVAL_DAYS = 1
_DEFAULT_VOLUME_TYPE = "gp2"
_TARGET_TYPES = {"AWS::EC2::Volume": "VOLUME", "AWS::EC2::Instance": "INSTANCE"}
_ROOT_DEVICES = ("/dev/xvda", "/dev/sda1", "/dev/sda")


def is_enabled(view: View, policy: Resource) -> Truth:
    """Return whether a policy is enabled. Unknown without State: the API requires it, and no page names a default.

    https://docs.aws.amazon.com/dlm/latest/APIReference/API_CreateLifecyclePolicy.html (looked up 2026-11-28)
    """
    state = view.get(policy, "Properties", "State")
    if state.value is ABSENT:
        return Unknown(
            ("State", policy.logical_id), f'"{policy.logical_id}" has no State, whose default AWS does not say'
        )
    return apply_test("equals", state.value, "ENABLED")


def default_policy_type(view: View, policy: Resource) -> Any:
    """Return what a default policy is for, VOLUME or INSTANCE, or ABSENT for a custom policy."""
    default_type = view.get(policy, "Properties", "DefaultPolicy").value
    return view.get(policy, *_DETAILS, "ResourceType").value if default_type is ABSENT else default_type


def default_policy_setting(view: View, policy: Resource, *names: str) -> Located:
    """Return a setting of a default policy, which may be a property or stand in PolicyDetails."""
    setting = view.get(policy, "Properties", *names)
    return view.get(policy, *_DETAILS, *names) if setting.value is ABSENT else setting


def is_targeted(view: View, policy: Resource, resource: Resource) -> Truth:
    """Return whether a policy, enabled or not, applies to a volume or an instance."""
    target_type = _TARGET_TYPES.get(resource.type)
    if target_type is None:
        return False
    default_type = default_policy_type(view, policy)
    if default_type is not ABSENT:
        is_of_type = apply_test("equals", default_type, target_type)
        return all_of([is_of_type, negate(any_of(_exclusions(view, policy, resource)))])
    types = [item.value for item in view.select(policy, (*_DETAILS, "ResourceTypes", "*"))]
    has_target_tag = any_of(_has_target_tag(view, resource, tag) for tag in target_tags(view, policy))
    return all_of([apply_test("contains", types, target_type), has_target_tag])


def leaves_volume_out(view: View, policy: Resource, volume: Resource) -> Truth:
    """Return whether a policy for instances leaves a data volume of theirs out by one of its tags."""
    tags = view.select(policy, (*_DETAILS, "Parameters", "ExcludeDataVolumeTags", "*"))
    return any_of(_has_target_tag(view, volume, tag) for tag in tags)


def _exclusions(view: View, policy: Resource, resource: Resource) -> Iterator[Truth]:
    """Yield whether each exclusion of a default policy applies to a volume or an instance.

    https://docs.aws.amazon.com/dlm/latest/APIReference/API_Exclusions.html
    """
    exclusions = default_policy_setting(view, policy, "Exclusions")
    if resource.type == "AWS::EC2::Instance":
        for tag in view.scenario.items(view.get(exclusions, "ExcludeTags")):
            yield _has_target_tag(view, resource, tag)
        return
    volume_type = view.get(resource, "Properties", "VolumeType").value
    for excluded in view.scenario.items(view.get(exclusions, "ExcludeVolumeTypes")):
        yield apply_test("equals", _DEFAULT_VOLUME_TYPE if volume_type is ABSENT else volume_type, excluded.value)
    excludes_boot_volumes = view.get(exclusions, "ExcludeBootVolumes").value
    if excludes_boot_volumes is not ABSENT:
        yield all_of([apply_test("equals", excludes_boot_volumes, operand=True), _is_boot_volume(view, resource)])


def _is_boot_volume(view: View, volume: Resource) -> Truth:
    attachments = view.referrers(volume, ("AWS::EC2::VolumeAttachment",), ("Properties", "VolumeId"))
    devices = [view.get(attachment, "Properties", "Device").value for attachment in attachments]
    for instance in view.referrers(volume, ("AWS::EC2::Instance",), ("Properties", "Volumes")):
        attached = view.select(instance, ("Properties", "Volumes", "*"))
        devices += [
            view.get(one, "Device").value for one in attached if view.target(view.get(one, "VolumeId")) is volume
        ]
    return any_of(apply_test("in", device, _ROOT_DEVICES) for device in devices if device is not ABSENT)


def target_tags(view: View, policy: Resource) -> list[Located]:
    """Return the tags by which a policy selects volumes and instances."""
    return view.select(policy, (*_DETAILS, "TargetTags", "*"))


def _has_target_tag(view: View, resource: Resource, tag: Located) -> Truth:
    if isinstance(tag.value, Unknown):
        return tag.value
    return has_tag(view, resource, view.get(tag, "Key").value, view.get(tag, "Value").value)


def snapshot_retention_days(view: View, policy: Resource) -> Any:
    """Return the days for which a policy keeps snapshots: the maximum of its schedules, or a minimum as an Unknown.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dlm-lifecyclepolicy.html
    """
    if default_policy_type(view, policy) is not ABSENT:
        days = default_policy_setting(view, policy, "RetainInterval").value
        return _DEFAULT_POLICY_DAYS if days is ABSENT else days
    schedules = view.select(policy, (*_DETAILS, "Schedules", "*"))
    retention_days = [schedule_retention_days(view, schedule) for schedule in schedules]
    unknown = next((days for days in retention_days if isinstance(days, Unknown)), None)
    known_days = max((days for days in retention_days if not isinstance(days, Unknown)), default=0)
    return known_days if unknown is None else unknown._replace(minimum=known_days)


def default_policy_interval_hours(view: View, policy: Resource) -> Any:
    """Return the hours between two runs of a default policy, whose CreateInterval counts days."""
    days = default_policy_setting(view, policy, "CreateInterval").value
    if days is ABSENT:
        days = _DEFAULT_CREATE_INTERVAL_DAYS
    number = as_number(days)
    return days if number is None else number * _HOURS_PER_DAY


def schedule_retention_days(view: View, schedule: Located) -> Any:
    """Return the days for which a schedule keeps a snapshot, by age or by count and interval; else an Unknown."""
    unit = view.get(schedule, "RetainRule", "IntervalUnit").value
    interval = as_number(view.get(schedule, "RetainRule", "Interval").value)
    if interval is not None:
        return interval * _DAYS_PER_UNIT.get(scalar_text(unit), 1)
    count = as_number(view.get(schedule, "RetainRule", "Count").value)
    hours = longest_gap_hours(view, view.get(schedule, "CreateRule"))
    if count is not None and not isinstance(hours, Unknown):
        return count * hours / _HOURS_PER_DAY
    return Unknown(("Retention", schedule.path), "the schedule does not tell how long snapshots are kept")
