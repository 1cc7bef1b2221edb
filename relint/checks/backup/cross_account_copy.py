"""Resources whose backups go to another account, which has no use for the AWS managed key.

https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.truth import all_of
from relint.model.aws.backup import is_selected
from relint.model.aws.backup_copies import copy_actions, is_in_other_account
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_PLAN, _SELECTION = "AWS::Backup::BackupPlan", "AWS::Backup::BackupSelection"


def check(resource: Resource, view: View, name: str = "KmsKeyId") -> Iterator[Problem | Unknown]:
    """Yield a problem at the property `name` of a resource that a plan copies to a vault of another account.

    Value: `plan`. Unknown if the selection or the account is unknown.
    """
    unknown = None
    for selection in view.resources(_SELECTION):
        plan = view.target(view.get(selection, "Properties", "BackupPlanId"), _PLAN)
        for copy in copy_actions(view, plan) if plan is not None else ():
            is_sent = all_of([is_selected(view, selection, resource), is_in_other_account(view, copy.vault)])
            if isinstance(is_sent, Unknown):
                unknown = unknown or is_sent
            elif is_sent and plan is not None:
                related = ((copy.vault.path, "This vault is in another account."),)
                yield Problem((*resource.path, "Properties", name), values={"plan": plan.logical_id}, related=related)
                return
    if unknown is not None:
        yield unknown
