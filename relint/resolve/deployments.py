"""The deployments that a template allows: its parameters, mappings, conditions and rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from relint._typing import Any, NamedTuple
from relint.resolve.choice import ConditionResults
from relint.resolve.parameters import Parameters, PassedValue
from relint.resolve.value import Expression, Unknown, referenced_name, scalar_text


class CrossStackValues(NamedTuple):
    """Values from other stacks of the run: exports by name, outputs of nested stacks, and resources of other stacks.

    An export or output that refers to resources of its stack is an Unknown. The key of an output is a logical id and an
    attribute, as in Fn::GetAtt: ("Network", "Outputs.Zones"); that of a stack output has the arguments of
    Fn::GetStackOutput: the stack, the output, and the Region as an expression. `resources` are the bodies of those
    resources, and of those related to them, by names that are no logical ids: "Network.Vpc", "Vpc of parent.yaml".
    """

    imports: Mapping[str, str | Unknown]
    outputs: Mapping[tuple[str, str], str | Unknown]
    resources: Mapping[str, Mapping[str, Any]]
    stack_outputs: Mapping[tuple[Expression, ...], str | Unknown] = {}


NO_CROSS_STACK_VALUES = CrossStackValues(imports={}, outputs={}, resources={})


class Deployments:
    """The deployments that a template allows; read once per template, shared by all scenarios, immutable.

    `resource_ids` are the logical ids that Ref and Fn::GetAtt may name, `named_ids` those whose Ref is certainly a
    name, id or ARN: a custom resource returns whatever it likes. `macros` are the transforms that relint cannot expand:
    a template with one may contain properties that are not visible to relint.
    """

    __slots__ = (
        "_compound_conditions",
        "_condition_results",
        "_parameters_of",
        "conditions",
        "cross_stack_values",
        "macros",
        "mappings",
        "named_ids",
        "parameters",
        "resource_ids",
        "rules",
    )

    def __init__(
        self,
        data: Mapping[str, Any],
        parameter_values: Mapping[str, str | PassedValue],
        cross_stack_values: CrossStackValues = NO_CROSS_STACK_VALUES,
        resource_ids: frozenset[str] | None = None,
        named_ids: frozenset[str] = frozenset(),
    ) -> None:
        """Read the sections of a template; the default of `resource_ids` are the keys of Resources."""
        self.conditions: dict[str, Any] = _section(data, "Conditions")
        self.mappings: dict[str, Any] = _section(data, "Mappings")
        self.rules: list[dict[str, Any]] = [rule for rule in _section(data, "Rules").values() if isinstance(rule, dict)]
        self.resource_ids = frozenset(_section(data, "Resources")) if resource_ids is None else resource_ids
        self.named_ids = named_ids
        self.cross_stack_values = cross_stack_values
        self.macros = tuple(_macros(data.get("Transform")))
        compared_literals, enumerated = _compared_literals(data, self.mappings)
        self.parameters = Parameters(data.get("Parameters"), parameter_values, compared_literals, enumerated)
        self._parameters_of: dict[str, frozenset[str]] = {}
        self._compound_conditions: dict[str, bool] = {}
        self._condition_results: dict[int, tuple[Any, ConditionResults | None]] = {}

    def condition_results(self, node: Any, build: Callable[[], ConditionResults | None]) -> ConditionResults | None:
        """Return the results of a condition that is a node of the template; `build` returns them the first time."""
        entry = self._condition_results.get(id(node))
        if entry is None:
            entry = self._condition_results[id(node)] = (node, build())  # the node keeps its identity
        return entry[1]

    def refers_to_conditions(self, condition: str) -> bool:
        """Whether a condition is composed of others."""
        if condition not in self._compound_conditions:
            keys = (key for key, _ in _all_items(self.conditions.get(condition)))
            self._compound_conditions[condition] = any(key in ("Condition", "Fn::If") for key in keys)
        return self._compound_conditions[condition]

    def parameters_of(self, condition: str) -> frozenset[str]:
        """Return the names of the parameters on which a condition depends, also through other conditions."""
        if condition not in self._parameters_of:
            self._parameters_of[condition] = frozenset()  # ends the recursion of a condition that refers to itself
            names: set[str] = set()
            for key, value in _all_items(self.conditions.get(condition)):
                if key == "Ref" and isinstance(value, str):
                    names.add(value)
                elif key == "Condition" and isinstance(value, str):
                    names |= self.parameters_of(value)
            self._parameters_of[condition] = frozenset(names)
        return self._parameters_of[condition]


EXPANDED_TRANSFORMS = frozenset({"AWS::Serverless-2016-10-31", "AWS::LanguageExtensions"})
"""Transforms that relint expands itself."""
_HARMLESS_TRANSFORMS = frozenset({"AWS::SecretsManager-2020-07-23", "AWS::SecretsManager-2024-09-16"})
_HARMLESS_TRANSFORMS |= {"AWS::CodeDeployBlueGreen", "AWS::ServiceCatalog", "AWS::Include"}


def _macros(transform: Any) -> Iterator[str]:
    for entry in transform if isinstance(transform, list) else [transform]:
        name = entry.get("Name") if isinstance(entry, dict) else entry
        if isinstance(name, str) and name not in EXPANDED_TRANSFORMS | _HARMLESS_TRANSFORMS:
            yield name


def _section(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    section = data.get(name)
    return section if isinstance(section, dict) else {}


def _compared_literals(data: Mapping[str, Any], mappings: dict[str, Any]) -> tuple[dict[str, set[str]], set[str]]:
    """Return the literals with which each parameter is compared, and the parameters that allow only those."""
    literals: dict[str, set[str]] = {}
    enumerated: set[str] = set()
    sections = [data.get(name) for name in ("Conditions", "Rules")]
    for key, value in _all_items(sections):
        if key == "Fn::Equals" and isinstance(value, list) and len(value) == 2:
            for left, right in (value, value[::-1]):
                if (name := referenced_name(left)) and not isinstance(right, dict | list):
                    literals.setdefault(name, set()).add(scalar_text(right))
    if mappings:
        for key, value in _all_items([sections, data.get("Resources")]):
            if key == "Fn::FindInMap" and isinstance(value, list) and len(value) >= 3:
                _add_mapping_keys(value, mappings, literals, enumerated)
    return literals, enumerated


def _add_mapping_keys(
    arguments: list[Any], mappings: dict[str, Any], literals: dict[str, set[str]], enumerated: set[str]
) -> None:
    """Add the keys of the mapping in which Fn::FindInMap looks up a parameter; without a default no other is valid."""
    rows = mappings.get(arguments[0]) if isinstance(arguments[0], str) else None
    if not isinstance(rows, dict):
        return
    second_level_keys = {key for row in rows.values() if isinstance(row, dict) for key in row}
    for argument, keys in ((arguments[1], set(rows)), (arguments[2], second_level_keys)):
        name = referenced_name(argument)
        if name:
            literals.setdefault(name, set()).update(keys)
            if len(arguments) == 3:
                enumerated.add(name)


def _all_items(node: Any) -> Iterator[tuple[str, Any]]:
    """Yield the keys and values of all mappings at any depth below `node`."""
    stack = [node]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            yield from node.items()
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)
