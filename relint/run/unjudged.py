"""Parts of a template that no rule judges, so that a report without findings does not claim more than it knows."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.discover.template_detection import INCLUDE
from relint.finding import Unjudged, UnjudgedKind

if TYPE_CHECKING:
    from relint.model.template import Template
    from relint.settings.lint_config import LintConfig
    from relint.source.document import Document
    from relint.source.location import Path

_NESTED_STACK_TYPES = ("AWS::CloudFormation::Stack", "AWS::Serverless::Application")
_Part = tuple[UnjudgedKind, str, "Path"]
"""The kind, the name and the path of a part."""


def find_unjudged(template: Template, config: LintConfig) -> list[Unjudged]:
    """Return the parts of a template that are not judged: types without a rule, macros, includes, modules, stacks.

    A type has a rule if any rule of relint or of the user checks it, whichever rules run; a rule in preview counts
    where previews run. Resources that SAM generates are not counted. All nested stacks are listed; `run` leaves out
    those that it follows.
    """
    document = template.document
    paths: dict[tuple[str, UnjudgedKind, str], list[Path]] = {}
    for kind, name, path in _unjudged_parts(template, config):
        file = document.file if kind == "nested stack" else document.file_of(path)  # the name is relative to the file
        paths.setdefault((file, kind, name), []).append(path)
    return [
        Unjudged(file, kind, name, number=len(places), line=_line_in(document, file, places[0]))
        for (file, kind, name), places in sorted(paths.items())
    ]


def _line_in(document: Document, file: str, path: Path) -> int | None:
    """Return the line of a part, or None if it is in another file."""
    return document.key_span(path).start.line if document.file_of(path) == file else None


def _unjudged_parts(template: Template, config: LintConfig) -> Iterator[_Part]:
    """Yield each part that is not judged."""
    for resource_type, resources in template.by_type.items():
        if resource_type.endswith("::MODULE"):
            yield from (("module", resource_type, resource.path) for resource in resources)
        elif resource_type in _NESTED_STACK_TYPES:
            yield from _nested_stacks(template, resource_type)
        elif resource_type not in config.judged_types:
            written = [resource for resource in resources if resource.generated_from in ((), resource.path)]
            yield from (("type", resource_type, resource.path) for resource in written)
    data, text = template.document.data, template.document.text
    if "Transform" in text:
        yield from _transforms(data)
    if "Rain::" in text:
        yield from _rain_modules(data["Resources"])
    modules = data.get("Modules")
    if isinstance(modules, dict):
        yield from (("module", str(name), ("Modules", name)) for name in modules)


def _rain_modules(resources: dict[str, Any]) -> Iterator[_Part]:
    from relint.discover.template_detection import is_rain_module  # few templates are written for rain

    for logical_id, body in resources.items():
        module: Any = body.get("Type") if isinstance(body, dict) else None
        if is_rain_module(module):
            yield "module", str(next(iter(module.values()))), ("Resources", logical_id)


def _nested_stacks(template: Template, resource_type: str) -> Iterator[_Part]:
    from relint.stacks.nested import LOCATION_PROPERTIES, template_location  # few templates deploy others

    for resource in template.by_type[resource_type]:
        location, _ = template_location(template, resource, LOCATION_PROPERTIES[resource_type])
        yield "nested stack", location or "", resource.path


def _transforms(data: dict[str, Any]) -> Iterator[_Part]:
    """Yield the macros and includes in the order of the text; what other transforms of AWS do is known."""
    yield from _transform_calls(data.get("Transform"), ("Transform",))
    stack: list[tuple[Any, Path]] = [(data, ())]
    while stack:
        node, path = stack.pop()
        if isinstance(node, dict):
            yield from _transform_calls(node.get("Fn::Transform"), (*path, "Fn::Transform"))
            stack.extend((value, (*path, key)) for key, value in reversed(node.items()))
        elif isinstance(node, list):
            stack.extend((node[index], (*path, index)) for index in reversed(range(len(node))))


def _transform_calls(calls: Any, path: Path) -> Iterator[_Part]:
    for call in calls if isinstance(calls, list) else [calls]:
        name = call.get("Name") if isinstance(call, dict) else call
        if name == INCLUDE:
            parameters = call.get("Parameters") if isinstance(call, dict) else None
            location = parameters.get("Location") if isinstance(parameters, dict) else None
            yield "include", location if isinstance(location, str) else "", path
        elif isinstance(name, str) and not name.startswith("AWS::"):
            yield "macro", name, path
