"""What stacks hand to one another: outputs to the parent, exports to everyone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from relint.resolve.scenario import Scenario
from relint.stacks.nested import parameter_text

if TYPE_CHECKING:
    from relint.model.template import Template


def constant_outputs(template: Template) -> Iterator[tuple[str, str]]:
    """The outputs that have the same text in every deployment, by name."""
    for name, output in _written(template):
        value = _value(template, output)
        if value is not None:
            yield name, value


def constant_exports(templates: Iterable[Template]) -> dict[str, str]:
    """The texts that templates export, by name; a name that several export, or that has several values, is nobody's.

    The name is that of the assumed deployment; the value must be the same in all.
    """
    found: dict[str, set[tuple[str, str | None]]] = {}
    for template in templates:
        for _, output in _written(template):
            export = output.get("Export")
            name = (
                Scenario(template.deployments).resolve_deep(export.get("Name"), ())
                if isinstance(export, dict)
                else None
            )
            if isinstance(name, str):
                found.setdefault(name, set()).add((template.document.file, _value(template, output)))
    single = {name: next(iter(values))[1] for name, values in found.items() if len(values) == 1}
    return {name: value for name, value in single.items() if value is not None}


def _written(template: Template) -> Iterator[tuple[str, dict[str, Any]]]:
    """The outputs that some deployment has, as written."""
    section = template.document.data.get("Outputs")
    for name, output in section.items() if isinstance(section, dict) else ():
        if not isinstance(output, dict):
            continue
        scenario = Scenario(template.deployments)
        condition = output.get("Condition")
        if not isinstance(condition, str) or scenario.condition_value(condition) or scenario.choices_made:
            yield str(name), output


def _value(template: Template, output: dict[str, Any]) -> str | None:
    scenario = Scenario(template.deployments)
    value = scenario.resolve_deep(output.get("Value"), ())
    return None if scenario.choices_made or output.get("Value") is None else parameter_text(value)
