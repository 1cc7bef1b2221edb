"""Parts of a template that no rule judges, so that a report without findings does not claim more than it knows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat

from relint._typing import TYPE_CHECKING, Any
from relint.finding import Unjudged, UnjudgedKind

if TYPE_CHECKING:
    from relint.model.template import Template
    from relint.settings.lint_config import LintConfig

_NESTED_STACK_TYPES = ("AWS::CloudFormation::Stack", "AWS::Serverless::Application")
_INCLUDE = "AWS::Include"
_Part = tuple[UnjudgedKind, str]
"""The kind and the name of a part."""


def find_unjudged(template: Template, config: LintConfig) -> list[Unjudged]:
    """Return the parts of a template that are not judged: types without a rule, macros, includes, modules, stacks.

    A type has a rule if any rule of relint or of the user checks it, whichever rules run. Resources that SAM generates
    are not counted. All nested stacks are listed; `run` leaves out those that it follows.
    """
    file = template.document.file
    numbers: dict[_Part, int] = {}
    for kind_and_name in _unjudged_parts(template, config):
        numbers[kind_and_name] = numbers.get(kind_and_name, 0) + 1
    return [
        Unjudged(file=file, kind=kind, name=name, number=number) for (kind, name), number in sorted(numbers.items())
    ]


def _unjudged_parts(template: Template, config: LintConfig) -> Iterator[_Part]:
    """Yield the kind and the name of each part that is not judged."""
    for resource_type, resources in template.by_type.items():
        if resource_type.endswith("::MODULE"):
            yield from repeat(("module", resource_type), len(resources))
        elif resource_type in _NESTED_STACK_TYPES:
            yield from _nested_stacks(template, resource_type)
        elif resource_type not in config.judged_types:
            written = [resource for resource in resources if resource.generated_from in ((), resource.path)]
            yield from repeat(("type", resource_type), len(written))
    data, text = template.document.data, template.document.text
    if "Transform" in text:
        yield from _transforms(data)
    if "Rain::" in text:
        from relint.discover.template_slips import is_rain_module  # few templates are written for rain

        modules = (body["Type"] for body in data["Resources"].values() if isinstance(body, dict) and "Type" in body)
        yield from (("module", str(next(iter(module.values())))) for module in modules if is_rain_module(module))
    modules = data.get("Modules")
    if isinstance(modules, dict):
        yield from (("module", str(name)) for name in modules)


def _nested_stacks(template: Template, resource_type: str) -> Iterator[_Part]:
    from relint.stacks.nested import LOCATION_PROPERTIES, template_location  # few templates deploy others

    for resource in template.by_type[resource_type]:
        location, _ = template_location(template, resource, LOCATION_PROPERTIES[resource_type])
        yield "nested stack", location or ""


def _transforms(data: dict[str, Any]) -> Iterator[_Part]:
    """Yield the macros and includes in a template; what AWS::Serverless and other transforms of AWS do is known."""
    transform = data.get("Transform")
    for item in transform if isinstance(transform, list) else [transform]:
        name = item.get("Name") if isinstance(item, dict) else item
        if isinstance(name, str):
            yield from _transform(name, item)
    stack: list[Any] = [data]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            call = node.get("Fn::Transform")
            for item in call if isinstance(call, list) else [call]:
                name = item.get("Name") if isinstance(item, dict) else item
                if isinstance(name, str):
                    yield from _transform(name, item)
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)


def _transform(name: str, call: Any) -> Iterator[_Part]:
    if name == _INCLUDE:
        parameters = call.get("Parameters") if isinstance(call, dict) else None
        location = parameters.get("Location") if isinstance(parameters, dict) else None
        yield "include", location if isinstance(location, str) else ""
    elif not name.startswith("AWS::"):
        yield "macro", name
