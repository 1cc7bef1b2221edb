"""Stores of data that are out of reach, or lost, when an Availability Zone fails."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.availability_zones import ZoneCount, count_zones
from relint.model.aws.backup import is_backed_up
from relint.model.system.redundancy import redundancy_of
from relint.model.zone_members import zone_of_resource
from relint.resolve.value import ABSENT, Expression, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_PLAN_TYPES = ("AWS::Backup::BackupPlan", "AWS::Backup::BackupSelection", "AWS::DLM::LifecyclePolicy")
_VOLUME = "AWS::EC2::Volume"
_Kind = tuple[Expression, ...]
_KIND = ("Size", "VolumeType", "SnapshotId", "Iops")


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at a store that lies in one zone.

    Message `lost` for a volume of which the template takes no copies; nothing if the template takes copies of others,
    because then the rule on backups reports it. Volumes of one kind in several zones are taken for copies that software
    keeps alike. Unknown if zones, a value or the selection of a plan decide and are unknown.
    """
    count = redundancy_of(view, resource).single
    if count is None:
        return
    if count.unknown is not None:
        yield count.unknown
        return
    if resource.type != _VOLUME:
        yield Problem(count.path)
        return
    zones = view.cached("zones of volumes by kind", _zones_by_kind)[_kind(view, resource)]
    if zones.lower >= 2:
        return
    number, has_copies = zones.as_value(), is_backed_up(view, resource)
    if isinstance(number, Unknown):
        yield number
    elif isinstance(has_copies, Unknown):
        yield has_copies
    elif has_copies:
        yield Problem(count.path, message="restored")
    elif next(view.resources(*_PLAN_TYPES), None) is None:
        yield Problem(count.path, message="lost")


def _zones_by_kind(view: View) -> dict[_Kind, ZoneCount]:
    """Return the zones of the volumes of the same size and type."""
    volumes: dict[_Kind, list[Resource]] = {}
    for volume in view.resources(_VOLUME):
        volumes.setdefault(_kind(view, volume), []).append(volume)
    return {
        kind: count_zones(view, [zone_of_resource(view, volume) for volume in alike]) for kind, alike in volumes.items()
    }


def _kind(view: View, volume: Resource) -> _Kind:
    values = (view.get(volume, "Properties", name).value for name in _KIND)
    return tuple("" if value is ABSENT else expression_of(value) for value in values)
