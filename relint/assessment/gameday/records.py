"""Records of a game day."""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from relint.assessment.gameday.tables import EventKind, FisAction, ManualWay
    from relint.assessment.parts import Part
    from relint.assessment.result import EntryResult, EventResult


class Prediction(NamedTuple):
    """The effect that an event should have on an entry; without `event` the assessment does not judge it."""

    entry: EntryResult
    event: EventResult | None


class Signal(NamedTuple):
    """An alarm or a health check: its logical id, where it is, which part it watches and what it measures.

    `alarm` is the name of an alarm that can stop an experiment, "" for all other signals and for one that only scales.
    """

    name: str
    file: str
    line: int
    watches: str
    says: str
    alarm: str


class Injection(NamedTuple):
    """An action of FIS on a part; None for one on the subnets of a zone."""

    action: FisAction
    part: Part | None


class GameDayEvent(NamedTuple):
    """An event with the page that is written for it.

    `number` is its place from the mildest to the worst, 1-based, and `name` the part or zone of which it has its name.
    `hit` are the parts that it hits, `down` the names of those that do not work then, and `possibly_down` of those that
    do not if what the templates leave open is at its worst. `left_out` are injections beyond the number that FIS runs
    at once. `manual` is what people do about the parts that no injection hits, and `stop_alarms` the alarms that stop
    the injections.
    """

    number: int
    kind: EventKind
    name: str
    hit: tuple[Part, ...]
    down: tuple[str, ...]
    possibly_down: tuple[str, ...]
    predictions: tuple[Prediction, ...]
    injections: tuple[Injection, ...]
    left_out: tuple[Injection, ...]
    manual: tuple[tuple[Part | None, ManualWay], ...]
    signals: tuple[Signal, ...]
    stop_alarms: tuple[str, ...]


class GameDay(NamedTuple):
    """The events of a system, from the mildest to the worst.

    `places` are file and line of each part by its name, and `further` the actions of FIS that fit types of the system
    and inject none of the events.
    """

    events: tuple[GameDayEvent, ...]
    places: Mapping[str, tuple[str, int]]
    further: tuple[FisAction, ...]
