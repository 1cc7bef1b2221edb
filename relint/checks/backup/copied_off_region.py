"""Whether AWS Backup keeps copies of a resource in another Region or account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relint.checks.backup.copy_destination import fact as how_far
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of, any_of
from relint.model.aws.backup import selects

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_PLAN = "AWS::Backup::BackupPlan"


def fact(resource: Resource, view: View) -> Truth:
    """True if a selection of the template takes the resource for a plan whose copies leave the Region or account."""
    return any_of(
        all_of([selects(view, selection, resource), _goes_away(view, selection)])
        for selection in view.resources("AWS::Backup::BackupSelection")
    )


def _goes_away(view: View, selection: Resource) -> Truth:
    plan = view.get(selection, "Properties", "BackupPlanId")
    target = view.target(plan, _PLAN)
    return False if target is None else apply_test("equals", how_far(target, view), "away")
