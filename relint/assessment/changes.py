"""The results that another value of a parameter changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING
from relint.assessment.parameters import other_values
from relint.assessment.records import Change
from relint.assessment.result import loss_class, time_class

if TYPE_CHECKING:
    from relint.assessment.facts import Outcome
    from relint.assessment.result import Assessment, EntryResult, Result
    from relint.model.placed_template import PlacedTemplate

_MAX_RUNS = 24
"""Values that are tried in one run."""

_MAX_RESOURCES = 6_000
"""Resources in all values that are tried together, some seconds."""

_WORDS: Mapping[Outcome, str] = {
    "no_outage": "no outage",
    "outage_self_heals": "self-healing",
    "outage_manual": "manual",
    "data_loss_unrecoverable": "without a copy in these files",
    "not_applicable": "not applicable",
}


def add_changes(
    assessment: Assessment, templates: Sequence[PlacedTemplate], assess_with: Callable[[str, str], Assessment | None]
) -> Assessment:
    """Return an assessment of templates with the results that another value of one parameter changes.

    `assess_with` returns the assessment if a parameter has a value; None if a template rejects that. Only values are
    tried that the templates name, of parameters that the assessment has read; `untried` are the others of these.
    """
    tried, untried = _choose_values(assessment, templates)
    variants = [(name, value, assess_with(name, value)) for name, value in tried]
    entries = tuple(_with_changes(entry, variants) for entry in assessment.entries)
    return assessment._replace(entries=entries, untried=tuple(f"{name} = {value}" for name, value in untried))


def _choose_values(
    assessment: Assessment, templates: Sequence[PlacedTemplate]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the parameters with the values to try, and those for which there is no time.

    The first other value of each parameter comes first.
    """
    values = list(other_values(templates)) if assessment.entries else []
    ordered = [(name, found[index]) for index in range(3) for name, found in values if index < len(found)]
    runs = min(_MAX_RUNS, _MAX_RESOURCES // max(assessment.resources, 1))
    return ordered[:runs], ordered[runs:]


def _with_changes(entry: EntryResult, variants: Sequence[tuple[str, str, Assessment | None]]) -> EntryResult:
    changes: list[Change] = []
    notes: list[str] = []
    for name, value, variant in variants:
        if variant is None:
            continue
        other = next((found for found in variant.entries if found.part == entry.part), None)
        if other is None:
            notes.append(f"with {name} = {value} these files do not have it, or nothing behind it")
        else:
            changes += _changes(name, value, entry, other)
    return entry._replace(changes=tuple(changes), notes=(*entry.notes, *notes))


def _changes(name: str, value: str, before: EntryResult, after: EntryResult) -> Iterator[Change]:
    for old, new in zip(before.results, after.results, strict=True):
        differences = list(_differences(old, new))
        if differences:
            says = f"{old.disruption} {'; '.join(differences)}"
            yield Change(name, value, old.disruption, old.outcome, new.outcome, says)


def _differences(old: Result, new: Result) -> Iterator[str]:
    """Yield what changes in words: the outcome, then the classes of times and losses."""
    if _outcome(old) != _outcome(new):
        yield f"becomes {_outcome(new)} instead of {_outcome(old)}"
    times = [
        time_class(result.rto, has_no_path=result.has_no_path, is_restore=result.is_restore) for result in (old, new)
    ]
    if times[0] != times[1]:
        yield f"RTO {times[1]} instead of {times[0]}"
    losses = [loss_class(result.rpo) for result in (old, new)]
    if losses[0] != losses[1]:
        yield f"RPO {losses[1]} instead of {losses[0]}"


def _outcome(result: Result) -> str:
    if result.outcome != "unknown" or result.worst_known in ("no_outage", "not_applicable"):
        return _WORDS.get(result.outcome, result.outcome)
    return f"unknown (at least {_WORDS.get(result.worst_known, result.worst_known)})"
