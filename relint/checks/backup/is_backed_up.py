"""Resources of which AWS Backup or Data Lifecycle Manager takes copies."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.logic.truth import Truth
    from relint.model.resource import Resource
    from relint.model.view import View

_COPYING_TYPES = ("AWS::Backup::BackupSelection", "AWS::DLM::LifecyclePolicy")


def fact(resource: Resource, view: View, min_days: int = 0) -> Truth:
    """Whether the template keeps copies of the resource for at least `min_days` days.

    Unknown if an ARN, a tag or a retention decides and is unknown.
    """
    if view.template.types.isdisjoint(_COPYING_TYPES):
        return False
    from relint.model.aws.backup import is_backed_up  # needs six modules, and most templates have no backup plan

    return is_backed_up(view, resource, min_days)
