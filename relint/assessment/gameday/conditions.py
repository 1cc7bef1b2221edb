"""Conditions on the configuration of a part under which an action of FIS can hit it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from relint._typing import TYPE_CHECKING
from relint.logic.predicates import apply_test
from relint.resolve.value import ABSENT

if TYPE_CHECKING:
    from relint.assessment.parts import Part

_YES = True
_AUTOSHIFT = "AWS::ARCZonalShift::ZonalAutoshiftConfiguration"
_VPC_BY_CHOICE = ("AWS::Elasticsearch::Domain", "AWS::OpenSearchService::Domain")


def _has_several_units(part: Part) -> bool:
    return part.redundancy.units.lower > 1


def _has_one_unit(part: Part) -> bool:
    return not _has_several_units(part)


def _spans_zones(part: Part) -> bool:
    value = part.view().get(part.resource, "Properties", "MultiAZEnabled").value
    return value is not ABSENT and apply_test("equals", value, _YES) is True


def _has_launch_template(part: Part) -> bool:
    view = part.view()
    names = ("LaunchTemplate", "MixedInstancesPolicy")
    return any(view.get(part.resource, "Properties", name).value is not ABSENT for name in names)


def _is_replicated(part: Part) -> bool:
    view = part.view()
    if len(view.select(part.resource, ("Properties", "Replicas", "*"))) > 1:
        return True
    return view.get(part.resource, "Properties", "ReplicationConfiguration").value is not ABSENT


def _shifts_by_itself(part: Part) -> bool:
    return bool(part.view().referrers(part.resource, (_AUTOSHIFT,)))


def _is_in_vpc(part: Part) -> bool:
    if part.resource.type not in _VPC_BY_CHOICE:
        return True
    return part.view().get(part.resource, "Properties", "VPCOptions").value is not ABSENT


CONDITIONS: Mapping[str, Callable[[Part], bool]] = {
    "autoshift": _shifts_by_itself,
    "in-vpc": _is_in_vpc,
    "launch-template": _has_launch_template,
    "multi-az-cache": _spans_zones,
    "one-unit": _has_one_unit,
    "replicated": _is_replicated,
    "several-units": _has_several_units,
}
"""By the name of a condition, whether a part fulfils it in the assumed deployment."""
