"""Fn::FindInMap, which looks up an entry of the Mappings section.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap.html
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from relint._typing import TYPE_CHECKING, Any
from relint.resolve.value import ABSENT, Unknown, expression_of, malformed, referenced_name, scalar_text

if TYPE_CHECKING:
    from relint.resolve.scenario import Scenario
    from relint.source.location import Path


def find_in_map(scenario: Scenario, argument: Any, path: Path) -> Any:
    """Return the entry, or an Unknown; parameter values that lead to equal entries are one choice."""
    if not isinstance(argument, list) or len(argument) not in (3, 4):
        return malformed("Fn::FindInMap", argument)
    map_name = scenario.resolve_deep(argument[0], (*path, 0))
    mapping = scenario.deployments.mappings.get(map_name) if isinstance(map_name, str) else None
    top_level_key, second_level_key = _keys(scenario, argument, path, mapping)
    entry = _entry(_entry(mapping, top_level_key), second_level_key)
    if entry is not ABSENT:
        return entry
    keys = (map_name, top_level_key, second_level_key)
    unknown = next((key for key in keys if isinstance(key, Unknown)), None)
    if unknown is None and len(argument) == 4 and isinstance(argument[3], dict) and "DefaultValue" in argument[3]:
        return scenario.resolve_deep(argument[3]["DefaultValue"], (*path, 3, "DefaultValue"))
    reason = unknown.reason if unknown else f'mapping "{map_name}" has no such entry'
    return Unknown(("FindInMap", *(expression_of(key) for key in keys)), reason)


def _keys(scenario: Scenario, argument: list[Any], path: Path, mapping: Any) -> tuple[Any, Any]:
    """Return the top-level key, which is chosen by its row or by its entry, and the second-level key."""
    if _chosen_parameter(scenario, argument[2]) is None:
        second = scenario.resolve_deep(argument[2], (*path, 2))
        top = _key(scenario, argument[1], (*path, 1), lambda key: _entry(_entry(mapping, key), second))
        return top, second
    top = _key(scenario, argument[1], (*path, 1), lambda key: _entry(mapping, key))
    row = _entry(mapping, top)
    return top, _key(scenario, argument[2], (*path, 2), lambda key: _entry(row, key))


def _key(scenario: Scenario, node: Any, path: Path, find: Callable[[Any], Any]) -> Any:
    """Return a key; `find` returns what is found by the value of a parameter."""

    def classify(value: Any) -> Hashable:
        # A value that is no text finds nothing, and the reason names it.
        return repr(find(value)) if isinstance(value, str) else (expression_of(value),)

    name = _chosen_parameter(scenario, node)
    return scenario.resolve_deep(node, path) if name is None else scenario.parameter_value(name, classify)


def _chosen_parameter(scenario: Scenario, node: Any) -> str | None:
    name = referenced_name(node)
    return name if name in scenario.deployments.parameters else None


def _entry(mapping: Any, key: Any) -> Any:
    """Return the value at a key, or ABSENT."""
    if not isinstance(mapping, dict) or isinstance(key, Unknown | list | dict):
        return ABSENT
    return mapping.get(scalar_text(key), ABSENT)
