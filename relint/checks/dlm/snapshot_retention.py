"""Days for which a snapshot policy of Data Lifecycle Manager keeps snapshots."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any
from relint.model.aws.data_lifecycle_manager import snapshot_retention_days

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> Any:
    """Return the days for which the schedule with the longest retention keeps snapshots."""
    return snapshot_retention_days(view, resource)
