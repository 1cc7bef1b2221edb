"""The page of an event of a game day: a playbook for the people who run it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING
from relint.assessment.facts import fact_with_id
from relint.assessment.result import loss_class, time_class
from relint.report.assessment.words import fate_words, loss_words, outcome_words, time_words
from relint.report.gameday.names import title
from relint.report.markdown_text import code, escape

if TYPE_CHECKING:
    from relint.assessment.gameday.records import GameDayEvent, Injection, Prediction
    from relint.assessment.result import Reason

Places = Mapping[str, tuple[str, int]]

_NOT_JUDGED = "not assessed: it depends on this service"
_TABLE = "| --- " * 5 + "|"
_MEANING = {
    "hardware": "One host, instance, task or node of it stops; all others go on.",
    "service": "A service that AWS keeps answers with errors, for this resource only.",
    "zone": "All that lies in this Availability Zone stops or cannot be reached.",
    "data": "Somebody or some program damages or deletes the data; copies that follow the damage do not help.",
    "region": "The Region is unavailable beyond any target; global services go on.",
}


def playbook(event: GameDayEvent, places: Places, experiment: str) -> Iterator[str]:
    """Yield the lines of the page of an event; `experiment` is its output of the template of experiments, or "" """
    yield f"# {event.number:02} {escape(title(event))}"
    yield ""
    yield _MEANING[event.kind]
    yield ""
    yield from _failed(event, places)
    yield "## Prediction"
    yield ""
    yield from _predictions(event)
    yield from _evidence(event, places)
    yield "## What to watch"
    yield ""
    yield from _signals(event)
    yield "## Before you begin"
    yield ""
    yield from _preparations(event)
    yield "## Start"
    yield ""
    yield from _start(event, experiment)
    yield "## Stop"
    yield ""
    yield from _stop(event, experiment)
    yield "## Write down"
    yield ""
    yield from _observations(event)
    yield "## Decide afterwards"
    yield ""
    yield from _decisions(event)


def _failed(event: GameDayEvent, places: Places) -> Iterator[str]:
    if event.kind == "region":
        yield f"It takes away all {len(event.hit)} parts on the paths of the entries below that are not global."
        yield ""
    else:
        yield "It hits:"
        yield ""
        for part in event.hit:
            yield f"- {code(part.name)} ({escape(part.resource.type)}, {_place(places, part.name)})"
        yield ""
        for words, names in (("Does not work then", event.down), ("Perhaps does not work then", event.possibly_down)):
            yield from (f"{words}: {', '.join(map(code, names))}", "") if names else ()


def _predictions(event: GameDayEvent) -> Iterator[str]:
    yield "| Entry | Outcome | RTO | RPO | Confidence |"
    yield _TABLE
    for found in event.predictions:
        yield "| " + " | ".join((code(found.entry.id), *_cells(found))) + " |"
    yield ""


def _cells(prediction: Prediction) -> tuple[str, str, str, str]:
    if prediction.event is None:
        return _NOT_JUDGED, "unknown", "unknown", "unknown"
    result = prediction.event.result
    outcome = outcome_words(result).removesuffix(f" ({result.confidence})")
    rto_class = time_class(result.rto, has_no_path=result.has_no_path, is_restore=result.is_restore)
    rto, rpo = (
        escape(words if words == name else f"{words} ({name})")
        for words, name in ((time_words(result), rto_class), (loss_words(result.rpo), loss_class(result.rpo)))
    )
    return escape(outcome), rto, rpo, result.confidence


def _evidence(event: GameDayEvent, places: Places) -> Iterator[str]:
    reasons: dict[Reason, None] = {}
    unknowns: dict[str, None] = {}
    assumptions: dict[str, None] = {}
    for found in event.predictions:
        if found.event:
            reasons.update(dict.fromkeys(found.event.result.reasons))
            for unknown in found.event.result.unknowns:
                unknowns[f"{code(unknown.resource)}: {escape(unknown.needs)} ({unknown.code})"] = None
        assumptions.update(dict.fromkeys(found.entry.assumptions))
    lines = dict.fromkeys(line for reason in reasons if (line := _reason(reason, places)))
    for heading, texts in (("Because", lines), ("Unknown", unknowns), ("Assumed", map(escape, assumptions))):
        found_texts = list(texts)
        if found_texts:
            yield f"{heading}:"
            yield ""
            yield from (f"- {text}" for text in found_texts)
            yield ""


def _reason(reason: Reason, places: Places) -> str:
    """Return what a fact says of a resource, with where the resource is and where the fact is from; "" without one."""
    start = f"{code(reason.resource)} ({_place(places, reason.resource)})"
    if not reason.fact:
        return "" if reason.outcome == "unknown" else f"{start}: {escape(reason.event)}"
    fact = fact_with_id(reason.fact)
    judgement = "our judgement, by " if fact.mark == "J" and "judgement" not in fact.says else ""
    says = escape(f"{fate_words(reason)}. {fact.says.rstrip('.')}")
    return f"{start}: {says} ({judgement}[{fact.id}]({fact.source}), {fact.as_of})"


def _signals(event: GameDayEvent) -> Iterator[str]:
    if not event.signals:
        yield "**Nothing in these files would notice**: no alarm and no health check watches the entries above."
    elif not _has_alarm(event):
        yield "**No alarm in these files would notice.** What follows acts by itself, and calls nobody:"
    if not _has_alarm(event):
        yield ""
    for signal in sorted(event.signals, key=lambda signal: not signal.says.startswith("alarm")):
        place = code(f"{signal.file}:{signal.line}")
        yield f"- {code(signal.name)} ({place}), on {code(signal.watches)}: {escape(signal.says)}"
    yield "- By hand: errors and latency as clients see them."
    yield "- Whether an alarm notices this event is a part of the test."
    yield ""


def _has_alarm(event: GameDayEvent) -> bool:
    return any(signal.says.startswith("alarm") for signal in event.signals)


def _preparations(event: GameDayEvent) -> Iterator[str]:
    yield "- [ ] It runs in a test environment of the same templates, or everybody below agrees to production."
    yield "- [ ] On call and present: ______ ; told beforehand: ______"
    yield "- [ ] Steady state: clients see ______ errors and ______ ms, as they did in the last hour."
    yield "- [ ] Stop rule: we stop when clients see more than ______ errors for ______ minutes; ______ decides."
    durable = [part.name for part in event.hit if part.redundancy.state == "durable"]
    for name in durable:
        yield f"- [ ] {code(name)}: the newest restore that somebody tried and compared is of ______"
    needs = ((injection.part, injection.action.needs) for injection in event.injections if injection.action.needs)
    for part, text in needs:
        yield f"- [ ] {f'{code(part.name)}: ' if part else ''}{escape(text)}"
    if event.injections:
        if event.stop_alarms:
            alarms = ", ".join(code(alarm) for alarm in event.stop_alarms)
            yield f"- [ ] These alarms stop the experiment by themselves, and are OK now: {alarms}"
        else:
            yield (
                "- [ ] No alarm of these files can stop the experiment: the parameter `StopAlarmArn` names another, or "
                "______ watches and stops it by hand (`RunWithoutStopAlarm`)."
            )
    yield ""


def _start(event: GameDayEvent, experiment: str) -> Iterator[str]:
    if event.injections:
        yield "AWS FIS injects it:"
        yield ""
        for injection in event.injections:
            yield f"- {_injection(injection)}"
        yield ""
        if event.left_out:
            names = dict.fromkeys(injection.part.name for injection in event.left_out if injection.part)
            yield f"FIS runs no more actions at once, so nothing else hits: {', '.join(map(code, names))}"
            yield ""
        yield f"Its id is the output {code(experiment)} of the experiments' stack. Look first at what it would hit:"
        yield ""
        yield "```console"
        yield "$ aws fis start-experiment --experiment-template-id ID --experiment-options actionsMode=skip-all"
        yield "$ aws fis start-experiment --experiment-template-id ID"
        yield "```"
        yield ""
    for part, way in event.manual:
        start = f"{code(part.name)}: " if part else ""
        yield f"- By hand. {start}{escape(way.do)} ([AWS]({way.source}), {way.as_of})"
    yield from [""] if event.manual else []


def _injection(injection: Injection) -> str:
    action = injection.action
    target = code(injection.part.name) if injection.part else "the subnets of the zone"
    judgement = ", a part of this is our judgement" if action.mark == "J" else ""
    return f"{code(action.id)} on {target}: {escape(action.says)} ([AWS]({action.source}), {action.as_of}{judgement})"


def _stop(event: GameDayEvent, experiment: str) -> Iterator[str]:
    if experiment:
        yield "```console"
        yield "$ aws fis stop-experiment --id EXPERIMENT"
        yield "```"
        yield ""
    for injection in event.injections:
        yield f"- {code(injection.action.id)}: {escape(injection.action.stop)}"
    for part, way in event.manual:
        start = f"{code(part.name)}: " if part else ""
        yield f"- {start}{escape(way.undo)}"
    yield ""


def _observations(event: GameDayEvent) -> Iterator[str]:
    cells = [(found.entry.id, *_cells(found)) for found in event.predictions]
    yield "| | Predicted | Observed |"
    yield "| --- | --- | --- |"
    yield "| Started at | | |"
    for entry, outcome, rto, rpo, _ in cells:
        yield f"| {code(entry)}: outcome | {outcome} | |"
        yield f"| {code(entry)}: first and last error of a client (RTO) | {rto} | |"
        yield f"| {code(entry)}: data lost, in time (RPO) | {rpo} | |"
    alarms = ", ".join(code(signal.name) for signal in event.signals if signal.alarm)
    yield f"| First noticed by, at | {f'perhaps {alarms}' if alarms else 'a person'} | |"
    yield "| What somebody had to do | | |"
    yield "| What surprised us | | |"
    yield ""


def _decisions(event: GameDayEvent) -> Iterator[str]:
    yield "- As predicted: note the date, and repeat it after a change to the parts above."
    yield "- Worse: find the cause before the traces are gone, change the template, and run this page again."
    yield "- Better, or something else: find the assumption or unknown above that was wrong, and correct it."
    if not _has_alarm(event):
        yield "- Nobody was called: add an alarm on what clients see, and run this page again."
    yield "- Next page only when clients see the steady state again."


def _place(places: Places, name: str) -> str:
    file, line = places.get(name, ("", 0))
    return code(f"{file}:{line}") if file else "these files"
