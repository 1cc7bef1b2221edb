"""One deployment: which choices were made, and what every value is under them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from relint.resolve import intrinsics
from relint.resolve.choice import Atom, Undecided
from relint.resolve.conditions import evaluate_condition
from relint.resolve.value import ABSENT, Located, Unknown

if TYPE_CHECKING:
    from relint.resolve.deployments import Deployments
    from relint.source.location import Path


class Scenario:
    """Values as one deployment sees them.

    Reading a value that depends on an open choice makes the choice: the forced one, else the first. What was met on
    the way is kept in `met` (in order), so that the caller can look at the other choices in further scenarios.
    """

    __slots__ = ("_evaluating", "_forced", "_strict", "conditions", "deployments", "met")

    def __init__(self, deployments: Deployments, forced: Mapping[str, Any] = {}, strict: bool = False) -> None:
        self.deployments = deployments
        self.met: dict[str, tuple[Atom, Any]] = {}
        self.conditions: dict[str, bool] = {}
        self._forced = forced
        self._strict = strict
        self._evaluating: set[str] = set()

    def choose(self, atom: Atom) -> Any:
        """The choice that this scenario makes for an atom."""
        if atom.name in self._forced:
            choice = self._forced[atom.name]
        elif self._strict and not atom.assumed:
            raise Undecided(atom.name)
        else:
            choice = atom.choices[0]
        if len(atom.choices) > 1:
            self.met.setdefault(atom.name, (atom, choice))
        return choice

    def parameter(self, name: str) -> Any:
        """The value of a parameter or pseudo parameter: text, a list of texts, or an Unknown."""
        parameter = self.deployments.parameters[name]
        if not parameter.choices:
            return parameter.unknown
        return parameter.value(self.choose(Atom(name, parameter.choices, parameter.assumed)))

    def condition(self, name: str) -> bool:
        """Whether a condition of the template holds."""
        if name not in self.conditions:
            if name not in self.deployments.conditions or name in self._evaluating:
                # Not declared, or defined by itself: CloudFormation rejects such a template.
                return bool(self.choose(Atom(f"Condition {name}", (True, False), False)))
            self._evaluating.add(name)
            holds = evaluate_condition(self, self.deployments.conditions[name])
            self._evaluating.discard(name)
            self.conditions[name] = holds
        return self.conditions[name]

    def resolve(self, node: Any, path: Path) -> Located:
        """The value of what is written at `path`, one level deep: members of dicts and lists stay as written."""
        while True:
            if node.__class__ is dict:
                if len(node) == 1:
                    (name,) = node
                    if name == "Fn::If":
                        branch = node[name]
                        if not isinstance(branch, list) or len(branch) != 3 or not isinstance(branch[0], str):
                            return Located(Unknown(("Fn::If", str(branch)), '"Fn::If" is malformed'), path)
                        index = 1 if self.condition(branch[0]) else 2
                        node, path = branch[index], (*path, "Fn::If", index)
                        continue
                    if name == "Ref" or name.startswith("Fn::"):
                        return Located(intrinsics.call(self, name, node[name], path), path)
                return Located(node, path)
            if node.__class__ is str and "{{resolve:" in node:
                return Located(Unknown(("Dynamic", node), "a dynamic reference is resolved on deployment"), path)
            return Located(node, path)

    def member(self, parent: Located, key: str | int) -> Located:
        """The member `key` of a resolved dict or list; ABSENT where there is none."""
        value = parent.value
        path = (*parent.path, key)
        if value.__class__ is dict:
            if key in value:
                return self.resolve(value[key], path)
            if "Fn::Transform" in value:
                return Located(Unknown(("Transform", parent.path, key), "a transform may add it", optional=True), path)
            return Located(ABSENT, path)
        if value is ABSENT:
            return Located(ABSENT, path)
        if isinstance(value, list):
            if isinstance(key, int) and -len(value) <= key < len(value):
                return self.resolve(value[key], path)
            return Located(ABSENT, path)
        if isinstance(value, Unknown):
            return Located(Unknown(("Member", value.expression, key), value.reason, optional=True), parent.path)
        return Located(ABSENT, path)

    def descend(self, parent: Located, steps: Sequence[str | int]) -> Located:
        """The value at `steps` below a resolved value; at once where all is plainly written, else member by member."""
        node = parent.value
        for index, key in enumerate(steps):
            inner: Any = node.get(key, ABSENT) if node.__class__ is dict else ABSENT
            kind = inner.__class__
            if inner is ABSENT or (len(inner) == 1 if kind is dict else kind is str and "{{resolve:" in inner):
                located = Located(node, (*parent.path, *steps[:index]))
                for step in steps[index:]:
                    located = self.member(located, step)
                return located
            node = inner
        return Located(node, (*parent.path, *steps))

    def items(self, parent: Located) -> list[Located]:
        """The items of a resolved list, without those that are absent; a scalar counts as a list of one.

        A list of unknown length gives one Unknown item whose expression begins with "Items".
        """
        value = parent.value
        if isinstance(value, list):
            found = []
            for index, node in enumerate(value):
                item = self.resolve(node, (*parent.path, index))
                if isinstance(item.value, list):
                    found.extend(self.items(item))  # CloudFormation flattens a list that an item resolves to
                elif item.value is not ABSENT:
                    found.append(item)
            return found
        if value is ABSENT:
            return []
        if isinstance(value, Unknown):
            return [Located(Unknown(("Items", value.expression), value.reason), parent.path)]
        return [parent]

    def plain(self, node: Any, path: Path) -> Any:
        """The value of `node` with everything below it resolved too; absent members are left out."""
        value = self.resolve(node, path).value
        if isinstance(value, dict):
            members = ((key, self.plain(item, (*path, key))) for key, item in value.items())
            return {key: item for key, item in members if item is not ABSENT}
        if isinstance(value, list):
            plain = (self.plain(item, (*path, index)) for index, item in enumerate(value))
            return [item for item in plain if item is not ABSENT]
        return value
