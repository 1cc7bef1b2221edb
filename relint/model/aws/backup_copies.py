"""Copies that AWS Backup makes of recovery points.

https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.logic.truth import Truth, all_of, negate
from relint.model.aws.region import is_same_as_stack
from relint.resolve.value import ABSENT, Located, Unknown, expression_of, parts_of, split_parts

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_VAULT = "AWS::Backup::BackupVault"
_AIR_GAPPED_VAULT = "AWS::Backup::LogicallyAirGappedBackupVault"
_RULES = ("Properties", "BackupPlan", "BackupPlanRule", "*")


class CopyAction(NamedTuple):
    """A copy that a rule of a backup plan makes, and whether the copy stays in the stack's Region and account."""

    rule: Located
    vault: Located
    is_local: Truth


def copy_destination(view: View, plan: Resource) -> str | Unknown:
    """Return where a backup plan copies to: "other-region", "same-region" or "none" if it makes no copies.

    Another account and a logically air-gapped vault, which AWS keeps in an account of its own, count as another Region.
    """
    for rule in view.select(plan, _RULES):
        if isinstance(rule.value, Unknown):
            return rule.value
        if view.get(rule, "TargetLogicallyAirGappedBackupVaultArn").value is not ABSENT:
            return "other-region"
    answers = [copy.is_local for copy in copy_actions(view, plan)]
    if False in answers:
        return "other-region"
    unknown = next((answer for answer in answers if isinstance(answer, Unknown)), None)
    return unknown or ("same-region" if answers else "none")


def copy_actions(view: View, plan: Resource) -> Iterator[CopyAction]:
    """Yield the copies that a backup plan makes, in the order of its rules."""
    for rule in view.select(plan, _RULES):
        for action in view.select(rule, ("CopyActions", "*")):
            vault = view.get(action, "DestinationBackupVaultArn")
            yield CopyAction(rule=rule, vault=vault, is_local=_is_local(view, vault))


def is_in_other_account(view: View, vault: Located) -> Truth:
    """Whether the ARN of a vault contains another account than that of the stack."""
    return _is_elsewhere(view, vault, "AWS::AccountId", 4)


def is_in_other_region(view: View, vault: Located) -> Truth:
    """Whether the ARN of a vault contains another Region than that of the stack."""
    return _is_elsewhere(view, vault, "AWS::Region", 3)


def _is_elsewhere(view: View, vault: Located, pseudo_parameter: str, field: int) -> Truth:
    """Whether a field of the ARN of a vault differs from that of the stack."""
    if view.target(vault, _VAULT, _AIR_GAPPED_VAULT) is not None:
        return False
    fields = _arn_fields(vault)
    if fields is None:
        return vault.value if isinstance(vault.value, Unknown) else False
    return negate(is_same_as_stack(view, pseudo_parameter, fields[field]))


def _arn_fields(vault: Located) -> list[Any] | None:
    """Return the seven fields of the ARN of a vault; None for another text."""
    reason = vault.value.reason if isinstance(vault.value, Unknown) else ""
    fields = split_parts(parts_of(expression_of(vault.value)), ":", reason)
    return fields if len(fields) == 7 else None


def _is_local(view: View, vault: Located) -> Truth:
    """Whether the ARN of a vault contains the Region and the account of the stack."""
    target = view.target(vault, _VAULT, _AIR_GAPPED_VAULT)
    if target is not None:
        return target.type == _VAULT
    fields = _arn_fields(vault)
    if fields is None:
        return vault.value if isinstance(vault.value, Unknown) else False
    return all_of(
        [is_same_as_stack(view, "AWS::Region", fields[3]), is_same_as_stack(view, "AWS::AccountId", fields[4])]
    )
