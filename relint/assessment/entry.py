"""The assessment of one entry, in both bounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial

from relint._typing import TYPE_CHECKING, Literal
from relint.assessment.abstract import REGION, Event
from relint.assessment.data_events import region_result, software_result
from relint.assessment.disruption import DISRUPTIONS, Disruption
from relint.assessment.effect import EventJudge, loss_between
from relint.assessment.engine import Effects
from relint.assessment.events import Bound, event_label, event_results, region_event
from relint.assessment.facts import Interval, fact_with_id
from relint.assessment.kinds import STRUCTURAL
from relint.assessment.reach import names_on_path, stated_names
from relint.assessment.recovery import Effect, all_effects
from relint.assessment.result import (
    Confidence,
    EntryResult,
    EventResult,
    Loss,
    Reason,
    Result,
    SinglePoints,
    Unknown,
    longer,
    weakest,
)
from relint.model.system.entry_points import BEHIND_OTHERS
from relint.resolve.value import is_call

if TYPE_CHECKING:
    from relint.assessment.builder import Model
    from relint.assessment.effect import Inventory
    from relint.assessment.parts import Part, Parts

_EVENT_KINDS: dict[Disruption, str] = {"Hardware": "hardware", "AZ": "zone", "Region": "region"}


class EntryAssessor:
    """The assessment of one entry of a system; `names` are the parts on which it depends, itself included."""

    def __init__(self, parts: Parts, inventory: Inventory, models: tuple[Model, Model], entry: str) -> None:
        self._parts = parts
        self._inventory = inventory
        self._entry = entry
        self._bounds = [
            (effects, EventJudge(inventory, effects, partial(event_label, model, parts.parts), entry))
            for model in models
            for effects in [Effects(model.system, entry, pessimistic=model.is_pessimistic)]
        ]
        self._models = models
        self._label = partial(event_label, models[0], parts.parts)
        pessimistic = self._bounds[1][0]
        self.names: list[str] = sorted(pessimistic.names)
        self._stated = stated_names(parts, entry, self.names)

    @property
    def event_work(self) -> int:
        """The number of events times that of the parts that they may stop."""
        return len(self._bounds[0][0].events) * len(self.names)

    @property
    def pair_work(self) -> int:
        """The cost of judging pairs of events."""
        return self._bounds[0][0].pair_work

    def assess(self, kind: Literal["entry", "data_root"], names: tuple[str, ...], *, with_pairs: bool) -> EntryResult:
        """Return the results for all types of disruptions, and on request the pairs of events that stop the entry."""
        part = self._parts.parts[self._entry]
        pairs = self._pairs() if with_pairs else None
        results = {disruption: self._result(disruption) for disruption in DISRUPTIONS}
        return EntryResult(
            id=part.name,
            part=part.id,
            name=part.template.written_names.get(part.resource.logical_id, part.resource.logical_id),
            type=part.resource.type,
            kind=kind,
            names=names,
            path=tuple(names_on_path(self._parts, self._entry, self.names)),
            parts=tuple(self._parts.parts[name].name for name in self.names),
            results=tuple(
                result._replace(cut_sets=self._cut_sets(disruption, pairs)) for disruption, result in results.items()
            ),
            single_points=self._single_points(),
            events=tuple(self._events(results["Region"])),
            pairs=None if pairs is None else tuple((self._label(left), self._label(right)) for left, right in pairs),
            assumptions=tuple(self._assumptions()),
            notes=tuple(self._notes()),
        )

    def _result(self, disruption: Disruption) -> Result:
        if disruption == "Software":
            return software_result(self._durable(), self._inventory, self._undecided)
        if disruption == "Region":
            stops = REGION in self._bounds[0][0].single_events()
            standing = Effect() if stops else self._bounds[1][1].standing("region")
            return region_result(self._durable(), self._inventory, standing, self._undecided, stops=stops)
        kind = "hardware" if disruption == "Hardware" else "zone"
        return self._result_of(disruption, [effects.events_of(kind) for effects, _ in self._bounds])

    def _events(self, region: Result) -> Iterator[EventResult]:
        """Yield the effect of each single event; damaged data are an event of each part that holds some."""
        undecided = self._undecided
        for part in self._durable():
            result = software_result([part], self._inventory, undecided)
            yield EventResult(f"the data of {part.name}", part.id, result, hit=(part.id,))
        bounds = [Bound(model, effects) for model, (effects, _) in zip(self._models, self._bounds, strict=True)]
        yield from event_results(bounds, self._parts.parts, self._result_of)
        yield region_event(bounds, region)

    def _result_of(self, disruption: Disruption, events: Sequence[Sequence[Event]]) -> Result:
        """Return the effect of the worst one of some events: those of the better bound, and those of the worse one."""
        kind = "hardware" if disruption == "Hardware" else "zone"
        bounds = [self._worst(judge, kind, known) for (_, judge), known in zip(self._bounds, events, strict=True)]
        (best, best_loss), (worst, worst_loss) = bounds
        agree = best.outcome == worst.outcome
        undecided = self._undecided
        is_unknown = not agree or best.is_unknown or worst.is_unknown or bool(undecided)
        unknowns = [*worst.unknowns, *best.unknowns, *undecided]
        if not agree:
            unknowns += self._open_numbers
        losses = {best_loss[0], worst_loss[0]}
        loss = worst_loss[0] if len(losses) == 1 else loss_between(best_loss[0], worst_loss[0])
        unknowns += worst_loss[1]
        return Result(
            disruption=disruption,
            outcome="unknown" if is_unknown else worst.outcome,
            worst_known=best.outcome,
            rto=Interval(
                lo=min(best.rto.lo, worst.rto.lo),
                hi=None if is_unknown else longer(best.rto, worst.rto).hi,
                tail=longer(best.rto, worst.rto).tail,
            ),
            rpo=loss,
            confidence=self._confidence(worst.reasons, kind, is_unknown=is_unknown),
            reasons=worst.reasons if not is_unknown else tuple(dict.fromkeys((*best.reasons, *worst.reasons))),
            unknowns=tuple(dict.fromkeys(unknowns)),
        )

    def _worst(
        self, judge: EventJudge, kind: str, events: Sequence[Event]
    ) -> tuple[Effect, tuple[Loss | None, list[Unknown]]]:
        """Return the effect of the worst one of some events, and the greatest loss of data in any of them."""
        found = [judge.judge(event, self._entry) for event in events]
        loss, unknowns = judge.losses(kind, events)
        worst = max(found, key=lambda effect: effect.rank, default=Effect())
        longest = all_effects([Effect(rto=effect.rto, is_unknown=effect.is_unknown) for effect in found])
        unknown = [item for effect in found for item in effect.unknowns if effect.is_unknown]
        others = Effect(is_unknown=longest.is_unknown, rto=longest.rto, unknowns=tuple(unknown))
        lost = [Effect("data_loss_unrecoverable", rto=Interval())] if loss is not None and loss.is_total else []
        if loss is not None and loss.may_be_total:
            lost.append(Effect(is_unknown=True, rto=Interval()))
        return all_effects([worst, others, judge.standing(kind), *lost]), (loss, unknowns)

    def _durable(self) -> list[Part]:
        parts = (self._parts.parts[name] for name in self.names)
        return [part for part in parts if part.redundancy.state == "durable"]

    def _confidence(self, reasons: tuple[Reason, ...], kind: str, *, is_unknown: bool) -> Confidence:
        if is_unknown:
            return "unknown"
        found: list[Confidence] = []
        if reasons:
            found.append("assumed")  # facts about services, which are documented and not proven
        if kind == "zone" and self._relies_on_spread:
            found.append("expected")
        return weakest(found)

    @cached_property
    def _undecided(self) -> list[Unknown]:
        """The values that the assumed deployment leaves open, once for all events."""
        return list(dict.fromkeys(self._read_undecided()))

    @cached_property
    def _open_numbers(self) -> list[Unknown]:
        """The numbers of units and zones that the template leaves open, once for all events."""
        return list(self._read_open_numbers())

    @cached_property
    def _relies_on_spread(self) -> bool:
        """Whether AWS spreads the units of a part as well as it can."""
        return any(self._parts.parts[name].redundancy.spread == "expected" for name in self.names)

    def _read_undecided(self) -> Iterator[Unknown]:
        """Yield what the assumed deployment leaves to parameters and conditions without a default."""
        names = set(self.names)
        for name in self.names:
            part = self._parts.parts[name]
            if part.undecided and part.resource.type not in STRUCTURAL:
                yield Unknown("param-value", part.name, f"the value of {', '.join(part.undecided)}")
        decided = [
            (dependency.source, dependency.undecided)
            for name in self.names
            for dependency in self._parts.outgoing.get(name, ())
            if dependency.relation is None or dependency.relation.plane == "serve"
        ]
        for source, choices in (*decided, *self._parts.possible):
            if choices and source in names:
                yield Unknown("param-value", self._parts.parts[source].name, f"the value of {', '.join(choices)}")

    def _read_open_numbers(self) -> Iterator[Unknown]:
        """Yield the numbers of units and zones that the template leaves open."""
        for name in self.names:
            part = self._parts.parts[name]
            if part.redundancy.units.unknown is not None and part.redundancy.scope == "unit":
                yield Unknown("param-value", part.name, part.redundancy.units.unknown.reason)
            elif part.redundancy.zones.unknown is not None:
                code = "list-length" if any(place.is_list for place in part.redundancy.places) else "placement"
                yield Unknown(code, part.name, part.redundancy.zones.unknown.reason)  # type: ignore[arg-type]
            elif any(is_call(place.zone, "Anywhere") for place in part.redundancy.places):
                yield Unknown("placement", part.name, "the zones in which AWS places its instances")

    def _single_points(self) -> SinglePoints:
        effects, judge = self._bounds[0]
        certain, possible = (bound.single_events() for bound, _ in self._bounds)
        parts = self._parts.parts
        stopping = {event for event in certain if event.kind == "hardware"}
        interrupting = {
            parts[event.node].name
            for event in effects.events
            if event.kind == "hardware"
            and event not in stopping
            and judge.judge(event, self._entry).outcome == "interruption"
        }
        instances = {parts[event.node].name for event in stopping}
        zonal = self._zonal(certain, effects) | self._stopped_by_zones()
        services = {
            parts[name].name
            for name in self.names
            if parts[name].redundancy.scope in ("regional", "global") and parts[name].resource.type not in STRUCTURAL
        }
        return SinglePoints(
            instance=tuple(sorted(instances)),
            interrupting=tuple(sorted(interrupting)),
            zonal=tuple(sorted(zonal)),
            service=tuple(sorted(services)),
            instance_possible=tuple(
                sorted({parts[event.node].name for event in possible if event.kind == "hardware"} - instances)
            ),
            zonal_possible=tuple(sorted(self._zonal(possible, self._bounds[1][0]) - zonal)),
        )

    def _stopped_by_zones(self) -> set[str]:
        """Return the names of the parts that stop with a zone although enough of their units are left."""
        effects, judge = self._bounds[0]
        reasons = (reason for event in effects.events_of("zone") for reason in judge.judge(event, self._entry).reasons)
        return {
            reason.resource
            for reason in reasons
            if reason.outcome == "outage_self_heals" and fact_with_id(reason.fact).case == "zone-takeover"
        }

    def _zonal(self, single: Iterable[Event], effects: Effects) -> set[str]:
        """Return the names of the parts of which a zone that stops the entry leaves too few units."""
        return {
            self._parts.parts[name].name
            for event in single
            if event.kind == "zone"
            for cause in effects.causes_of(event)
            if not effects.is_up(self._entry, cause)
            for name in effects.lacking(cause)
        }

    def _pairs(self) -> tuple[tuple[Event, Event], ...] | None:
        return self._bounds[0][0].cut_sets().double

    def _cut_sets(
        self, disruption: Disruption, pairs: tuple[tuple[Event, Event], ...] | None
    ) -> tuple[tuple[str, ...], ...]:
        """Return the minimal sets of events that stop the entry and of which one is a disruption of a type."""
        kind = _EVENT_KINDS.get(disruption)
        singles = ((event,) for event in self._bounds[0][0].single_events() if event.kind == kind)
        double = (pair for pair in pairs or () if any(event.kind == kind for event in pair))
        return tuple(tuple(self._label(event) for event in events) for events in (*singles, *double))

    def _notes(self) -> Iterator[str]:
        for name in self.names:
            part = self._parts.parts[name]
            yield from part.annotation.notes(part.name, part.resource.type)

    def _assumptions(self) -> Iterator[str]:
        if self._parts.parts[self._entry].resource.type in BEHIND_OTHERS:
            yield "what sends it requests is in another stack, and works"
        for name in self.names:
            part = self._parts.parts[name]
            number = part.redundancy.units.lower
            is_open = part.annotation.need is None and part.redundancy.state == "none"
            if part.redundancy.scope == "unit" and number > 1 and is_open:
                yield f"1 of {number} of {part.name} is enough"
            if part.redundancy.scope == "unit" and number == 0:
                yield f"{part.name} runs one unit, although its least size is 0 or open"
            if any(dependency.relation is None for dependency in self._parts.outgoing.get(name, ())):
                yield f"the tasks of {part.name} run on different hosts"
        hints = sorted(self._parts.parts[name].name for name in set(self.names) - self._stated)
        if hints:
            yield f"what knows the address of {', '.join(hints)} fails without it"
