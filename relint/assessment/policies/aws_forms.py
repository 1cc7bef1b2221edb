"""Policies of AWS Resilience Hub, as templates and the two APIs write them.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-resiliencehub-resiliencypolicy.html
https://docs.aws.amazon.com/resilience-hub/latest/APIReference/API_ResiliencyPolicy.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-resiliencehubv2-policy.html
https://docs.aws.amazon.com/resilience-hub/v2/APIReference/API_CreatePolicy.html (2026-11-29)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from relint._typing import TYPE_CHECKING
from relint.assessment.disruption import DISRUPTIONS, Disruption
from relint.assessment.policies.values import Number
from relint.assessment.records import Policy, Target
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.assessment.policies.values import PolicyValues

Steps = tuple[str | int, ...]

_NEXT = ("multiAz", "multiRegion", "dataRecovery", "availabilitySlo")
_RECOVERY = {"rtoInMinutes": ("rto", 60), "rpoInMinutes": ("rpo", 60)}
_NEXT_TARGETS: tuple[tuple[str, Disruption, Mapping[str, tuple[str, int]]], ...] = (
    ("multiAz", "AZ", _RECOVERY),
    ("multiRegion", "Region", _RECOVERY),
    ("dataRecovery", "Software", {"timeBetweenBackupsInMinutes": ("rpo", 60)}),
)
_APPROACH = "disasterRecoveryApproach"
_CLASSIC = {"rtoInSecs": ("rto", 1), "rpoInSecs": ("rpo", 1)}
_DISRUPTIONS = {name.lower(): name for name in DISRUPTIONS}
_NOTE_ZERO = "a target of 0 is compared as 0; AWS Resilience Hub always reports it as breached"
_NOTE_APPROACH = "the approach to disaster recovery is not judged, only its times are"


def read_aws_policy(values: PolicyValues, name: str = "") -> Policy | None:
    """Return the policy that is written at a place, in any form of AWS; None if there is none.

    It may be the properties of a resource, what an API takes or returns, or the map of types of disruptions alone.
    `name` is that of the policy; without it the policy has the name that is written. Raises TemplateError for a policy
    that cannot be read.
    """
    steps: Steps = ()
    keys = values.keys()
    while "policy" in keys:
        name = name or _name(values, steps, keys)
        steps = (*steps, keys["policy"])
        keys = values.keys(*steps)
        if isinstance(values.at(*steps)[0], Unknown):
            return _classic(values, steps, name)
    if any(section.lower() in keys for section in _NEXT):
        return _next_generation(values, steps, keys, name or _name(values, steps, keys))
    if steps or not keys.keys().isdisjoint(_DISRUPTIONS):
        return _classic(values, steps, name)
    return None


def read_target(
    values: PolicyValues,
    steps: Steps,
    names: Mapping[str, tuple[str, int]],
    ignored: tuple[str, ...] = (),
    *,
    needs_all: bool = False,
) -> Target:
    """Return the target at some steps; `names` are its keys, each with the measure and the seconds of one unit."""
    keys = values.section(steps, (*names, *ignored))
    numbers: dict[str, Number] = {}
    for key, (measure, unit) in names.items():
        if key.lower() in keys:
            number = values.number(*steps, keys[key.lower()])
            numbers[measure] = number._replace(value=None if number.value is None else number.value * unit)
        elif isinstance(values.at(*steps)[0], Unknown):
            numbers[measure] = values.number(*steps)
        elif needs_all:
            raise values.error(steps, f"'{steps[-1]}' has no {key}; write {' and '.join(names)}")
    rto, rpo = (numbers.get(measure, Number(None, ())) for measure in ("rto", "rpo"))
    return Target(
        rto=None if rto.value is None else int(rto.value),
        rpo=None if rpo.value is None else int(rpo.value),
        rto_needs=rto.needs,
        rpo_needs=rpo.needs,
        rto_path=rto.path,
        rpo_path=rpo.path,
    )


def read_targets(
    values: PolicyValues, steps: Steps, names: Mapping[str, tuple[str, int]], *, needs_all: bool = False
) -> dict[Disruption, Target]:
    """Return the targets in a mapping of types of disruptions."""
    keys = values.section(steps, DISRUPTIONS)
    if isinstance(values.at(*steps)[0], Unknown):
        return {disruption: read_target(values, steps, names) for disruption in DISRUPTIONS}
    return {
        disruption: read_target(values, (*steps, keys[lower]), names, needs_all=needs_all)
        for lower, disruption in _DISRUPTIONS.items()
        if lower in keys
    }


def notes_on_targets(targets: Iterable[Target]) -> tuple[str, ...]:
    """Return what users should know about targets."""
    has_zero = any(0 in (target.rto, target.rpo) for target in targets)
    return (_NOTE_ZERO,) if has_zero else ()


def _classic(values: PolicyValues, steps: Steps, name: str) -> Policy:
    targets = read_targets(values, steps, _CLASSIC, needs_all=True)
    return Policy(name, values.place(*steps), targets, None, {}, "warn", notes_on_targets(targets.values()))


def _next_generation(values: PolicyValues, steps: Steps, keys: Mapping[str, str], name: str) -> Policy:
    targets: dict[Disruption, Target] = {}
    notes: tuple[str, ...] = ()
    for section, disruption, names in _NEXT_TARGETS:
        if section.lower() in keys:
            place = (*steps, keys[section.lower()])
            has_approach = section != "dataRecovery"
            targets[disruption] = read_target(values, place, names, (_APPROACH,) if has_approach else ())
            if has_approach and _APPROACH.lower() in values.keys(*place):
                notes = (_NOTE_APPROACH,)
    availability = Number(None, ())
    if "availabilityslo" in keys:
        place = (*steps, keys["availabilityslo"])
        slo = values.section(place, ("target",))
        if "target" in slo:
            availability = values.number(*place, slo["target"], maximum=100, is_whole=False)
    notes = (*notes_on_targets(targets.values()), *notes)
    return Policy(
        name=name,
        place=values.place(*steps),
        targets=targets,
        availability=availability.value,
        entries={},
        undetermined="warn",
        notes=notes,
        availability_needs=availability.needs,
        availability_path=availability.path,
    )


def _name(values: PolicyValues, steps: Steps, keys: Mapping[str, str]) -> str:
    key = keys.get("policyname") or keys.get("name")
    return values.text(*steps, key) if key else ""
