"""A template in one scenario: what rules and checks read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from relint.resolve.scenario import Scenario
from relint.resolve.value import ABSENT, Located, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.graph import Edge
    from relint.model.resource import Resource
    from relint.model.template import Template

T = TypeVar("T")

Steps = Sequence[str | int | tuple[tuple[str, str], ...]]
"""A path below a value.

"*" stands for every item of a list or every value of a mapping; pairs pick the item of a list that has these values.
"""


class View:
    """The resources that exist in a scenario, their values, and their relations.

    `facts` keeps what coded facts have worked out here, because several clauses of a rule ask for the same one.
    """

    __slots__ = ("facts", "scenario", "template")

    def __init__(self, template: Template, scenario: Scenario) -> None:
        self.template = template
        self.scenario = scenario
        self.facts: dict[tuple[str, str, str], Any] = {}

    def exists(self, resource: Resource) -> bool:
        """Whether the condition of the resource holds."""
        condition = resource.body.get("Condition")
        return not isinstance(condition, str) or self.scenario.condition(condition)

    def resources(self, *types: str) -> Iterator[Resource]:
        """The existing resources of the given types, in the order of the template within each type."""
        for kind in types:
            for resource in self.template.by_type.get(kind, ()):
                if self.exists(resource):
                    yield resource

    def root(self, resource: Resource) -> Located:
        """The resource itself as a value, to read below it."""
        return Located(resource.body, resource.path)

    def get(self, start: Resource | Located, *steps: str | int) -> Located:
        """The one value at `steps` (without "*"); ABSENT where nothing was written.

        Below a resource that a macro may still change, what is missing is Unknown.
        """
        value = self.scenario.descend(start if isinstance(start, Located) else self.root(start), steps)
        macros = self.template.deployments.macros
        if value.value is ABSENT and macros:
            return Located(Unknown(("Macro", value.path), f'macro "{macros[0]}" may add it', optional=True), value.path)
        return value

    def select(self, start: Resource | Located, steps: Steps) -> list[Located]:
        """All values at `steps`, where "*" fans out; without "*" just one, which may be ABSENT."""
        value = start if isinstance(start, Located) else self.root(start)
        if not self.template.deployments.macros and "*" not in steps and tuple not in map(type, steps):
            return [self.scenario.descend(value, steps)]  # type: ignore[arg-type]  # so are most paths
        values = [value]
        for index, step in enumerate(steps):
            if step == "*":
                rest = steps[index + 1 :]
                fanned = [item for value in values for item in self._fan_out(value)]
                return [found for item in fanned for found in (self.select(item, rest) if rest else [item])]
            if isinstance(step, tuple):
                values = [self._item(value, step) for value in values]
            else:
                values = [self.get(value, step) for value in values]
        return values

    def _item(self, parent: Located, wanted: tuple[tuple[str, str], ...]) -> Located:
        """The item of a list whose members have the wanted values; ABSENT if none has, Unknown if one may have."""
        possible: Located | None = None
        for item in self.scenario.items(parent):
            members = [(self.scenario.member(item, name).value, value) for name, value in wanted]
            unknown = next((member for member, _ in members if isinstance(member, Unknown)), None)
            if any(not isinstance(member, Unknown) and scalar_text(member) != value for member, value in members):
                continue
            if unknown is None:
                return item
            possible = possible or Located(unknown._replace(optional=True), item.path)
        return possible or self.get(Located(ABSENT, parent.path))

    def _fan_out(self, value: Located) -> list[Located]:
        if isinstance(value.value, dict):
            members = (self.scenario.member(value, key) for key in value.value)
            return [member for member in members if member.value is not ABSENT]
        return self.scenario.items(value)

    def target(self, value: Located | Any, *types: str) -> Resource | None:
        """The resource that a value refers to by Ref or Fn::GetAtt, if it is of one of the types (if any are named)."""
        known = value.value if isinstance(value, Located) else value
        expression = known.expression if isinstance(known, Unknown) else None
        if isinstance(expression, tuple) and expression[0] in ("Ref", "GetAtt"):
            resource = self.template.resources.get(expression[1])
            if resource and (not types or resource.type in types):
                return resource
        return None

    def referrers(self, resource: Resource, types: Sequence[str], by: Sequence[str] = ()) -> list[Resource]:
        """The existing resources of `types` that refer to `resource` from a property at or below `by`, each once."""
        edges = self.template.graph.incoming.get(resource.logical_id, ())
        return self._ends([(edge, edge.source) for edge in edges], types, by)

    def referents(self, resource: Resource, types: Sequence[str], through: Sequence[str] = ()) -> list[Resource]:
        """The existing resources of `types` that `resource` refers to from a property at or below `through`."""
        edges = self.template.graph.outgoing.get(resource.logical_id, ())
        return self._ends([(edge, edge.target) for edge in edges], types, through)

    def shared(self, key: str, build: Callable[[View], T]) -> T:
        """What `build` makes of the template: an index, say, that many resources ask for.

        It is made once for all of them, or once in this view if the choices of a deployment matter to it.
        """
        shared = self.template.shared
        if key not in shared:
            probe = View(self.template, Scenario(self.scenario.deployments))
            made = build(probe)
            shared[key] = None if probe.scenario.met else (made,)
        kept: tuple[T] | None = shared[key]
        if kept is None:
            here = ("shared", "", key)
            if here not in self.facts:
                self.facts[here] = (build(self),)
            kept = self.facts[here]
        return kept[0]

    def _ends(self, ends: list[tuple[Edge, str]], types: Sequence[str], steps: Sequence[str]) -> list[Resource]:
        found: dict[str, Resource] = {}
        for edge, logical_id in ends:
            resource = self.template.resources[logical_id]
            if logical_id in found or (types and resource.type not in types):
                continue
            if edge.property[: len(steps)] == tuple(steps) and self.holds(edge):
                source = self.template.resources[edge.source]
                if self.exists(source) and self.exists(resource):
                    found[logical_id] = resource
        return list(found.values())

    def holds(self, edge: Edge) -> bool:
        """Whether the Fn::If branches in which the reference stands are taken."""
        for index, step in enumerate(edge.path):
            if step == "Fn::If":
                condition = self._written(edge.path[: index + 1])
                name = condition[0] if isinstance(condition, list) and condition else None
                if isinstance(name, str) and self.scenario.condition(name) != (edge.path[index + 1] == 1):
                    return edge.path[index + 1 : index + 2] == (0,)
        return True

    def _written(self, path: Sequence[str | int]) -> Any:
        node: Any = self.template.document.data
        for step in self.template.written(tuple(path)):
            try:
                node = node[step]
            except (KeyError, IndexError, TypeError):  # a loop or a Globals section put it there
                return None
        return node
