"""Snapshot policies of Data Lifecycle Manager that are enabled."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.model.aws.data_lifecycle_manager import is_enabled

if TYPE_CHECKING:
    from relint.logic.truth import Truth
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> Truth:
    """Whether a policy is enabled. Unknown without a State."""
    return is_enabled(view, resource)
