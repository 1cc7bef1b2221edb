"""Verdicts: whether the results of an assessment keep the targets of policies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from relint._typing import TYPE_CHECKING
from relint.assessment.disruption import DISRUPTIONS
from relint.assessment.records import Target, Verdict

if TYPE_CHECKING:
    from relint.assessment.disruption import Disruption
    from relint.assessment.facts import Interval
    from relint.assessment.records import Measure, Policy, VerdictName
    from relint.assessment.result import Assessment, EntryResult, Result

_MEASURES: tuple[Measure, ...] = ("rto", "rpo")
_ONLY_TIME = ("boot-time", "data-size")
"""Codes of what is unknown about times to recover, which says nothing about lost data."""

_LOST = "these files have no copy of the data that would be left"
_NO_TARGET = Target(None, None)
_ORDER: tuple[VerdictName, ...] = ("breached", "undetermined", "met", "not_judged")
"""The verdicts in the order in which one of several counts."""


def with_verdicts(assessment: Assessment, policies: Sequence[Policy]) -> Assessment:
    """Return the assessment with the verdicts of policies on each entry.

    A policy gets a note for each entry for which it has targets, but which is not there.
    """
    return assessment._replace(
        policies=tuple(_with_notes(policy, assessment.entries) for policy in policies),
        entries=tuple(
            entry._replace(verdicts=tuple(verdict for policy in policies for verdict in judge(entry, policy)))
            for entry in assessment.entries
        ),
    )


def judge(entry: EntryResult, policy: Policy) -> Iterator[Verdict]:
    """Yield the verdicts of a policy on an entry, for both measures of each type of disruption, and availability."""
    results = {result.disruption: result for result in entry.results}
    for disruption in DISRUPTIONS:
        target = target_of(policy, entry, disruption)
        for measure in _MEASURES:
            yield _verdict(policy, results[disruption], target, measure)
    if policy.availability is not None or policy.availability_needs:
        yield _availability_verdict(policy, entry)


def target_of(policy: Policy, entry: EntryResult, disruption: Disruption) -> Target:
    """Return the target of a policy for an entry; what it sets for the entry itself wins."""
    target = policy.targets.get(disruption, _NO_TARGET)
    for name, targets in policy.entries.items():
        own = targets.get(disruption) if _is_meant(name, entry) else None
        if own is not None and (own.rto is not None or own.rto_needs):
            target = target._replace(rto=own.rto, rto_needs=own.rto_needs, rto_path=own.rto_path)
        if own is not None and (own.rpo is not None or own.rpo_needs):
            target = target._replace(rpo=own.rpo, rpo_needs=own.rpo_needs, rpo_path=own.rpo_path)
    return target


def worst_verdict(verdicts: Iterable[Verdict]) -> VerdictName:
    """Return the verdict of several targets together: one that is breached or undetermined decides."""
    return min((verdict.verdict for verdict in verdicts), key=_ORDER.index, default="not_judged")


def verdicts_by_policy(entry: EntryResult, disruption: str) -> dict[str, VerdictName]:
    """Return the verdict of each policy on an entry in one type of disruption, both measures together."""
    verdicts = [verdict for verdict in entry.verdicts if verdict.disruption == disruption]
    names = dict.fromkeys(verdict.policy for verdict in verdicts)
    return {name: worst_verdict(verdict for verdict in verdicts if verdict.policy == name) for name in names}


def _verdict(policy: Policy, result: Result, target: Target, measure: Measure) -> Verdict:
    name, needs, says = _compared(result, target, measure)
    interval = _interval_of(result, measure)
    return Verdict(
        policy=policy.name,
        disruption=result.disruption,
        measure=measure,
        verdict=name,
        target=target.seconds(measure),
        needs=needs,
        is_typical=name == "met" and interval is not None and interval.tail == "typical" and interval.hi != 0,
        says=says,
        least=interval.lo if name == "breached" and interval is not None and says != _LOST else None,
    )


def _compared(result: Result, target: Target, measure: Measure) -> tuple[VerdictName, tuple[str, ...], str]:
    """Return the verdict on one measure, what would decide it, and the reason of a breach."""
    limit = target.seconds(measure)
    if target.needs(measure):
        return "undetermined", (f"the target: {target.needs(measure)}",), ""
    if limit is None or result.outcome == "not_applicable":
        return "not_judged", (), ""
    if result.outcome == "data_loss_unrecoverable" or (_is_certain(result) and _loses_all(result, measure)):
        return "breached", (), _LOST
    interval = _interval_of(result, measure)
    if measure == "rpo" and result.rpo is None:
        return "met", (), ""  # there is no durable data that could be lost
    if interval is not None and interval.lo > limit and _is_certain(result):
        return "breached", (), f"it is at least {interval.lo} s"
    is_known = result.outcome != "unknown" and result.confidence != "unknown"
    if interval is not None and interval.hi is not None and interval.hi <= limit and is_known:
        return "met", (), ""
    return "undetermined", tuple(_needs(result, interval, measure)), ""


def _is_certain(result: Result) -> bool:
    """Whether the least that is known holds in any deployment: no value that is open could make it better."""
    return result.outcome != "unknown" or all(unknown.code != "param-value" for unknown in result.unknowns)


def _loses_all(result: Result, measure: Measure) -> bool:
    is_total = measure == "rpo" and result.rpo is not None and result.rpo.is_total
    return is_total or result.worst_known == "data_loss_unrecoverable"


def _interval_of(result: Result, measure: Measure) -> Interval | None:
    if measure == "rto":
        return result.rto
    return result.rpo.interval if result.rpo is not None else None


def _needs(result: Result, interval: Interval | None, measure: Measure) -> Iterator[str]:
    """Yield the facts that would decide a measure; where AWS states no bound, a measurement."""
    unknowns = [one for one in result.unknowns if measure == "rto" or one.code not in _ONLY_TIME]
    for unknown in unknowns:
        yield f"{unknown.code}: {unknown.needs} ({unknown.resource})"
    if unknowns:
        return
    if result.has_no_path and measure == "rto":
        yield "a way to recover that is not in these files"
    elif interval is not None and interval.hi is not None:
        yield f"a measurement: it is {interval.lo} to {interval.hi} s, and the target lies between"
    else:
        yield "a measurement: no upper bound is stated for it"


def _availability_verdict(policy: Policy, entry: EntryResult) -> Verdict:
    """Return the verdict on the availability: promises of AWS may refute a target, but never prove it."""
    target = policy.availability
    promised = entry.sla.high if entry.sla is not None else None
    name: VerdictName = "undetermined"
    says, needs = "", "a measurement: agreements are promises of AWS, and leave out your code and operations"
    if policy.availability_needs:
        needs = f"the target: {policy.availability_needs}"
    elif target is not None and promised is not None and promised < target:
        name, needs = "breached", ""
        says = f"AWS promises no more than {promised:.2f} % for what it depends on"
    return Verdict(
        policy=policy.name,
        disruption="availability",
        measure="availability",
        verdict=name,
        target=target,
        needs=(needs,) if needs else (),
        says=says,
        least=promised if name == "breached" else None,
    )


def _is_meant(name: str, entry: EntryResult) -> bool:
    """Whether a name in a policy is that of an entry: its logical id, or with those of nested stacks before it."""
    own = entry.id.rpartition(":")[2]
    return name in (entry.id, entry.name, own, own.rpartition(".")[2], *entry.names)


def _with_notes(policy: Policy, entries: Sequence[EntryResult]) -> Policy:
    missing = [name for name in policy.entries if not any(_is_meant(name, entry) for entry in entries)]
    notes = [f"'{name}' is no entry of these files, so its targets are not used" for name in sorted(missing)]
    return policy._replace(notes=(*policy.notes, *notes))
