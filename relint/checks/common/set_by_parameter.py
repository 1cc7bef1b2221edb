"""Properties that a deployment sets by a parameter."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.model.unresolved import unresolved_value

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import Steps, View


def fact(resource: Resource, view: View, path: Steps, unlike: Steps = ()) -> bool:
    """Whether the property at `path` is a Ref of a parameter.

    In that case the template sets a default only. With `unlike`, the parameter must be another one than that of the
    property at the path `unlike`.
    """
    name = _parameter_name(view, resource, path)
    return name is not None and not (unlike and name == _parameter_name(view, resource, unlike))


def _parameter_name(view: View, resource: Resource, path: Steps) -> str | None:
    node = unresolved_value(resource, path)
    name = node.get("Ref") if isinstance(node, dict) and len(node) == 1 else None
    if not isinstance(name, str) or name.startswith("AWS::"):
        return None
    return name if name in view.template.deployments.parameters else None
