"""The game day beside the picture: what to inject for each failure, what to expect, and what to watch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relint._typing import TYPE_CHECKING
from relint.assessment.gameday.plan import plan_game_day
from relint.report.assessment.html.markup import NOTHING, Content, Markup, element, join, table
from relint.report.assessment.html.words import loss_words, outcome_words, recovery_words
from relint.report.gameday.names import title

if TYPE_CHECKING:
    from relint.assessment.gameday.records import GameDayEvent, Prediction
    from relint.assessment.result import Assessment

_MAX_PREDICTIONS = 4


def render_game_day(assessment: Assessment) -> Markup:
    """Return the section; nothing without an event."""
    day = plan_game_day(assessment)
    if not day.events:
        return NOTHING
    text = (
        "From the mildest failure to the worst. Try each in a test environment, and write down what clients saw. "
        "The option --gameday writes a playbook for each, and the experiments for AWS Fault Injection Service."
    )
    head = ("Failure", "Inject", "Expect", "Watch")
    rows = (
        (f"{event.number}. {title(event)}", _injections(event), _predictions(event.predictions), _signals(event))
        for event in day.events
    )
    return join([element("h2", "Game day", id="game-day"), element("p", text), table("Experiments", head, rows)])


def _injections(event: GameDayEvent) -> Content:
    lines = [
        f"{injection.action.id} on {injection.part.name}" if injection.part else injection.action.id
        for injection in event.injections
    ]
    lines += [f"{f'{part.name}: ' if part else ''}{way.do}" for part, way in event.manual]
    return _listed(lines, "by hand")


def _predictions(predictions: Sequence[Prediction]) -> Content:
    lines = []
    for entry, event in predictions[:_MAX_PREDICTIONS]:
        if event is None:
            lines.append(f"{entry.id}: not assessed")
        else:
            result = event.result
            lines.append(
                f"{entry.id}: {outcome_words(result)}. RTO: {recovery_words(result)}. RPO: {loss_words(result.rpo)}."
            )
    if len(predictions) > _MAX_PREDICTIONS:
        lines.append(f"and {len(predictions) - _MAX_PREDICTIONS} more entries")
    return _listed(lines, "")


def _signals(event: GameDayEvent) -> Content:
    return _listed(list(_signal_lines(event)), "nothing in these files would notice")


def _signal_lines(event: GameDayEvent) -> Iterator[str]:
    for signal in event.signals:
        yield f"{signal.name} ({signal.file}:{signal.line}): {signal.says}"


def _listed(lines: Sequence[str], nothing: str) -> Content:
    if not lines:
        return nothing
    return join([element("div", line) for line in lines])
