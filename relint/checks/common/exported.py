"""Resources that an output exports to other stacks."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.model.aws.stack_exports import is_exported

if TYPE_CHECKING:
    from relint.logic.truth import Truth
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> Truth:
    """Whether an output exports an id or attribute of the resource; Unknown if an output only contains it."""
    return is_exported(view, resource)
