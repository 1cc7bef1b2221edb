"""The state of a box in an event, in a word that stands beside its glyph."""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.assessment.facts import Fact
from relint.assessment.scene.records import PartState
from relint.report.assessment.html.words import interval_words

if TYPE_CHECKING:
    from relint.assessment.scene.records import Condition, SceneEvent, ScenePart
    from relint.report.assessment.html.picture import Box, Group

UP = PartState("up")
_ORDER: tuple[Condition, ...] = ("up", "degraded", "unknown", "down")
_REPAIRS = {
    "outage_self_heals": "lost, replaced by itself",
    "outage_manual": "lost, needs a repair",
    "data_loss_unrecoverable": "lost with its data",
}


class BoxState(NamedTuple):
    """The state of a box, and the words for it."""

    condition: Condition
    words: str


def box_state(box: Box, group: Group, event: SceneEvent) -> BoxState:
    """Return the state of a box in an event."""
    if group.is_backup:
        return _backup_state(group, event)
    if len(group.parts) > 1:
        return _state_of_many(box, group, event)
    part = group.parts[0]
    state = event.states.get(part.id, UP)
    if event.disruption == "Software":
        return _damage_state(part, state)
    if event.disruption == "Region":
        return _region_state(part, state)
    units = [number for _, number in box.units]
    lost = sum(number in state.lost for number in units)
    if lost == len(units) or (lost and state.condition == "down"):
        return BoxState("down", _REPAIRS.get(state.outcome, "lost") if state.condition == "down" else "lost")
    if state.condition == "down":
        return BoxState("down", "cannot serve")
    if lost:
        return BoxState("degraded", _left(part, len(units) - lost, len(units)))
    if any(number in state.perhaps_lost for number in units):
        return BoxState("unknown", "perhaps lost")
    if state.condition == "unknown":
        return BoxState("unknown", "perhaps stops")
    if state.condition == "degraded":
        if state.outcome == "interruption":
            return BoxState("degraded", f"takes over{_takeover_time(part, state)}")
        return BoxState("degraded", _left(part, len(part.units) - len(state.lost), len(part.units)))
    return BoxState("up", "stands by" if box.is_spare else "serves")


def _left(part: ScenePart, left: int, units: int) -> str:
    """Return what is left of a part; the units of a service that AWS runs in several zones are its zones."""
    return f"goes on, {left} of {units} left" if part.scope == "unit" else "goes on in other zones"


def _takeover_time(part: ScenePart, state: PartState) -> str:
    fact = next((fact for fact in part.facts if fact.id in state.facts and fact.rto.hi is not None), None)
    return f", {interval_words(fact.rto).replace(', typically', '')}" if fact else ""


def _state_of_many(box: Box, group: Group, event: SceneEvent) -> BoxState:
    members: Mapping[str, PartState] = {part.id: event.states.get(part.id, UP) for part in group.parts}
    ids = list(dict.fromkeys(part_id for part_id, _ in box.units))
    conditions = [members[part_id].condition for part_id in ids]
    lost = {part_id for part_id, number in box.units if number in members[part_id].lost}
    worst = max(conditions, key=_ORDER.index)
    hit = sum(condition == worst for condition in conditions)
    if worst == "up":
        return BoxState("up", "all serve")
    if worst == "degraded" and not lost:
        return BoxState("degraded", f"{hit} of {len(ids)} go on with less")
    verb = {"degraded": "hit", "down": "down", "unknown": "perhaps down"}[worst]
    return BoxState(worst, f"{hit} of {len(ids)} {verb}")


def _damage_state(part: ScenePart, state: PartState) -> BoxState:
    if part.data != "durable":
        return BoxState("up", "serves")
    words = {"degraded": "damaged, restored by hand", "down": "damaged, nothing to restore"}
    return BoxState(state.condition, words.get(state.condition, "damaged, backups unknown"))


def _region_state(part: ScenePart, state: PartState) -> BoxState:
    if state.condition == "up":
        return BoxState("up", "serves")
    if part.scope == "global":
        return BoxState("down", "cannot serve")
    return BoxState("down", "lost, no copy elsewhere" if state.outcome == "data_loss_unrecoverable" else "lost")


def _backup_state(group: Group, event: SceneEvent) -> BoxState:
    restores = [part.restore for part in group.parts]
    if len(restores) > 1:
        kept = sum(isinstance(restore, Fact) for restore in restores)
        condition: Condition = "up" if kept == len(restores) else "degraded" if kept else "down"
        words = f"{kept} of {len(restores)} have backups"
    elif isinstance(restores[0], Fact):
        condition, words = "up", "kept"
        if event.disruption == "Software":
            words = "restores the data"
    elif restores[0] is None:
        condition, words = "down", "none in these files"
    else:
        condition, words = "unknown", "not decided by these files"
    if event.disruption == "Region" and condition == "up":
        lost = any(event.states.get(part.id, UP).outcome == "data_loss_unrecoverable" for part in group.parts)
        return BoxState("down", "lost with the Region") if lost else BoxState("unknown", "place of copies unknown")
    return BoxState(condition, words)
