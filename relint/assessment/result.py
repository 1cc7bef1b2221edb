"""Results of an assessment."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any, Literal, NamedTuple
from relint.assessment.disruption import Disruption
from relint.assessment.facts import OUTCOMES, Interval, Outcome, Tail

if TYPE_CHECKING:
    from relint.assessment.listed import Listing
    from relint.assessment.records import Change, Policy, RecoveryDependency, Sla, Verdict
    from relint.finding import Failure

Confidence = Literal["proven", "expected", "assumed", "unknown"]
"""Whether a result holds for any deployment, relies on a balanced spread, on a documented "typically" or a hint."""

CONFIDENCES: tuple[Confidence, ...] = ("proven", "expected", "assumed", "unknown")

UnknownCode = Literal[
    "param-value",
    "import",
    "list-length",
    "placement",
    "data-size",
    "boot-time",
    "capacity-need",
    "criticality",
    "custom-resource",
    "external-host",
    "account-policy",
    "unsupported-type",
]
"""The kinds of facts that these files do not contain."""


class Unknown(NamedTuple):
    """A fact that would decide a result, and the resource that it is about."""

    code: UnknownCode
    resource: str
    needs: str


class Reason(NamedTuple):
    """The fate of a resource in the worst event, and the fact that says so; without one nobody knows."""

    resource: str
    event: str
    outcome: Outcome
    fact: str
    rto: Interval


class Loss(NamedTuple):
    """Seconds of data that are lost; with `is_total` all of them, without `interval` none can be.

    With `may_be_total` these files leave open if there is a copy from which they are restored.
    """

    interval: Interval | None
    is_total: bool = False
    may_be_total: bool = False


class Result(NamedTuple):
    """The effect of one type of disruption on an entry, in the worst event of that type.

    If `outcome` is unknown, `worst_known` is the least that happens. `rto` is None if it does not apply, or if there is
    no path to recovery in these files, which `has_no_path` says. `rpo` is None without durable data. `cut_sets` are the
    minimal sets of events of this type that stop the entry, of one event, or of two of which one has this type.
    """

    disruption: Disruption
    outcome: Outcome
    worst_known: Outcome
    rto: Interval | None
    rpo: Loss | None
    confidence: Confidence
    reasons: tuple[Reason, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    has_no_path: bool = False
    is_restore: bool = False
    cut_sets: tuple[tuple[str, ...], ...] = ()

    @property
    def statically_stable(self) -> Literal["yes", "no", "unknown"]:
        """Whether what is left is enough, so that nothing has to be started, restored or deployed."""
        if self.worst_known in ("outage_self_heals", "outage_manual", "data_loss_unrecoverable"):
            return "no"
        return "unknown" if self.outcome in ("unknown", "not_applicable") else "yes"


class SinglePoints(NamedTuple):
    """Resources with which the entry stops, or which interrupt it, by the kind of event.

    With the possible ones it stops if what the template leaves open is at its worst.
    """

    instance: tuple[str, ...]
    interrupting: tuple[str, ...]
    zonal: tuple[str, ...]
    service: tuple[str, ...]
    instance_possible: tuple[str, ...] = ()
    zonal_possible: tuple[str, ...] = ()


class EventResult(NamedTuple):
    """The effect of one event on an entry; `result.disruption` is its type.

    `part` is the id of the part of which a host fails, which lies in the zone that is lost, or whose data are damaged;
    "" for the Region, and for a zone that the template names. `hit` are the ids of the parts that lose units or data,
    `down` of those that do not work then, and `possibly_down` of those that do not if what the template leaves open is
    at its worst. A part that is hit and not down goes on with less. `key` is that of the class of zones that is
    lost.
    """

    label: str
    part: str
    result: Result
    hit: tuple[str, ...]
    down: tuple[str, ...] = ()
    possibly_down: tuple[str, ...] = ()
    key: object = None


class EntryResult(NamedTuple):
    """The assessment of an entry: a request or work enters there, or (`data_root`) it is data that nothing here uses.

    `id` is its logical id, after those of the nested stacks that lead to it, with the file before it where two have the
    same one; `part` is the id of its part. `parts` are the names of all on which it depends, itself included, and
    `path` of those that do work, nearest first. `results` are those of the worst event of each type, and `events` those
    of all single events, in the order of types. `pairs` are the pairs of events that stop it although neither of them
    does alone; None if there are too many.
    """

    id: str
    part: str
    name: str
    type: str
    kind: Literal["entry", "data_root"]
    names: tuple[str, ...]
    path: tuple[str, ...]
    parts: tuple[str, ...]
    results: tuple[Result, ...]
    single_points: SinglePoints
    pairs: tuple[tuple[str, str], ...] | None
    assumptions: tuple[str, ...]
    events: tuple[EventResult, ...] = ()
    sla: Sla | None = None
    verdicts: tuple[Verdict, ...] = ()
    changes: tuple[Change, ...] = ()
    recovery_dependencies: tuple[RecoveryDependency, ...] = ()
    notes: tuple[str, ...] = ()


class Input(NamedTuple):
    """A file that was read, and the SHA-256 of its text in UTF-8."""

    path: str
    sha256: str


class ParameterValue(NamedTuple):
    """A parameter of a template and its value in the assumed deployment; None if it has none, or is a secret."""

    template: str
    name: str
    value: str | None
    source: Literal["given", "default", "none"]


class Assessment(NamedTuple):
    """The assessment of the systems that some templates describe, in the assumed deployment.

    `listing` is the system that was judged; `assessed` of its `resources` are on the path of an entry.
    `without_backend` are entries behind which these files have nothing that does work, and `too_large` those for which
    the time was too short. `system` is that of which `relint.assessment.scene.build.scene_of` returns the scene: its
    parts, and the state of each in every event. `untried` are values of parameters of which nobody knows what they
    change.
    """

    files: tuple[str, ...]
    inputs: tuple[Input, ...]
    parameters: tuple[ParameterValue, ...]
    listing: Listing
    entries: tuple[EntryResult, ...]
    without_backend: tuple[str, ...]
    too_large: tuple[str, ...]
    assessed: int
    resources: int
    failures: tuple[Failure, ...] = ()
    policies: tuple[Policy, ...] = ()
    system: Any = None
    untried: tuple[str, ...] = ()


def worse(left: Outcome, right: Outcome) -> Outcome:
    """Return the worse one of two known outcomes."""
    return max(left, right, key=OUTCOMES.index)


def longer(left: Interval, right: Interval) -> Interval:
    """Return the interval of the later one of two ends of an outage that began together."""
    hi = None if left.hi is None or right.hi is None else max(left.hi, right.hi)
    tails: tuple[Tail, ...] = ("bounded", "typical", "unknown")
    return Interval(max(left.lo, right.lo), hi, max(left.tail, right.tail, key=tails.index))


def shorter(left: Interval, right: Interval) -> Interval:
    """Return the interval of the earlier one of two ends of an outage that began together."""
    highs = [interval.hi for interval in (left, right) if interval.hi is not None]
    return Interval(min(left.lo, right.lo), min(highs) if highs else None, "unknown")


def weakest(confidences: list[Confidence]) -> Confidence:
    """Return the confidence that is the least of several; "proven" without any."""
    return max(confidences, key=CONFIDENCES.index, default="proven")


def time_class(interval: Interval | None, *, has_no_path: bool = False, is_restore: bool = False) -> str:
    """Return the class of a time to recover: that of its upper end, else "unknown" with that of its lower end."""
    if has_no_path:
        return "no_path"
    if interval is None:
        return "n/a"
    if is_restore:
        return "hours_or_more"
    if interval.hi is None:
        return f"unknown(>={_class_of(interval.lo)})"
    return _class_of(interval.hi)


def loss_class(loss: Loss | None) -> str:
    """Return the class of a loss of data."""
    if loss is None:
        return "n/a"
    if loss.is_total:
        return "total_loss"
    if loss.interval is None or loss.interval.hi is None:
        return "unknown"
    seconds = loss.interval.hi
    for limit, name in ((0, "zero"), (59, "seconds"), (900, "minutes"), (86_399, "hours"), (129_600, "day")):
        if seconds <= limit:
            return name
    return "days"


def _class_of(seconds: int) -> str:
    classes = ((0, "none"), (59, "seconds"), (900, "minutes"), (3600, "tens_of_minutes"), (86_400, "hours"))
    return next((name for limit, name in classes if seconds <= limit), "days")
