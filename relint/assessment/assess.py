"""The assessment of stacks: what each type of disruption does to each entry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from relint._typing import TYPE_CHECKING, Literal
from relint.assessment.builder import build_model
from relint.assessment.choices import read_assumed
from relint.assessment.detection import CHECKERS, health_check
from relint.assessment.durability import restore_fact
from relint.assessment.effect import Inventory
from relint.assessment.entry import EntryAssessor
from relint.assessment.inputs import inputs_of, parameter_values
from relint.assessment.kinds import CACHES, configuration_of, does_work
from relint.assessment.listed import Listing
from relint.assessment.listing import list_system
from relint.assessment.parts import EntryMark, Parts, read_parts
from relint.assessment.recovery_plane import recovery_dependencies
from relint.assessment.result import Assessment
from relint.assessment.scene.build import EntryModel, SceneBuilder
from relint.assessment.sla import SlaReader
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.assessment.builder import Model
    from relint.assessment.detection import HealthCheck
    from relint.assessment.facts import Fact
    from relint.assessment.result import EntryResult
    from relint.finding import Failure
    from relint.model.placed_template import PlacedTemplate


_MAX_PAIR_WORK = 500_000_000
"""Bits for pairs of events in one run, some seconds; a large entry takes 100 million. Further entries have no pairs."""

_MAX_EVENT_WORK = 2_000_000
"""Events times the parts that they may stop, in one run: some ten seconds. A large entry takes 300,000."""


def assess_stacks(
    stacks: Sequence[PlacedTemplate],
    failures: Iterable[Failure] = (),
    *,
    with_listing: bool = False,
    with_pairs: bool = True,
) -> Assessment:
    """Return the assessment of the systems that the templates of stacks describe.

    Each is assessed in the deployment that is assumed: the values that are given, and the defaults of all other
    parameters. Reports need the listing of the system, which is empty without `with_listing`. Without `with_pairs` only
    single events are judged.
    """
    parts = read_parts(stacks)
    inventory = _take_inventory(parts)
    entries: list[EntryResult] = []
    drawn: list[EntryModel] = []
    without_backend: list[str] = []
    reached: set[str] = set()
    too_large: list[str] = []
    work, event_work = _MAX_PAIR_WORK, _MAX_EVENT_WORK
    models: dict[bool, tuple[tuple[Model, Model], SlaReader]] = {}
    for mark in (*parts.entries, *(EntryMark(part_id, (), is_asynchronous=False) for part_id in _data_roots(parts))):
        is_entry = mark in parts.entries
        if not is_entry and mark.part in reached:
            continue
        if event_work < 0:
            too_large.append(parts.parts[mark.part].name)
            continue
        if mark.is_asynchronous not in models:
            models[mark.is_asynchronous] = _build_models(parts, with_events=mark.is_asynchronous)
        bounds, agreements = models[mark.is_asynchronous]
        assessor = EntryAssessor(parts, inventory, bounds, mark.part)
        reached |= set(assessor.names)
        if any(does_work(parts.parts[name].resource.type) for name in assessor.names):
            kind: Literal["entry", "data_root"] = "entry" if is_entry else "data_root"
            event_work -= assessor.event_work
            has_pairs = with_pairs and assessor.pair_work <= work
            work -= assessor.pair_work if has_pairs else 0
            names = tuple(parts.parts[record].name for record in mark.records)
            entry = assessor.assess(kind, names, with_pairs=has_pairs)
            needs = recovery_dependencies(parts, assessor.names)
            entries.append(entry._replace(sla=agreements.sla_of(mark, assessor.names), recovery_dependencies=needs))
            drawn.append(EntryModel(entries[-1], mark.part, mark.records, bounds[0]))
        else:
            without_backend.append(parts.parts[mark.part].name)
    return Assessment(
        files=tuple(dict.fromkeys(stack.file for stack in stacks)),
        inputs=inputs_of(stacks) if with_listing else (),
        parameters=parameter_values(stacks) if with_listing else (),
        listing=list_system(stacks, parts, inventory) if with_listing else Listing(),
        entries=tuple(sorted(entries, key=lambda entry: (entry.kind == "data_root", entry.id))),
        without_backend=tuple(sorted(without_backend)),
        too_large=tuple(sorted(too_large)),
        assessed=len(reached),
        resources=len(parts.parts),
        failures=(*failures, *parts.problems),
        system=SceneBuilder(parts, inventory, drawn),
    )


def _data_roots(parts: Parts) -> list[str]:
    """Return the parts that hold data; caches only where there is nothing else to assess."""
    durable = [part.id for part in parts.parts.values() if part.redundancy.state == "durable"]
    if durable or parts.entries:
        return durable
    return [part.id for part in parts.parts.values() if part.resource.type in CACHES]


def _build_models(parts: Parts, *, with_events: bool) -> tuple[tuple[Model, Model], SlaReader]:
    """Return the abstract systems of both bounds, and the agreements of their parts."""
    best = build_model(parts, pessimistic=False, with_events=with_events)
    worst = build_model(parts, pessimistic=True, with_events=with_events)
    return (best, worst), SlaReader(parts, worst.system)


def _take_inventory(parts: Parts) -> Inventory:
    configurations: dict[str, str] = {}
    restores: dict[str, Fact | Unknown | None] = {}
    for part in parts.parts.values():
        configuration = configuration_of(part, part.view())
        configurations[part.id] = configuration
        if part.redundancy.state == "durable":
            read = partial(restore_fact, resource=part.resource, configuration=configuration)
            restores[part.id], undecided = read_assumed(part.template, read)
            if undecided:
                restores[part.id] = Unknown(("Choice", *undecided), f"the value of {', '.join(undecided)}")
    return Inventory(parts.parts, configurations, restores, _health_checks(parts))


def _health_checks(parts: Parts) -> dict[str, list[HealthCheck]]:
    """Return the health checks of load balancers by the id of the part to which they send requests."""
    checks: dict[str, list[HealthCheck]] = {}
    for source, target, relation, _ in parts.dependencies:
        checker = parts.parts[source]
        if relation is not None and relation.kind == "request" and checker.resource.type in CHECKERS:
            checks.setdefault(target, []).append(health_check(checker))
    return checks
