"""Targets of a resiliency policy that the rest of the template does not keep."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.checks.resiliencehub.targets import assessment_of, list_names, places_of, policy_of
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.assessment.records import Policy, Verdict
    from relint.assessment.result import EntryResult
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.source.location import Path

_EVENTS = {
    "Software": "damage to its data",
    "Hardware": "the failure of a host",
    "AZ": "the loss of an Availability Zone",
    "Region": "the loss of the Region",
}
_MEASURES = {"rto": "of downtime", "rpo": "of lost data"}
_FATES = {
    "interruption": "stops until a standby takes over",
    "outage_self_heals": "stops until it is replaced",
    "outage_manual": "stops until somebody restores it",
    "data_loss_unrecoverable": "has no copy of its data that would be left",
}
"""The fate of a resource by outcome; what goes on is no cause."""


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at each target that entries of the template breach, and an Unknown for each that is undetermined.

    Message values: `allowed` (the target), `event`, `entries`, and `least`, the time that they need at least. Message
    `lost` where no copy of the data is left, and `promised` where agreements of AWS refute the availability (`target`).
    """
    policy = policy_of(resource, view)
    if isinstance(policy, Unknown):
        yield policy
        return
    from relint.assessment.policies.verdicts import judge  # as in `policy_of`

    groups: dict[tuple[str, str, str], list[tuple[EntryResult, Verdict]]] = {}
    for entry in assessment_of(view).entries:
        for verdict in judge(entry, policy):
            if verdict.verdict == "undetermined":
                yield Unknown(("Target", resource.logical_id), f"{', '.join(verdict.needs)}: '{entry.id}'")
            elif verdict.verdict == "breached":
                message = "promised" if verdict.measure == "availability" else "default"
                kind = message if verdict.least is not None else "lost"
                groups.setdefault((kind, verdict.disruption, verdict.measure), []).append((entry, verdict))
    for (kind, disruption, measure), breaches in groups.items():
        if kind == "lost" and measure == "rto" and ("lost", disruption, "rpo") in groups:
            continue  # one loss breaks both targets
        yield _problem(view, policy, kind, breaches)


def _problem(view: View, policy: Policy, kind: str, breaches: list[tuple[EntryResult, Verdict]]) -> Problem:
    from relint.assessment.policies.words import describe_seconds  # as in `policy_of`

    _, verdict = breaches[0]
    names = [entry.id for entry, _ in breaches]
    if verdict.measure == "availability":
        least = min(one.least or 0 for _, one in breaches)
        values = {"target": f"{verdict.target:g}", "entries": list_names(names), "least": f"{least:.2f}"}
        return Problem(policy.availability_path, values=values, message=kind)
    seconds = min(one.target or 0 for _, one in breaches)
    values = {
        "allowed": f"{describe_seconds(seconds)} {_MEASURES[verdict.measure]}",
        "event": _EVENTS[verdict.disruption],
        "entries": list_names(names),
    }
    if kind != "lost":
        values["least"] = describe_seconds(max(one.least or 0 for _, one in breaches))
    return Problem(
        _path(policy, verdict),
        values=values,
        related=places_of(view, _culprits(breaches)),
        message=None if kind == "default" else kind,
    )


def _path(policy: Policy, verdict: Verdict) -> Path:
    target = policy.targets[verdict.disruption]  # type: ignore[index]  # the availability has none
    return target.rto_path if verdict.measure == "rto" else target.rpo_path


def _culprits(breaches: list[tuple[EntryResult, Verdict]]) -> dict[str, str]:
    """Return the resources that fail in the events, each with a sentence."""
    sentences: dict[str, str] = {}
    for entry, verdict in breaches:
        result = next(one for one in entry.results if one.disruption == verdict.disruption)
        for reason in result.reasons:
            if reason.outcome in _FATES:
                sentences.setdefault(reason.resource, f'"{reason.resource}" {_FATES[reason.outcome]}.')
    return sentences
