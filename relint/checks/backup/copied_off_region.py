"""Resources of which AWS Backup keeps copies in another Region or account."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of, any_of
from relint.model.aws.backup import is_selected
from relint.model.aws.backup_copies import copy_destination

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_PLAN = "AWS::Backup::BackupPlan"


def fact(resource: Resource, view: View) -> Truth:
    """Whether the resource is in a backup plan that copies to another Region or account.

    Unknown if the selection or the destination is unknown.
    """
    return any_of(
        all_of([is_selected(view, selection, resource), _copies_off_region(view, selection)])
        for selection in view.resources("AWS::Backup::BackupSelection")
    )


def _copies_off_region(view: View, selection: Resource) -> Truth:
    plan = view.target(view.get(selection, "Properties", "BackupPlanId"), _PLAN)
    return False if plan is None else apply_test("equals", copy_destination(view, plan), "other-region")
