"""Resources of other stacks to which a template refers by their exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING, Any
from relint.resolve.scenario import Scenario
from relint.resolve.value import expression_of

if TYPE_CHECKING:
    from relint.model.template import Template
    from relint.stacks.exports import Export, ExportKey

_FUNCTIONS = ("Fn::ImportValue", "Fn::GetStackOutput")


IMPORTING_FUNCTIONS = ("ImportValue", "GetStackOutput")
"""Words without which a template takes no values of stacks that are neither above nor below it."""


def imported_resources(template: Template, exports: Mapping[ExportKey, Export]) -> dict[str, Mapping[str, Any]]:
    """Return the resources to which exports refer that the default deployment of a template imports, by name."""
    resources: dict[str, Mapping[str, Any]] = {}
    for function, argument in _imports(template.document.data) if exports else ():
        value = Scenario(template.deployments).resolve_deep(argument, ())
        key = value if function == "Fn::ImportValue" else _stack_output_key(template, value)
        export = exports.get(key) if isinstance(key, str | tuple) else None
        if export:
            resources.update(export.resources)
    return resources


def _stack_output_key(template: Template, names: Any) -> ExportKey | None:
    """Return the key of a stack output of this account, of which Fn::GetStackOutput has the names."""
    if not isinstance(names, dict) or "RoleArn" in names:
        return None
    return tuple(expression_of(names.get(name, "")) for name in ("StackName", "OutputName", "Region"))


def _imports(data: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the functions that import values, with their arguments, unresolved."""
    stack: list[Any] = [data]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            yield from ((name, node[name]) for name in _FUNCTIONS if name in node)
            stack += node.values()
        elif isinstance(node, list):
            stack += node
