"""Resources of other stacks to which a template refers by their exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING, Any
from relint.resolve.scenario import Scenario

if TYPE_CHECKING:
    from relint.model.template import Template
    from relint.stacks.exports import Export


def imported_resources(template: Template, exports: Mapping[str, Export]) -> dict[str, Mapping[str, Any]]:
    """Return the resources to which exports refer that the default deployment of a template imports, by name."""
    resources: dict[str, Mapping[str, Any]] = {}
    for node in _import_names(template.document.data) if exports else ():
        name = Scenario(template.deployments).resolve_deep(node, ())
        export = exports.get(name) if isinstance(name, str) else None
        if export:
            resources.update(export.resources)
    return resources


def _import_names(data: dict[str, Any]) -> Iterator[Any]:
    """Yield the arguments of Fn::ImportValue, unresolved."""
    stack: list[Any] = [data]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            if "Fn::ImportValue" in node:
                yield node["Fn::ImportValue"]
            stack += node.values()
        elif isinstance(node, list):
            stack += node
