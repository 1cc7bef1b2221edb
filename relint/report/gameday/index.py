"""The index of a game day: its events in order, how to deploy the experiments, and what is left to people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING, Any
from relint.assessment.facts import OUTCOMES
from relint.report.assessment.words import outcome_words
from relint.report.gameday.names import page_name, title
from relint.report.markdown_text import code, escape

if TYPE_CHECKING:
    from relint.assessment.gameday.records import GameDay, GameDayEvent

_INTRODUCTION = """\
Each page fails one thing on purpose, and says beforehand what should happen. Go from the top to the bottom: the mildest
event is first, and what is unknown stands among the outages. Nothing here has been started, and relint starts nothing.

A page is replaced when relint writes the game day again, unless somebody has changed it: copy it to write on it."""

_DEPLOY = """\
Deploy each template as a stack of its own, into the account and Region of the system. Its roles may do what their
experiments need and no more; its log group keeps what FIS did.

```console
$ aws cloudformation deploy --template-file FILE --stack-name game-day --capabilities CAPABILITY_IAM \\
    --parameter-overrides NAME=VALUE ...
```

A physical id is what `aws cloudformation describe-stack-resource --stack-name STACK --logical-resource-id NAME` prints;
for a resource of a nested stack, STACK is that stack. Some actions hit only a few resources unless you raise a
[quota of FIS](https://docs.aws.amazon.com/fis/latest/userguide/fis-quotas.html)."""


def index(
    game_day: GameDay, experiments: Mapping[int, str], templates: Sequence[tuple[str, Mapping[str, Any]]]
) -> Iterator[str]:
    """Yield the lines of the index.

    `experiments` are the files of experiments by the number of the event, `templates` those files with the parameters.
    """
    yield "# Game day"
    yield ""
    yield _INTRODUCTION
    yield ""
    yield "| | Event | Worst that should happen | Injected by |"
    yield "| --- | --- | --- | --- |"
    for event in game_day.events:
        page = f"[{escape(title(event))}]({page_name(event)})"
        way = _injected_by(event, experiments)
        yield f"| {event.number:02} | {page} | {_worst(event)} | {way} |"
    yield ""
    yield from _experiments(templates)
    yield from _left_to_people(game_day)
    yield from _further(game_day)


def _injected_by(event: GameDayEvent, experiments: Mapping[int, str]) -> str:
    ways = [code(experiments[event.number])] if event.number in experiments else []
    return " and ".join([*ways, *(["people"] if event.manual else [])])


def _worst(event: GameDayEvent) -> str:
    """Return the outcome of the entry that suffers most, of which an event has at least one."""
    results = [found.event.result for found in event.predictions if found.event]
    if not results:
        return "not assessed"
    order = [*OUTCOMES, "not_applicable"]
    worst = max(results, key=lambda result: (order.index(result.worst_known), result.outcome == "unknown"))
    return escape(outcome_words(worst))


def _experiments(templates: Sequence[tuple[str, Mapping[str, Any]]]) -> Iterator[str]:
    if not templates:
        return
    yield "## Experiments"
    yield ""
    yield _DEPLOY
    yield ""
    for file, parameters in templates:
        yield f"| Parameter of {code(file)} | |"
        yield "| --- | --- |"
        for name, body in parameters.items():
            default = f"; default {code(body['Default'])}" if body.get("Default") else ""
            yield f"| {code(name)} | {escape(body['Description'])}{default} |"
        yield ""


def _left_to_people(game_day: GameDay) -> Iterator[str]:
    events = [event for event in game_day.events if not event.injections]
    if events:
        yield "## Without AWS FIS"
        yield ""
        yield "AWS FIS cannot inject these events; their pages say what people do instead."
        yield ""
        for event in events:
            yield f"- {event.number:02} {escape(title(event))}: {escape(event.manual[0][1].do)}"
        yield ""


def _further(game_day: GameDay) -> Iterator[str]:
    if game_day.further:
        yield "## Further faults"
        yield ""
        yield "AWS FIS can do more to types in these files. The assessment predicts nothing about it: it has no page."
        yield ""
        for action in game_day.further:
            yield f"- {code(action.id)}: {escape(action.says)} ([AWS]({action.source}), {action.as_of})"
        yield ""
