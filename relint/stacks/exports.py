"""Values that stacks pass to other stacks: outputs to the parent, exports to all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.resolve.scenario import Scenario
from relint.resolve.value import Unknown
from relint.stacks.nested import parameter_text
from relint.stacks.passed_subnets import passed_subnets

if TYPE_CHECKING:
    from relint.model.template import Template


def constant_outputs(template: Template) -> Iterator[tuple[str, str]]:
    """Yield name and text of the outputs that have the same text in every deployment."""
    for name, output in _possible_outputs(template):
        text = _constant_text(template, output)
        if text is not None:
            yield name, text


def subnet_outputs(template: Template, logical_id: str) -> Iterator[tuple[str, Unknown]]:
    """Yield name and value of the outputs that are a subnet, or a list of subnets with commas, in every deployment.

    `logical_id` is the nested stack in its parent, which tells its subnets from others of the same name.
    """
    if "AWS::EC2::Subnet" not in template.by_type:
        return
    for name, output in _possible_outputs(template):
        scenario = Scenario(template.deployments)
        value = scenario.resolve_deep(output.get("Value"), ())
        expression = passed_subnets(template, value, f"{logical_id}.", logical_id)
        if expression is not None and not scenario.choices_made:
            yield name, Unknown(expression, f'"{logical_id}" has no outputs before it is created')


def constant_exports(templates: Iterable[Template]) -> dict[str, str]:
    """Return the exports that have the same text in every deployment, by name.

    The name is that of the default deployment. A name that several templates export, or that has several values, is
    left out.
    """
    texts_by_name: dict[str, set[tuple[str, str | None]]] = {}
    for template in templates:
        for _, output in _possible_outputs(template):
            name = _export_name(template, output)
            if name is not None:
                exported = (template.document.file, _constant_text(template, output))
                texts_by_name.setdefault(name, set()).add(exported)
    unique = {name: next(iter(exported))[1] for name, exported in texts_by_name.items() if len(exported) == 1}
    return {name: text for name, text in unique.items() if text is not None}


def _export_name(template: Template, output: dict[str, Any]) -> str | None:
    export = output.get("Export")
    if not isinstance(export, dict):
        return None
    name = Scenario(template.deployments).resolve_deep(export.get("Name"), ())
    return name if isinstance(name, str) else None


def _possible_outputs(template: Template) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the outputs that at least one deployment has, unresolved."""
    section = template.document.data.get("Outputs")
    for name, output in section.items() if isinstance(section, dict) else ():
        if not isinstance(output, dict):
            continue
        scenario = Scenario(template.deployments)
        condition = output.get("Condition")
        if not isinstance(condition, str) or scenario.condition_value(condition) or scenario.choices_made:
            yield str(name), output


def _constant_text(template: Template, output: dict[str, Any]) -> str | None:
    """Return the text of an output; None if unknown or dependent on a choice."""
    scenario = Scenario(template.deployments)
    value = scenario.resolve_deep(output.get("Value"), ())
    return None if scenario.choices_made or output.get("Value") is None else parameter_text(value)
