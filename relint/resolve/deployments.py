"""What a template says about the deployments it allows: parameters, mappings, conditions and rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from relint._named_tuple import NamedTuple
from relint.resolve.parameters import Parameters, Passed
from relint.resolve.value import scalar_text


class Handed(NamedTuple):
    """Values that other stacks give to this one: exports by name, and outputs of children as Fn::GetAtt asks for them.

    The key of an output is a logical id and an attribute: ("Network", "Outputs.Zones").
    """

    imports: Mapping[str, str] = {}
    outputs: Mapping[tuple[str, str], str] = {}


NOTHING = Handed()


class Deployments:
    """The deployments that a template allows; read once per template, shared by all scenarios, never changed.

    `handed` are values that come from other stacks of the run.
    `macros` are the transforms that relint cannot expand: where one is named, what is left out may yet be added.
    """

    __slots__ = ("_depends", "conditions", "handed", "macros", "mappings", "parameters", "resource_ids", "rules")

    def __init__(self, data: Mapping[str, Any], given: Mapping[str, str | Passed], handed: Handed = NOTHING) -> None:
        self.conditions: dict[str, Any] = _section(data, "Conditions")
        self.mappings: dict[str, Any] = _section(data, "Mappings")
        self.rules: list[dict[str, Any]] = [rule for rule in _section(data, "Rules").values() if isinstance(rule, dict)]
        self.resource_ids = frozenset(_section(data, "Resources"))
        self.handed = handed
        self.macros = tuple(_macros(data.get("Transform")))
        compared, closed = _comparisons(data, self.mappings)
        self.parameters = Parameters(data.get("Parameters"), given, compared, closed)
        self._depends: dict[str, frozenset[str]] = {}

    def depends_on(self, condition: str) -> frozenset[str]:
        """The names of the parameters that a condition depends on, directly or through other conditions."""
        if condition not in self._depends:
            self._depends[condition] = frozenset()  # a condition that refers to itself adds nothing
            names: set[str] = set()
            for key, value in _pairs(self.conditions.get(condition)):
                if key == "Ref" and isinstance(value, str):
                    names.add(value)
                elif key == "Condition" and isinstance(value, str):
                    names |= self.depends_on(value)
            self._depends[condition] = frozenset(names)
        return self._depends[condition]


EXPANDED_TRANSFORMS = frozenset({"AWS::Serverless-2016-10-31", "AWS::LanguageExtensions"})
"""Transforms whose effect relint knows: they add no property to a resource that it would then miss."""
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


def _comparisons(data: Mapping[str, Any], mappings: dict[str, Any]) -> tuple[dict[str, set[str]], set[str]]:
    """The literals that each parameter is compared with, and the parameters for which there can be no others."""
    compared: dict[str, set[str]] = {}
    closed: set[str] = set()
    sections = [data.get(name) for name in ("Conditions", "Rules")]
    for key, value in _pairs(sections):
        if key == "Fn::Equals" and isinstance(value, list) and len(value) == 2:
            for one, other in (value, value[::-1]):
                if (name := _ref(one)) and not isinstance(other, dict | list):
                    compared.setdefault(name, set()).add(scalar_text(other))
    if mappings:
        for key, value in _pairs([sections, data.get("Resources")]):
            if key == "Fn::FindInMap" and isinstance(value, list) and len(value) >= 3:
                _compare_with_mapping(value, mappings, compared, closed)
    return compared, closed


def _compare_with_mapping(
    call: list[Any], mappings: dict[str, Any], compared: dict[str, set[str]], closed: set[str]
) -> None:
    rows = mappings.get(call[0]) if isinstance(call[0], str) else None
    if not isinstance(rows, dict):
        return
    columns = [row for row in rows.values() if isinstance(row, dict)]
    for name, keys in ((_ref(call[1]), set(rows)), (_ref(call[2]), {key for row in columns for key in row})):
        if name:
            compared.setdefault(name, set()).update(keys)
            if len(call) == 3:
                closed.add(name)


def _ref(node: Any) -> str | None:
    name = node.get("Ref") if isinstance(node, dict) and len(node) == 1 else None
    return name if isinstance(name, str) else None


def _pairs(node: Any) -> Iterator[tuple[str, Any]]:
    """Every key and value of every mapping below `node`."""
    stack = [node]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            yield from node.items()
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)
