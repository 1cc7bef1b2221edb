"""Parameters, pseudo parameters and references that a value depends on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.resolve.parameters import PSEUDO_PARAMETERS

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import Steps, View

_PLACEHOLDER = r"\$\{([^!${}][^${}]*)\}"  # compiled on first use


def fact(resource: Resource, view: View, path: Steps) -> list[str]:
    """Return why the value at `path` can differ between deployments; an empty list for a literal.

    Pseudo parameters are named ("AWS::Region"); "parameter" stands for a parameter of the template, with a default or
    without, and "other" for a value that is decided on deployment, such as the id of a resource or an import. A value
    from a mapping or from Fn::If depends on the keys and conditions used, and a value of a conditional resource on
    AWS::Region if its condition does.
    """
    *parent_path, name = path
    parent = view.select(resource, parent_path)[0].value
    node = parent.get(name) if isinstance(parent, dict) else None
    sources = list(dict.fromkeys(_sources(view, node)))
    if _depends_on_region(view, resource.body.get("Condition")) and "AWS::Region" not in sources:
        sources.append("AWS::Region")
    return sources


def _sources(view: View, node: Any) -> Iterator[str]:
    """Yield the sources of an unresolved value in the order of the template."""
    if isinstance(node, list):
        for item in node:
            yield from _sources(view, item)
    elif isinstance(node, str):
        if "{{resolve:" in node:
            yield "other"
    elif isinstance(node, dict):
        for function, argument in node.items():
            if function == "Ref":
                yield from _sources_of_ref(view, argument)
            elif function == "Fn::Sub":
                yield from _sources_of_sub(view, argument)
            elif function == "Fn::If" and isinstance(argument, list) and len(argument) == 3:
                if _depends_on_region(view, argument[0]):
                    yield "AWS::Region"
                is_met = isinstance(argument[0], str) and view.scenario.condition_value(argument[0])
                yield from _sources(view, argument[1 if is_met else 2])
            elif function in ("Fn::GetAtt", "Fn::ImportValue", "Fn::GetStackOutput", "Fn::Transform"):
                yield "other"
            else:
                yield from _sources(view, argument)


def _sources_of_ref(view: View, name: Any) -> Iterator[str]:
    if name in PSEUDO_PARAMETERS:
        yield str(name)
    elif name != "AWS::NoValue":
        yield "parameter" if isinstance(name, str) and name in view.template.deployments.parameters else "other"


def _sources_of_sub(view: View, argument: Any) -> Iterator[str]:
    text, variables = argument, {}
    if isinstance(argument, list) and len(argument) == 2 and isinstance(argument[1], dict):
        text, variables = argument
    if isinstance(text, str):
        yield from _sources(view, text)
        for match in re.finditer(_PLACEHOLDER, text):
            name = match[1].strip()
            yield from _sources(view, variables[name]) if name in variables else _sources_of_ref(view, name)


def _depends_on_region(view: View, condition: Any) -> bool:
    return isinstance(condition, str) and "AWS::Region" in view.template.deployments.parameters_of(condition)
