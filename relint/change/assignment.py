"""One assignment of parameter values for two templates, as an update of a stack has it."""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import TYPE_CHECKING, Any
from relint.model.template import Template
from relint.model.view import View
from relint.resolve.scenario import Scenario

if TYPE_CHECKING:
    from relint.resolve.parameters import PassedValue
    from relint.source.document import Document


def views_of(
    old: Document, new: Document, parameter_values: Mapping[str, str | PassedValue] | None = None
) -> tuple[View, View]:
    """Return the old and the new template in one deployment.

    An update keeps the value of a parameter that both templates have: the given one, else the default of the old
    template. A new parameter has its own default. What no value decides is decided alike on both sides.
    Raises TemplateError for a template with too many resources.
    """
    values = parameter_values or {}
    old_template = Template(old, values)
    new_template = Template(new._replace(data=_with_old_defaults(old.data, new.data)), values)
    old_parameters, new_parameters = old_template.deployments.parameters, new_template.deployments.parameters
    decided = {
        name: old_parameters[name].choices[:1]
        for name in old_parameters
        if name in new_parameters and old_parameters[name].choices
    }
    return _view(old_template, decided), _view(new_template, decided)


def _view(template: Template, decided: Mapping[str, tuple[Any, ...]]) -> View:
    return View(template, Scenario(template.deployments, decided))


def _with_old_defaults(old: Mapping[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Return the new template with the defaults of the old one for the parameters that both have."""
    old_declarations, new_declarations = old.get("Parameters"), new.get("Parameters")
    if not isinstance(old_declarations, dict) or not isinstance(new_declarations, dict):
        return new
    declarations = dict(new_declarations)
    for name, declaration in new_declarations.items():
        old_declaration = old_declarations.get(name)
        if isinstance(declaration, dict) and isinstance(old_declaration, dict):
            kept = {key: value for key, value in declaration.items() if key != "Default"}
            default = {"Default": old_declaration["Default"]} if "Default" in old_declaration else {}
            declarations[name] = {**kept, **default}
    return {**new, "Parameters": declarations}
