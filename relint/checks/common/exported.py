"""Whether a template hands a resource to others by an output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relint.resolve.value import Unknown, expression_of, references

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> bool | Unknown:
    """True if an output exports an id or attribute of the resource, Unknown if one only shows it, else False.

    A plain output of a nested stack reaches its parent, which may use it; that of any other stack reaches people.
    """
    written = view.template.document.data.get("Outputs")
    outputs = written if isinstance(written, dict) else {}
    shown = False
    for name, output in outputs.items():
        if not isinstance(output, dict):
            continue
        value = view.scenario.plain(output.get("Value"), ("Outputs", name, "Value"))
        if resource.logical_id in references(expression_of(value)):
            if "Export" in output:
                return True
            shown = True
    reason = f'the stack that takes the output of "{resource.logical_id}" may use it'
    return Unknown(("Output", resource.logical_id), reason) if shown else False
