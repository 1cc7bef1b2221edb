"""One deployment of a template: the choices made, and every value that follows from them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from relint._typing import TYPE_CHECKING, Any
from relint.resolve import intrinsics
from relint.resolve.choice import Choice, Split, Undecided
from relint.resolve.conditions import evaluate_condition, take_result
from relint.resolve.value import ABSENT, Located, Unknown, dynamic_reference, is_dynamic_reference

if TYPE_CHECKING:
    from relint.resolve.deployments import Deployments
    from relint.source.location import Path

_FUNCTION_NAMES = ("Ref", "Fn::")
"""How the names of intrinsic functions begin."""


class Scenario:
    """The values of a template in one deployment, or in several that nothing has told apart.

    Reading a value that depends on an open choice takes one of the options left, with all options that the reader
    cannot tell from it. The choices are collected in `choices_made` (in order, each with the options taken), and the
    options left out in `splits`, so that the caller can explore them in further scenarios.
    `depends_on_conditions_only` is False once a value that is no condition depends on a choice.
    """

    __slots__ = (
        "_decided",
        "_evaluating",
        "_strict",
        "choices_made",
        "conditions",
        "depends_on_conditions_only",
        "deployments",
        "splits",
    )

    def __init__(self, deployments: Deployments, decided: Mapping[str, tuple[Any, ...]] | None = None) -> None:
        """Start without choices; `decided` are the options left by the name of the choice."""
        self.deployments = deployments
        self.choices_made: dict[str, tuple[Choice, tuple[Any, ...]]] = {}
        self.splits: list[Split] = []
        self.conditions: dict[str, bool] = {}
        self.depends_on_conditions_only = True
        self._decided = {} if decided is None else decided
        self._strict = False
        self._evaluating: set[str] = set()

    def make_strict(self) -> None:
        """Depend on no further choice: raise Undecided for one that has no default, and take the default of others."""
        self._strict = True
        self.conditions = dict(self.conditions)

    def start_trial(self, decided: Mapping[str, tuple[Any, ...]]) -> Scenario:
        """Return a scenario in which a condition is evaluated that this scenario is evaluating."""
        trial = Scenario(self.deployments, decided)
        trial._evaluating = set(self._evaluating)
        return trial

    def repeat(self) -> Scenario:
        """Return a scenario that takes the same options as this one, but has read nothing."""
        taken = {name: options for name, (_, options) in self.choices_made.items()}
        return Scenario(self.deployments, {**self._decided, **taken})

    def choose(self, choice: Choice, classify: Callable[[Any], Hashable] | None = None) -> Any:
        """Return the option that this scenario takes.

        `classify` returns a key that is equal for the options that the reader cannot tell apart; without it, the reader
        tells all apart.
        """
        name, options = choice.name, choice.options
        made = self.choices_made.get(name)
        if made is None and self._strict:
            if not choice.has_default:
                raise Undecided(name)
            return options[0]
        if len(options) == 1:
            return options[0]
        left = self._decided.get(name, options) if made is None else made[1]
        if classify is None:
            taken, *others = [(option,) for option in left]
        else:
            taken, *others = _classes(left, classify)
            if made is None and not others and len({classify(option) for option in options}) == 1:
                return taken[0]  # the choice does not matter
        if not self._evaluating:
            self.depends_on_conditions_only = False
        self.choices_made[name] = (choice, taken)
        if others:
            self.splits.append(Split(name, taken, tuple(others)))
        return taken[0]

    def parameter_value(self, name: str, classify: Callable[[Any], Hashable] | None = None) -> Any:
        """Return the value of a parameter or pseudo parameter: a text, a list of texts, or an Unknown.

        `classify` is applied to such values.
        """
        parameter = self.deployments.parameters[name]
        if not parameter.choices:
            return parameter.unknown
        choice = Choice(name, parameter.choices, parameter.has_default)
        if classify is None:
            return parameter.value(self.choose(choice))
        return parameter.value(self.choose(choice, lambda option: classify(parameter.value(option))))

    def condition_value(self, name: str) -> bool:
        """Return whether a condition of the template is true."""
        if name not in self.conditions:
            if name not in self.deployments.conditions or name in self._evaluating:
                # CloudFormation rejects a condition that is not declared or that refers to itself.
                return bool(self.choose(Choice(f"Condition {name}", (True, False), has_default=False)))
            self._evaluating.add(name)
            condition = self.deployments.conditions[name]
            if self.deployments.refers_to_conditions(name):  # messages name the inner conditions
                value = evaluate_condition(self, condition)
            else:
                value = take_result(self, condition, lambda scenario: evaluate_condition(scenario, condition))
            self._evaluating.discard(name)
            self.conditions[name] = value
        return self.conditions[name]

    def resolve(self, node: Any, path: Path) -> Located:
        """Return the value of a template node at `path`; members of a dict or list are left unresolved."""
        while True:
            if node.__class__ is dict:
                if len(node) == 1:
                    (name,) = node
                    if name == "Fn::If":
                        arguments = node[name]
                        if not isinstance(arguments, list) or len(arguments) != 3 or not isinstance(arguments[0], str):
                            return Located(Unknown(("Fn::If", str(arguments)), '"Fn::If" is malformed'), path)
                        index = 1 if self.condition_value(arguments[0]) else 2
                        node, path = arguments[index], (*path, "Fn::If", index)
                        continue
                    if name == "Ref" or name.startswith("Fn::"):
                        result = intrinsics.call_function(self, name, node[name], path)
                        return Located(dynamic_reference(result) if is_dynamic_reference(result) else result, path)
                return Located(node, path)
            return Located(dynamic_reference(node) if is_dynamic_reference(node) else node, path)

    def member(self, parent: Located, key: str | int) -> Located:
        """Return the member `key` of a resolved dict or list, or ABSENT."""
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
        """Return the value at `steps` below a resolved value.

        Literal dicts are read directly, which is faster; from the first function on, each member is resolved.
        """
        node = parent.value
        for index, key in enumerate(steps):
            if node.__class__ is dict:
                child: Any = node.get(key, ABSENT)
                if child is ABSENT:
                    if "Fn::Transform" not in node:  # the most frequent result
                        return Located(ABSENT, (*parent.path, *steps))
                elif child.__class__ is dict:
                    if len(child) != 1 or not next(iter(child)).startswith(_FUNCTION_NAMES):
                        node = child
                        continue
                elif not is_dynamic_reference(child):
                    node = child
                    continue
            located = Located(node, (*parent.path, *steps[:index]))
            for step in steps[index:]:
                located = self.member(located, step)
            return located
        return Located(node, (*parent.path, *steps))

    def items(self, parent: Located) -> list[Located]:
        """Return the items of a resolved list without absent ones; a scalar counts as a list of one.

        A list of unknown length gives one Unknown item whose expression is a call of "Items".
        """
        value = parent.value
        if isinstance(value, list):
            items = []
            for index, node in enumerate(value):
                item = self.resolve(node, (*parent.path, index))
                if isinstance(item.value, list):
                    items.extend(self.items(item))  # CloudFormation flattens a list that an item resolves to
                elif item.value is not ABSENT:
                    items.append(item)
            return items
        if value is ABSENT:
            return []
        if isinstance(value, Unknown):
            return [Located(Unknown(("Items", value.expression), value.reason), parent.path)]
        return [parent]

    def resolve_deep(self, node: Any, path: Path) -> Any:
        """Return the value of a template node with all members resolved and absent ones left out."""
        value = self.resolve(node, path).value
        if isinstance(value, dict):
            members = ((key, self.resolve_deep(item, (*path, key))) for key, item in value.items())
            return {key: item for key, item in members if item is not ABSENT}
        if isinstance(value, list):
            items = (self.resolve_deep(item, (*path, index)) for index, item in enumerate(value))
            return [item for item in items if item is not ABSENT]
        return value


def _classes(options: Iterable[Any], classify: Callable[[Any], Hashable]) -> list[tuple[Any, ...]]:
    """Return the options by class, in the order of the first option of each class."""
    classes: dict[Hashable, list[Any]] = {}
    for option in options:
        classes.setdefault(classify(option), []).append(option)
    return [tuple(members) for members in classes.values()]
