"""Whether a deployment sets a property by a parameter."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import Steps, View


def fact(resource: Resource, view: View, path: Steps, unlike: Steps = ()) -> bool:
    """Whether nothing but a Ref of a parameter is written at `path`, so that what the template says is a default.

    With `unlike`, it must be another parameter than the one at that path.
    """
    name = _name(resource, view, path)
    return name is not None and not (unlike and name == _name(resource, view, unlike))


def _name(resource: Resource, view: View, path: Steps) -> str | None:
    node = view.root(resource).value
    for step in path:
        node = node.get(step) if isinstance(node, dict) else None
    name = node.get("Ref") if isinstance(node, dict) and len(node) == 1 else None
    declared = isinstance(name, str) and name in view.scenario.deployments.parameters and not name.startswith("AWS::")
    return name if declared else None
