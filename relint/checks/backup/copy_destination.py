"""Where the copies of a backup plan go.

https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint._named_tuple import NamedTuple
from relint.checks.problem import Problem
from relint.logic.truth import Truth, all_of
from relint.model.aws.region import is_own
from relint.model.zone_names import describe_expression
from relint.resolve.value import ABSENT, Located, Unknown, expression_of, references, split_parts

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_VAULT = "AWS::Backup::BackupVault"
_AIR_GAPPED = "AWS::Backup::LogicallyAirGappedBackupVault"
_RULES = ("Properties", "BackupPlan", "BackupPlanRule", "*")


class _Copy(NamedTuple):
    """A copy that a rule of a plan makes, and whether it stays in the Region and the account of the stack."""

    rule: Located
    vault: Located
    stays: Truth


def fact(resource: Resource, view: View) -> str | Unknown:
    """How far the copies of a backup plan go: "away" (another Region or account), "near" or "none".

    A logically air-gapped vault counts as away, because it is kept outside of the account that made it.
    """
    for rule in view.select(resource, _RULES):
        if isinstance(rule.value, Unknown):
            return rule.value
        if view.get(rule, "TargetLogicallyAirGappedBackupVaultArn").value is not ABSENT:
            return "away"
    answers = [copy.stays for copy in _copies(resource, view)]
    if False in answers:
        return "away"
    return next((one for one in answers if isinstance(one, Unknown)), "near" if answers else "none")


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """A problem for a copy into the vault in which the backup itself lies, or (`near`, a note) into one beside it.

    Copies beside the backup are left alone if another copy of the plan goes away or may do so.
    """
    near = fact(resource, view) == "near"
    for copy in _copies(resource, view):
        values = {"vault": describe_expression(expression_of(copy.vault.value)).split(":")[-1]}
        if isinstance(copy.stays, Unknown):
            yield copy.stays
        elif copy.stays and _is_source(view, copy):
            yield Problem(copy.vault.path, values, (), "itself", "error")
        elif copy.stays and near:
            yield Problem(copy.vault.path, values, (), "near", "note")


def _copies(plan: Resource, view: View) -> Iterator[_Copy]:
    for rule in view.select(plan, _RULES):
        for action in view.select(rule, ("CopyActions", "*")):
            vault = view.get(action, "DestinationBackupVaultArn")
            yield _Copy(rule, vault, _stays(view, vault))


def _stays(view: View, vault: Located) -> Truth:
    """Whether the ARN of a vault names the Region and the account of the stack."""
    target = view.target(vault, _VAULT, _AIR_GAPPED)
    if target is not None:
        return target.type == _VAULT
    form = expression_of(vault.value)
    parts = form[1:] if isinstance(form, tuple) and form and form[0] == "Concat" else (form,)
    fields = split_parts(parts, ":", vault.value.reason if isinstance(vault.value, Unknown) else "")
    if len(fields) != 7:
        return vault.value if isinstance(vault.value, Unknown) else False
    return all_of([is_own(view, "AWS::Region", fields[3]), is_own(view, "AWS::AccountId", fields[4])])


def _is_source(view: View, copy: _Copy) -> bool:
    """Whether the vault of a copy, known to be in this Region and account, is the one that the rule backs up to."""
    source = view.get(copy.rule, "TargetBackupVault").value
    mentioned = references(expression_of(source)) & set(view.template.resources)
    if mentioned:
        return bool(mentioned & references(expression_of(copy.vault.value)))
    arn, name = _text(copy.vault.value), _text(source)
    return bool(name) and arn.endswith(":" + name)


def _text(value: object) -> str:
    """A text with its unknown parts set off, so that two texts made alike are equal."""
    form = expression_of(value)
    if isinstance(form, tuple) and form and form[0] == "Concat":
        return "".join(part if isinstance(part, str) else f"\0{part!r}\0" for part in form[1:])
    return form if isinstance(form, str) else f"\0{form!r}\0"
