"""Outputs by which other stacks can refer to a resource."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.resolve.value import Unknown, expression_of, references

if TYPE_CHECKING:
    from relint.logic.truth import Truth
    from relint.model.resource import Resource
    from relint.model.view import View


def is_exported(view: View, resource: Resource) -> Truth:
    """Whether an output of the template exports an id or an attribute of the resource.

    Unknown if an output contains such a value without exporting it: the parent of a nested stack may use that output.
    """
    section = view.template.document.data.get("Outputs")
    outputs = section if isinstance(section, dict) else {}
    is_output = False
    for name, output in outputs.items():
        if not isinstance(output, dict):
            continue
        value = view.scenario.resolve_deep(output.get("Value"), ("Outputs", name, "Value"))
        if resource.logical_id in references(expression_of(value)):
            if "Export" in output:
                return True
            is_output = True
    reason = f'the stack that takes the output of "{resource.logical_id}" may use it'
    return Unknown(("Output", resource.logical_id), reason) if is_output else False
