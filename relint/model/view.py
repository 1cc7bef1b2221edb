"""A template in one scenario, as rules and checks read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from relint._typing import TYPE_CHECKING, Any, TypeVar
from relint.model.shared_results import SharedResults
from relint.resolve.value import ABSENT, Located, Unknown, referenced_id, scalar_text

if TYPE_CHECKING:
    from relint.model.references import Reference
    from relint.model.resource import Resource
    from relint.model.template import Template
    from relint.resolve.scenario import Scenario

T = TypeVar("T")

Steps = Sequence[str | int | tuple[tuple[str, str], ...]]
"""A path below a value.

"*" selects every item of a list or every value of a mapping; a tuple of pairs selects the item of a list that has
these values.
"""

_ANNOTATIONS = ("Metadata",)

CacheKey = tuple[str, str, str]
"""The name of a computation, the logical id of its resource ("" if it has none), and its other arguments as text."""


class View:
    """The resources that exist in a scenario, their values, and their relations.

    `cache` contains computed facts, because many clauses and resources need the same ones. The results are valid for
    this view only: in another scenario they may differ.
    """

    __slots__ = ("cache", "scenario", "template")

    def __init__(self, template: Template, scenario: Scenario) -> None:
        self.template = template
        self.scenario = scenario
        self.cache: dict[CacheKey, Any] = {}

    def exists(self, resource: Resource) -> bool:
        """Whether the condition of the resource is true."""
        condition = resource.body.get("Condition")
        return not isinstance(condition, str) or self.scenario.condition_value(condition)

    def resources(self, *types: str) -> Iterator[Resource]:
        """Yield the existing resources of the given types, in the order of the template within each type.

        Resources of other stacks follow those of the template.
        """
        for resource_type in types:
            for resource in self.template.of_type(resource_type):
                if self.exists(resource):
                    yield resource

    def root(self, resource: Resource) -> Located:
        """Return the body of a resource as a value."""
        return Located(resource.body, resource.path)

    def get(self, start: Resource | Located, *steps: str | int) -> Located:
        """Return the one value at `steps` (without "*"), or ABSENT.

        In a template with a macro, an absent value is Unknown, because the macro may add it. Metadata are what the
        author writes about the resource.
        """
        value = self.scenario.descend(start if isinstance(start, Located) else self.root(start), steps)
        macros = self.template.deployments.macros
        if value.value is ABSENT and macros and value.path[2:3] != _ANNOTATIONS:
            name = next(step for step in reversed(value.path) if isinstance(step, str))
            reason = f'macro "{macros[0]}" may add "{name}"'
            return Located(Unknown(("Macro", value.path), reason, optional=True), value.path)
        return value

    def select(self, start: Resource | Located, steps: Steps) -> list[Located]:
        """Return all values at `steps`; without "*" exactly one, which may be ABSENT."""
        value = start if isinstance(start, Located) else self.root(start)
        if not self.template.deployments.macros and "*" not in steps and tuple not in map(type, steps):
            return [self.scenario.descend(value, steps)]  # type: ignore[arg-type]  # the common case, and faster
        values = [value]
        for index, step in enumerate(steps):
            if step == "*":
                next_steps = steps[index + 1 :]
                items = [item for value in values for item in self._expand_wildcard(value)]
                return [value for item in items for value in self.select(item, next_steps)] if next_steps else items
            if isinstance(step, tuple):
                values = [self._matching_item(value, step) for value in values]
            else:
                values = [self.get(value, step) for value in values]
        return values

    def _matching_item(self, parent: Located, expected: tuple[tuple[str, str], ...]) -> Located:
        """Return the item of a list with the expected member values; Unknown if an item may have them, else ABSENT."""
        possible: Located | None = None
        for item in self.scenario.items(parent):
            members = [(self.scenario.member(item, name).value, value) for name, value in expected]
            unknown = next((member for member, _ in members if isinstance(member, Unknown)), None)
            if any(not isinstance(member, Unknown) and scalar_text(member) != value for member, value in members):
                continue
            if unknown is None:
                return item
            possible = possible or Located(unknown._replace(optional=True), item.path)
        return possible or self.get(Located(ABSENT, parent.path))

    def _expand_wildcard(self, value: Located) -> list[Located]:
        if isinstance(value.value, dict):
            members = (self.scenario.member(value, key) for key in value.value)
            return [member for member in members if member.value is not ABSENT]
        return self.scenario.items(value)

    def target(self, value: Located | Any, *types: str) -> Resource | None:
        """Return the resource to which a value refers by Ref or Fn::GetAtt, if it has one of the types (or any)."""
        resolved = value.value if isinstance(value, Located) else value
        logical_id = referenced_id(resolved.expression) if isinstance(resolved, Unknown) else None
        resource = self.template.resources.get(logical_id) if logical_id is not None else None
        return resource if resource and (not types or resource.type in types) else None

    def referrers(self, resource: Resource, types: Sequence[str], by: Sequence[str] = ()) -> list[Resource]:
        """Return the existing resources of `types` that refer to `resource` from a property at or below `by`."""
        references = self.template.references.incoming.get(resource.logical_id, ())
        return self._connected([(reference, reference.source) for reference in references], types, by)

    def referents(self, resource: Resource, types: Sequence[str], through: Sequence[str] = ()) -> list[Resource]:
        """Return the existing resources of `types` to which `resource` refers from a property at or below `through`."""
        references = self.template.references.outgoing.get(resource.logical_id, ())
        return self._connected([(reference, reference.target) for reference in references], types, through)

    def cached(self, key: str, build: Callable[[View], T]) -> T:
        """Return the result of `build`, such as an index of the template, which many resources need.

        The result is built once for the template; once for each outcome of the conditions that it depends on; or once
        for this view if it depends on other choices of the deployment.
        """
        cache_key = ("cached", "", key)
        entry: tuple[T] | None = self.cache.get(cache_key)
        if entry is not None:
            return entry[0]
        shared: SharedResults[T] | None = self.template.cache.get(key)
        if shared is None:
            shared = self.template.cache[key] = SharedResults()
        if shared.is_shareable:
            entry = shared.find(self.scenario)
            if entry is None and not shared.is_full:
                # A scenario of its own shows on which choices the result depends.
                trial = self.scenario.repeat()
                shared.add(trial, build(View(self.template, trial)))
                entry = shared.find(self.scenario) if shared.is_shareable else None
        entry = entry or (build(self),)
        self.cache[cache_key] = entry
        return entry[0]

    def remembered(self, key: str, resource: Resource, build: Callable[[View, Resource], T]) -> T:
        """Return the result of `build` for a resource, which is built once for this view.

        It costs less than `cached`, which also shares the result with other deployments.
        """
        cache_key = (key, resource.logical_id, "")
        if cache_key not in self.cache:
            self.cache[cache_key] = build(self, resource)
        result: T = self.cache[cache_key]
        return result

    def _connected(
        self, ends: list[tuple[Reference, str]], types: Sequence[str], steps: Sequence[str]
    ) -> list[Resource]:
        """Return the resources at the ends of active references that start at or below `steps`, each once."""
        connected: dict[str, Resource] = {}
        for reference, logical_id in ends:
            resource = self.template.resources[logical_id]
            if logical_id in connected or (types and resource.type not in types):
                continue
            if reference.property[: len(steps)] == tuple(steps) and self.is_active(reference):
                source = self.template.resources[reference.source]
                if self.exists(source) and self.exists(resource):
                    connected[logical_id] = resource
        return list(connected.values())

    def is_active(self, reference: Reference) -> bool:
        """Whether the Fn::If branches that contain the reference are taken."""
        for index, step in enumerate(reference.path):
            if step == "Fn::If":
                arguments = self.written(reference.path[: index + 1]).value
                condition = arguments[0] if isinstance(arguments, list) and arguments else None
                if isinstance(condition, str) and self.scenario.condition_value(condition) != (
                    reference.path[index + 1] == 1
                ):
                    return reference.path[index + 1 : index + 2] == (0,)
        return True

    def written(self, path: Sequence[str | int]) -> Located:
        """Return the value that the document has for the one at `path`, such as the event of SAM for its permission.

        It is None if the document has none, because a loop or a transform makes it.
        """
        node: Any = self.template.document.data
        written_path = self.template.written_path(self.template.source_path(tuple(path)))
        for step in written_path:
            try:
                node = node[step]
            except (KeyError, IndexError, TypeError):
                return Located(None, written_path)
        return Located(node, written_path)
