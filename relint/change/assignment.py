"""One assignment of parameter values for two templates, as an update of a stack has it."""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import TYPE_CHECKING, Any
from relint.model.template import Template
from relint.model.view import View
from relint.resolve.parameters import OTHER_VALUE
from relint.resolve.scenario import Scenario

if TYPE_CHECKING:
    from relint.resolve.parameters import Parameters, PassedValue
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
    new = new._replace(data=with_old_parameters(old.data, new.data))
    return views_of_templates(Template(old, values), Template(new, values))


def views_of_templates(old_template: Template, new_template: Template) -> tuple[View, View]:
    """Return two templates, each with its own values of parameters, in one deployment.

    What these values leave open is decided alike on both sides, so that as many resources as possible exist.
    """
    templates = (old_template, new_template)
    options = _common_choices(*(template.deployments.parameters for template in templates))
    decided = {name: choices[:1] for name, choices in options.items()}
    for name, choices in options.items():
        if len(choices) > 1:
            existing = {choice: _count_existing(templates, {**decided, name: (choice,)}) for choice in choices}
            decided[name] = (max(choices, key=lambda choice: existing[choice]),)
    return _view(old_template, decided), _view(new_template, decided)


def _count_existing(templates: tuple[Template, Template], decided: Mapping[str, tuple[str, ...]]) -> int:
    views = (_view(template, decided) for template in templates)
    return sum(view.exists(resource) for view in views for resource in view.template.resources.values())


def views_of_sites(
    primary: Document,
    recovery: Document,
    primary_values: Mapping[str, str | PassedValue],
    recovery_values: Mapping[str, str | PassedValue],
) -> tuple[View, View]:
    """Return the templates of two sites, each with its own parameter values and defaults.

    Raises TemplateError for a template with too many resources.
    """
    return _view(Template(primary, primary_values), {}), _view(Template(recovery, recovery_values), {})


def _common_choices(old: Parameters, new: Parameters) -> dict[str, tuple[str, ...]]:
    """Return the values that each parameter can have on all sides that have it, only the default if there is one.

    Without one, conditions need a value of which both sides know; OTHER_VALUE is unknown to properties.
    """
    common: dict[str, tuple[str, ...]] = {}
    for name in {**old, **new}:
        first, *others = (side[name] for side in (old, new) if name in side)
        options = [set(other.choices or (OTHER_VALUE,)) for other in others]
        choices = [choice for choice in first.choices or (OTHER_VALUE,) if all(choice in known for known in options)]
        is_decided = any(parameter.has_default for parameter in (first, *others))
        if choices:
            common[name] = tuple(choices[:1] if is_decided else choices)
    return common


def _view(template: Template, decided: Mapping[str, tuple[Any, ...]]) -> View:
    return View(template, Scenario(template.deployments, decided))


_KEPT = ("Default", "AllowedValues")
"""Keys of a parameter that decide the value that a stack has before the update."""


def with_old_parameters(old: Mapping[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Return the new template with the defaults and allowed values of the old one for the parameters that both have."""
    old_declarations, new_declarations = old.get("Parameters"), new.get("Parameters")
    if not isinstance(old_declarations, dict) or not isinstance(new_declarations, dict):
        return new
    declarations = dict(new_declarations)
    for name, declaration in new_declarations.items():
        old_declaration = old_declarations.get(name)
        if isinstance(declaration, dict) and isinstance(old_declaration, dict):
            others = {key: value for key, value in declaration.items() if key not in _KEPT}
            kept = {key: old_declaration[key] for key in _KEPT if key in old_declaration}
            declarations[name] = {**others, **kept}
    return {**new, "Parameters": declarations}
