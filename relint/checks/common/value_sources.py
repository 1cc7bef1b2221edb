"""What a value depends on, as it is written: its parameters, pseudo parameters and references."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from relint.resolve.parameters import PSEUDO_PARAMETERS

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import Steps, View

_PLACEHOLDER = re.compile(r"\$\{([^!${}][^${}]*)\}")


def fact(resource: Resource, view: View, place: Steps) -> list[str]:
    """What makes the value at `place` (a path) differ from one deployment to the other; empty for a plain text.

    Pseudo parameters are named ("AWS::Region"); "parameter" stands for a parameter of the template, with a default or
    without, and "other" for what only the deployment tells, such as the id of a resource or an import. A value that a
    mapping gives or a condition chooses depends on what these look at, and so does one of a conditional resource on
    AWS::Region.
    """
    *holder, name = place
    parent = view.select(resource, holder)[0].value
    written = parent.get(name) if isinstance(parent, dict) else None
    found = list(dict.fromkeys(_sources(view, written)))
    if _by_region(view, resource.body.get("Condition")) and "AWS::Region" not in found:
        found.append("AWS::Region")
    return found


def _sources(view: View, node: Any) -> Iterator[str]:
    """The sources of a written value, in the order in which they stand there."""
    if isinstance(node, list):
        for item in node:
            yield from _sources(view, item)
    elif isinstance(node, str):
        if "{{resolve:" in node:
            yield "other"
    elif isinstance(node, dict):
        for function, argument in node.items():
            if function == "Ref":
                yield from _source(view, argument)
            elif function == "Fn::Sub":
                yield from _in_sub(view, argument)
            elif function == "Fn::If" and isinstance(argument, list) and len(argument) == 3:
                if _by_region(view, argument[0]):
                    yield "AWS::Region"
                taken = isinstance(argument[0], str) and view.scenario.condition(argument[0])
                yield from _sources(view, argument[1 if taken else 2])
            elif function in ("Fn::GetAtt", "Fn::ImportValue", "Fn::Transform"):
                yield "other"
            else:
                yield from _sources(view, argument)


def _source(view: View, name: Any) -> Iterator[str]:
    if name in PSEUDO_PARAMETERS:
        yield str(name)
    elif name != "AWS::NoValue":
        yield "parameter" if isinstance(name, str) and name in view.template.deployments.parameters else "other"


def _in_sub(view: View, argument: Any) -> Iterator[str]:
    text, variables = argument, {}
    if isinstance(argument, list) and len(argument) == 2 and isinstance(argument[1], dict):
        text, variables = argument
    if isinstance(text, str):
        yield from _sources(view, text)
        for match in _PLACEHOLDER.finditer(text):
            name = match[1].strip()
            yield from _sources(view, variables[name]) if name in variables else _source(view, name)


def _by_region(view: View, condition: Any) -> bool:
    return isinstance(condition, str) and "AWS::Region" in view.template.deployments.depends_on(condition)
