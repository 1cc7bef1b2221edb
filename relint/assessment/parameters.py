"""The parameters that an assessment has read, and the other values that they may have."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING, Any
from relint.model.view import View
from relint.resolve.parameters import OTHER_VALUE, PSEUDO_PARAMETERS
from relint.resolve.scenario import Scenario
from relint.resolve.value import scalar_text

if TYPE_CHECKING:
    from relint.model.placed_template import PlacedTemplate
    from relint.model.template import Template

_MAX_VALUES = 3
"""Other values of one parameter that are tried."""

_READ = "parameters of the assessment"


class _ReadingScenario(Scenario):
    """The assumed deployment of a template, which notes the parameters that are read."""

    __slots__ = ("_read",)

    def __init__(self, template: Template) -> None:
        super().__init__(template.deployments)
        self._read: set[str] = template.cache.setdefault(_READ, set())

    def parameter_value(self, name: str, classify: Callable[[Any], Hashable] | None = None) -> Any:
        self._read.add(name)
        return super().parameter_value(name, classify)

    def condition_value(self, name: str) -> bool:
        if name not in self.conditions:
            self._read |= self.deployments.parameters_of(name)
        return super().condition_value(name)


def assumed_view(template: Template) -> View:
    """Return a new view of a template in the assumed deployment; the template notes what is read through it."""
    return View(template, _ReadingScenario(template))


def other_values(templates: Sequence[PlacedTemplate]) -> Iterator[tuple[str, list[str]]]:
    """Yield the parameters of outermost stacks that an assessment of templates has read, with their other values.

    Those of nested stacks count as the parameters from which the parent makes them. Only parameters count of which
    other values are known: allowed values, the other truth value, values with which a condition compares, and the
    smallest number that is allowed.
    """
    by_address = {placed.address: placed for placed in templates}
    yielded: set[str] = set()
    for placed in templates:
        for name in sorted(placed.template.cache.get(_READ, ())):
            for origin, outer_name in _origins(placed, name, by_address):
                if outer_name not in yielded:
                    yielded.add(outer_name)
                    values = list(_values(origin.template, outer_name))[:_MAX_VALUES]
                    if values:
                        yield outer_name, values


def _origins(
    placed: PlacedTemplate, name: str, by_address: Mapping[tuple[str, ...], PlacedTemplate]
) -> Iterator[tuple[PlacedTemplate, str]]:
    """Yield the parameters of the outermost stack from which a parameter has its value."""
    if name in PSEUDO_PARAMETERS:
        return
    parent = by_address.get(placed.address[:-1])
    if len(placed.address) == 1:
        yield placed, name
    elif parent is not None:
        resource = parent.template.resources.get(placed.address[-1])
        properties = resource.body.get("Properties") if resource else None
        passed = properties.get("Parameters") if isinstance(properties, dict) else None
        for outer in sorted(_parameters_in(passed.get(name) if isinstance(passed, dict) else None, parent.template)):
            yield from _origins(parent, outer, by_address)


def _parameters_in(node: Any, template: Template) -> set[str]:
    """Return the parameters on which the value of a template node depends."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            waiting.extend(node.values())
            condition = node.get("Fn::If")
            if isinstance(condition, list) and condition and isinstance(condition[0], str):
                found |= template.deployments.parameters_of(condition[0])
            found |= {name for name in (node.get("Ref"), *_substituted(node.get("Fn::Sub"))) if isinstance(name, str)}
    return {name for name in found if name in template.deployments.parameters}


def _substituted(argument: Any) -> list[str]:
    text = argument[0] if isinstance(argument, list) and argument else argument
    return [part.partition("}")[0] for part in text.split("${")[1:]] if isinstance(text, str) else []


def _values(template: Template, name: str) -> Iterator[str]:
    """Yield the other values of a parameter that these files name, in their order there."""
    if name not in template.deployments.parameters:
        return
    parameter = template.deployments.parameters[name]
    declarations = template.document.data.get("Parameters")
    declaration = declarations.get(name) if isinstance(declarations, dict) else None
    declaration = declaration if isinstance(declaration, dict) else {}
    allowed = declaration.get("AllowedValues")
    values = [scalar_text(value) for value in allowed] if isinstance(allowed, list) else []
    values += [value for value in parameter.choices if value is not OTHER_VALUE]
    smallest = declaration.get("MinValue")
    if parameter.type == "Number" and smallest is not None:
        values.insert(0, scalar_text(smallest))
    elif "0" in values:
        values.insert(0, "0")  # it switches backups or copies off
    current = parameter.choices[0] if parameter.choices and parameter.has_default else None
    yield from (value for value in dict.fromkeys(values) if value != current)
