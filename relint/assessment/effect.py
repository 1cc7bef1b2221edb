"""The effect of one event on an entry: outcome, time to recover and loss of data, with the facts that say so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.assessment.detection import HealthCheck, left_out_fact, time_of_checks, time_to_replace
from relint.assessment.facts import Case, Fact, Interval, Outcome, find_fact
from relint.assessment.kinds import CACHES, STRUCTURAL
from relint.assessment.recovery import NONE, Effect, all_effects, combine_recoveries
from relint.assessment.result import Loss, Reason, Unknown, UnknownCode, longer, shorter, worse
from relint.resolve.value import Unknown as UnknownValue

if TYPE_CHECKING:
    from relint.assessment.abstract import Event
    from relint.assessment.engine import Effects
    from relint.assessment.parts import Part

_NEEDS: dict[str, tuple[UnknownCode, str]] = {
    "engine-unknown": ("param-value", "its engine"),
    "hosts-unknown": ("external-host", "the hosts on which its tasks run"),
    "replication-unknown": ("param-value", "the replicas of its topics, and how many of them must be in sync"),
    "two-zones-masters": ("placement", "whether the Region has three zones for its master nodes"),
    "zones-unknown": ("placement", "whether its subnets lie in several zones"),
}
"""What would decide where there is no fact, by the configuration."""


class Inventory(NamedTuple):
    """The knowledge about the parts: `configurations` by id, and the fact from which damaged data are restored.

    `checks` are the health checks of load balancers by the part to which they send requests.
    """

    parts: dict[str, Part]
    configurations: dict[str, str]
    restores: dict[str, Fact | UnknownValue | None]
    checks: dict[str, list[HealthCheck]]

    def fact(self, part_id: str, case: Case, *, in_zone: bool = False) -> Fact | None:
        """Return the fact about a part in a case, with the times that the template decides, or None.

        With `in_zone` a zone is lost, so that clients also have to forget its addresses.
        """
        resource_type, configuration = self.parts[part_id].resource.type, self.configurations[part_id]
        fact = find_fact(resource_type, configuration, "zone-takeover") if case == "takeover" and in_zone else None
        fact = fact or find_fact(resource_type, configuration, case)
        if fact is not None and fact.rto_from:
            fact = fact._replace(rto=self._time_of(fact, part_id, in_zone=in_zone))
        return self.parts[part_id].annotation.adjusted(fact, case)

    def _time_of(self, fact: Fact, part_id: str, *, in_zone: bool) -> Interval:
        checks = self.checks.get(part_id, [])
        if fact.rto_from == "replacement":
            return time_to_replace(self.parts[part_id], checks)
        return time_of_checks(checks, in_zone=in_zone)


class EventJudge:
    """The judge of events on one entry, in one bound."""

    def __init__(self, inventory: Inventory, effects: Effects, label: Callable[[Event], str], entry: str) -> None:
        self._inventory = inventory
        self._holders = {name for name in effects.names if inventory.parts[name].redundancy.state == "durable"}
        if inventory.parts[entry].resource.type in CACHES:
            self._holders.add(entry)  # it is assessed for the data that it holds
        self._effects = effects
        self._label = label
        self._by_zones: dict[frozenset[int], Effect] = {}
        self._by_event: dict[Event, Effect] = {}
        self._standing: dict[str, Effect] = {}
        self._kept_losses: dict[str, tuple[Loss | None, list[Unknown]]] = {}
        self._with_alternatives = [name for name in effects.names if effects.nodes[name].alternatives]

    def judge(self, event: Event, entry: str) -> Effect:
        """Return the effect of an event in the worst way in which it may happen."""
        if event not in self._by_event:
            found = [self._judge_cause(event, cause, entry) for cause in self._effects.causes_of(event)]
            self._by_event[event] = max(found, key=lambda effect: effect.rank)
        return self._by_event[event]

    def standing(self, kind: str) -> Effect:
        """Return what the services that AWS keeps do in any event of a kind; those in zones are judged by zone."""
        if kind not in self._standing:
            self._standing[kind] = all_effects(
                self._from_fact(name, "regional", "any")
                for name in self._effects.names
                if self._is_kept(name, kind) and self._inventory.parts[name].resource.type not in STRUCTURAL
            )
        return self._standing[kind]

    def _is_kept(self, name: str, kind: str) -> bool:
        if kind == "zone" and self._effects.nodes[name].units:
            return False
        return not self._effects.has_units_that_fail_alone(name) and self._inventory.parts[name].redundancy.scope in (
            "regional",
            "zonal",
            "global",
        )

    def _judge_cause(self, event: Event, cause: int, entry: str) -> Effect:
        zones = self._effects.lost_zones(cause)
        if zones not in self._by_zones:
            effect = self._effect_of(event, cause, entry)
            if not zones:
                return effect
            self._by_zones[zones] = effect
        return self._by_zones[zones]

    def _effect_of(self, event: Event, cause: int, entry: str) -> Effect:
        hits = [
            self._from_fact(name, "takeover", self._label(event), in_zone=event.kind == "zone")
            for name in self._effects.hit_nodes(cause)
            if self._effects.has_enough_units(name, cause)
        ]
        if self._effects.is_up(entry, cause):
            return all_effects([*hits, *self._left_out(event, cause)])
        return all_effects([*hits, self._recovery(event, cause, entry)])

    def _left_out(self, event: Event, cause: int) -> Iterator[Effect]:
        """Yield what parts do of whose alternatives some do not work, until requests no longer go to these."""
        stopped = set(self._effects.stopped(cause))
        for name in self._with_alternatives if stopped else ():
            groups = self._effects.nodes[name].alternatives
            lost = stopped.intersection(other for group in groups for other in group)
            if not lost:
                continue
            part = self._inventory.parts[name]
            is_first = any(group[0] in lost for group in groups if group)
            fact = left_out_fact(part, in_zone=event.kind == "zone", is_first=is_first)
            reasons = (Reason(part.name, self._label(event), fact.outcome, fact.id, fact.rto),) if fact else ()
            yield Effect(fact.outcome if fact else "degraded", rto=fact.rto if fact else Interval(), reasons=reasons)

    def _recovery(self, event: Event, cause: int, entry: str) -> Effect:
        """Return the effect on an entry that does not work."""
        case: Case = "hardware" if event.kind == "hardware" else "zone"
        label = self._label(event)
        lacking = self._effects.lacking(cause)
        own = {name: self._from_fact(name, case, label, least="interruption") for name in lacking}
        return combine_recoveries(self._effects.nodes, self._effects.stopped(cause), entry, own)

    def _from_fact(
        self, name: str, case: Case, event: str, least: Outcome = "no_outage", *, in_zone: bool = False
    ) -> Effect:
        part = self._inventory.parts[name]
        fact = self._inventory.fact(name, case, in_zone=in_zone)
        if fact is None or fact.outcome == "unknown":
            code, needs = self._missing(name, case)
            reason = Reason(part.name, event, "unknown", fact.id if fact else "", Interval())
            unknown = Unknown(code, part.name, needs)
            return Effect(least, is_unknown=True, rto=Interval(), reasons=(reason,), unknowns=(unknown,))
        rto = fact.rto
        unknowns: tuple[Unknown, ...] = ()
        if fact.outcome == "outage_self_heals" and rto.hi is None:
            unknowns = (Unknown("boot-time", part.name, "the time to start it again"),)
        reason = Reason(part.name, event, fact.outcome, fact.id, rto)
        return Effect(worse(fact.outcome, least), rto=rto, reasons=(reason,), unknowns=unknowns)

    def _missing(self, name: str, case: Case) -> tuple[UnknownCode, str]:
        """Return what would decide a case about which there is no fact."""
        resource_type = self._inventory.parts[name].resource.type
        needs = _NEEDS.get(self._inventory.configurations[name])
        if needs is not None:
            return needs
        code: UnknownCode = "unsupported-type" if resource_type.startswith("AWS::") else "custom-resource"
        return code, f"a fact about {resource_type} ({case})"

    def losses(self, kind: str, events: Iterable[Event]) -> tuple[Loss | None, list[Unknown]]:
        """Return the greatest loss of data in any of several events of a kind, and what is unknown about it."""
        if kind not in self._kept_losses:
            self._kept_losses[kind] = self._losses_of_kept(kind)
        loss, unknowns = self._kept_losses[kind][0], list(self._kept_losses[kind][1])
        hits: dict[tuple[str, Case], None] = {}
        judged: set[frozenset[int]] = set()
        for event in events:
            for cause in self._effects.causes_of(event):
                zones = self._effects.lost_zones(cause)
                if zones and zones in judged:
                    continue
                judged.add(zones)
                for name in self._effects.hit_nodes(cause):
                    case: Case = "hardware" if kind == "hardware" else "zone"
                    hits[name, "takeover" if self._effects.has_enough_units(name, cause) else case] = None
        for name, case in hits:
            if name in self._holders:
                loss = greater(loss, self._loss_of(name, case, kind, unknowns))
        return loss, list(dict.fromkeys(unknowns))

    def _losses_of_kept(self, kind: str) -> tuple[Loss | None, list[Unknown]]:
        """Return the greatest loss of data in any event of a kind of parts of which it takes no unit away."""
        unknowns: list[Unknown] = []
        loss: Loss | None = None
        for name in self._effects.names:
            if name in self._holders:
                units = self._effects.nodes[name].units
                untouched = any(unit.fails_alone for unit in units) or (kind == "zone" and bool(units))
                loss = greater(loss, Loss(NONE) if untouched else self._loss_of(name, "regional", kind, unknowns))
        return loss, unknowns

    def _loss_of(self, name: str, case: Case, kind: str, unknowns: list[Unknown]) -> Loss:
        part, fact = self._inventory.parts[name], self._inventory.fact(name, case, in_zone=kind == "zone")
        if fact is not None and fact.rpo_from == "backup":
            restore = self._inventory.restores[name]
            if restore is None:
                return Loss(None, is_total=True)
            if isinstance(restore, UnknownValue):
                unknowns.append(Unknown("param-value", part.name, restore.reason))
                return Loss(None, may_be_total=True)
            fact = restore
        if fact is None or fact.rpo is None:
            code = "param-value" if isinstance(self._inventory.restores.get(name), UnknownValue) else "unsupported-type"
            unknowns.append(Unknown(code, part.name, f"the data that it loses ({case})"))  # type: ignore[arg-type]
            return Loss(None)
        return Loss(fact.rpo)


def greater(left: Loss | None, right: Loss | None) -> Loss | None:
    """Return the greater one of two losses; None is no data at all."""
    if left is None or right is None:
        return left or right
    if left.is_total or right.is_total:
        return Loss(None, is_total=True)
    may_be_total = left.may_be_total or right.may_be_total
    if left.interval is None or right.interval is None:
        known = left.interval or right.interval
        return Loss(Interval(known.lo, None, "unknown") if known else None, may_be_total=may_be_total)
    return Loss(longer(left.interval, right.interval), may_be_total=may_be_total)


def loss_between(best: Loss | None, worst: Loss | None) -> Loss:
    """Return a loss that is at least the better and at most the worse one of two."""
    if best is None or worst is None or best.interval is None or worst.interval is None:
        known = best.interval if best is not None else None
        return Loss(Interval(known.lo, None, "unknown") if known else None)
    low = shorter(best.interval, worst.interval).lo
    return Loss(Interval(low, longer(best.interval, worst.interval).hi, "unknown"))
