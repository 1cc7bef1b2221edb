"""Values that stacks pass to other stacks: outputs to the parent, exports to all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.resolve.scenario import Scenario
from relint.resolve.value import Expression, Unknown, expression_of
from relint.stacks.nested import parameter_text
from relint.stacks.references import linked_resources, names_in_importer, shared_reference

if TYPE_CHECKING:
    from relint.model.template import Template
    from relint.stacks.references import Rename


ExportKey = str | tuple[Expression, ...]
"""The name of an export, or the arguments of Fn::GetStackOutput for an output: stack, output, Region."""


class Export(NamedTuple):
    """An exported value, with the resources to which it refers and those related to them, as importers name them."""

    value: str | Unknown
    resources: Mapping[str, Mapping[str, Any]]


def constant_outputs(template: Template, rename: Rename) -> Iterator[tuple[str, str | Unknown]]:
    """Yield name and value of the outputs that are the same in every deployment: texts and references to resources.

    `rename` returns the name by which the parent knows a resource.
    """
    for name, output in _possible_outputs(template):
        value = _constant_value(template, output, rename)
        if value is not None:
            yield name, value


def constant_exports(templates: Iterable[Template]) -> dict[ExportKey, Export]:
    """Return the exports that have the same value in every deployment, by name: texts and references to resources.

    The name is that of the default deployment. A name that several templates export, or that has several values, is
    left out.
    """
    exports: dict[str, dict[tuple[str, str | Unknown | None], Template]] = {}
    for template in templates:
        rename = names_in_importer(template.document.file)
        for _, output in _possible_outputs(template):
            name = _export_name(template, output)
            if name is not None:
                exported = (template.document.file, _constant_value(template, output, rename))
                exports.setdefault(name, {}).setdefault(exported, template)
    unique = {name: next(iter(exported.items())) for name, exported in exports.items() if len(exported) == 1}
    return {name: _export(template, value) for name, ((_, value), template) in unique.items() if value is not None}


def stack_outputs(templates: Iterable[Template]) -> dict[ExportKey, Export]:
    """Return the outputs of stacks with known names that have the same value in every deployment.

    A name that several templates have is left out. Fn::GetStackOutput names the Region of the stack, or none.
    """
    named: dict[str, dict[str, Template]] = {}
    for template in templates:
        name = Scenario(template.deployments).resolve_deep({"Ref": "AWS::StackName"}, ())
        if isinstance(name, str):
            named.setdefault(name, {}).setdefault(template.document.file, template)
    exports: dict[ExportKey, Export] = {}
    for name, by_file in named.items():
        if len(by_file) == 1:
            (template,) = by_file.values()
            region = expression_of(Scenario(template.deployments).resolve_deep({"Ref": "AWS::Region"}, ()))
            for output, value in constant_outputs(template, names_in_importer(template.document.file)):
                exports |= dict.fromkeys(((name, output, ""), (name, output, region)), _export(template, value))
    return exports


def _export(template: Template, value: str | Unknown) -> Export:
    references = [value] if isinstance(value, Unknown) else []
    return Export(value, linked_resources(template, references, names_in_importer(template.document.file)))


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


def _constant_value(template: Template, output: dict[str, Any], rename: Rename) -> str | Unknown | None:
    """Return the value of an output, a text or a reference to resources; None if unknown or dependent on a choice."""
    scenario = Scenario(template.deployments)
    value = scenario.resolve_deep(output.get("Value"), ())
    if scenario.choices_made or output.get("Value") is None:
        return None
    text = parameter_text(value)
    return shared_reference(template, value, rename) if text is None else text
