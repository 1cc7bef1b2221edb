"""The scene of the entries of a system, built when a report first reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from relint._typing import TYPE_CHECKING
from relint.assessment.facts import Fact, find_fact
from relint.assessment.kinds import STRUCTURAL, role_of
from relint.assessment.scene.records import Scene, SceneEdge, ScenePart, SceneUnit
from relint.assessment.scene.states import scene_events
from relint.assessment.scene.zone_order import scene_zones

if TYPE_CHECKING:
    from relint.assessment.builder import Model
    from relint.assessment.effect import Inventory
    from relint.assessment.facts import Case
    from relint.assessment.kinds import Role
    from relint.assessment.parts import Part, Parts
    from relint.assessment.result import Assessment, EntryResult

_CASES: tuple[Case, ...] = ("takeover", "hardware", "zone", "regional")


class EntryModel:
    """An entry with its result, the records that lead to it, and the model of its system in the better bound."""

    def __init__(self, result: EntryResult, part: str, records: Sequence[str], model: Model) -> None:
        self.result = result
        self.part = part
        self.records = records
        self.model = model


def scene_of(assessment: Assessment) -> Scene:
    """Return the scene of an assessment, without parts if it has no entry."""
    builder: SceneBuilder | None = assessment.system
    return builder.scene if builder is not None else Scene((), (), (), (), {})


class SceneBuilder:
    """The builder of the scene of some entries; `scene` is built once, because the text of an assessment has none.

    `system` are the parts, with the templates in which they stand.
    """

    def __init__(self, parts: Parts, inventory: Inventory, entries: Sequence[EntryModel]) -> None:
        self.system = parts
        self._parts = parts
        self._inventory = inventory
        self._entries = entries

    @cached_property
    def scene(self) -> Scene:
        """The scene."""
        closures = {entry.part: tuple(_closure(entry.model, entry.part)) for entry in self._entries}
        records = {
            record: entry.part
            for entry in self._entries
            for record in entry.records
            if record in self._parts.parts and record not in closures
        }
        ids = list(dict.fromkeys((*records, *(name for names in closures.values() for name in names))))
        if not self._entries:
            return Scene((), (), (), (), {})
        model = self._entries[0].model
        parts = tuple(self._scene_part(part_id, model) for part_id in ids)
        owners: dict[int, list[str]] = {}
        for part in parts:
            for unit in part.units:
                if unit.zone is not None:
                    owners.setdefault(unit.zone, []).append(part.id.rpartition(":")[2].rpartition(".")[2])
        zones = scene_zones(model, owners)
        return Scene(
            zones=tuple(zones),
            parts=parts,
            edges=(*_record_edges(records), *self._edges(closures)),
            events=tuple(scene_events(parts, zones, model.keys, closures, [entry.result for entry in self._entries])),
            closures=closures,
        )

    def _scene_part(self, part_id: str, model: Model) -> ScenePart:
        part = self._parts.parts[part_id]
        document, resource = part.template.document, part.resource
        configuration = self._inventory.configurations[part_id]
        restore = self._inventory.restores.get(part_id)
        found = {case: find_fact(resource.type, configuration, case) for case in _CASES}
        takeover = found["takeover"]
        return ScenePart(
            id=part_id,
            name=part.name,
            type=resource.type,
            file=document.file_of(resource.source_path),
            line=document.span_of(resource.source_path).start.line,
            scope=part.redundancy.scope,
            role=_role(part),
            data=part.redundancy.state,
            spread=part.redundancy.spread,
            units=tuple(SceneUnit(unit.zone, unit.fails_alone) for unit in model.system.nodes[part_id].units),
            has_standby=takeover is not None and takeover.outcome == "interruption",
            is_entry=any(entry.part == part_id for entry in self._entries),
            restore=restore if restore is None or isinstance(restore, Fact) else restore.reason,
            facts=tuple(fact for fact in found.values() if fact is not None),
        )

    def _edges(self, closures: Mapping[str, Iterable[str]]) -> Iterator[SceneEdge]:
        known: set[tuple[str, str]] = set()
        for entry in self._entries:
            for source in closures[entry.part]:
                node = entry.model.system.nodes[source]
                replaceable = {name for group in node.alternatives if len(group) > 1 for name in group}
                targets = {*node.hard, *(name for group in node.alternatives for name in group)}
                for dependency in self._parts.outgoing.get(source, ()):
                    relation, target = dependency.relation, dependency.target
                    if target in targets and (source, target) not in known:
                        known.add((source, target))
                        verb = relation.verb if relation else "runs on"
                        basis = relation.basis if relation else "stated"
                        yield SceneEdge(source, target, verb, basis, target in replaceable)


def _record_edges(records: Mapping[str, str]) -> Iterator[SceneEdge]:
    return (SceneEdge(record, entry, "leads to", "stated", is_alternative=False) for record, entry in records.items())


def _closure(model: Model, entry: str) -> list[str]:
    """Return the parts on which an entry depends, itself first, each before those that it needs; circles aside."""
    order: list[str] = []
    seen = {entry}
    stack = [(entry, iter(_targets(model, entry)))]
    while stack:
        name, targets = stack[-1]
        target = next(targets, None)
        if target is None:
            stack.pop()
            order.append(name)
        elif target not in seen:
            seen.add(target)
            stack.append((target, iter(_targets(model, target))))
    return order[::-1]


def _targets(model: Model, name: str) -> list[str]:
    node = model.system.nodes[name]
    return [*node.hard, *(other for group in node.alternatives for other in group)]


def _role(part: Part) -> Role:
    """Return the row of a part: of those without a usual one, such as a user pool, by the data that they hold."""
    if part.resource.type in STRUCTURAL:
        return "support"
    role = role_of(part.resource.type)
    if role not in ("support", "net"):
        return role
    return "data" if part.redundancy.state == "durable" else "compute"
