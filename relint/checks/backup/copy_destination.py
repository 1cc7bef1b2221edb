"""Destinations of the copies of a backup plan.

https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.aws.backup_copies import CopyAction, copy_actions, copy_destination
from relint.model.zone_names import describe_arn
from relint.resolve.value import Unknown, expression_of, references, text_with_markers

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> str | Unknown:
    """Return "other-region", "same-region" or "none" for a backup plan; Unknown if a rule or a vault is unknown."""
    return copy_destination(view, resource)


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at the vault of each copy that stays in Region and account.

    Message `itself` (an error) if the copy goes to the vault of the backup; `near` (a note) for another vault, unless
    another copy of the plan may go to another Region or account. Message values: `vault` (its name).
    Unknown if the vault of a copy is unknown.
    """
    is_near = copy_destination(view, resource) == "same-region"
    for copy in copy_actions(view, resource):
        values = {"vault": describe_arn(expression_of(copy.vault.value))}
        if isinstance(copy.is_local, Unknown):
            yield copy.is_local
        elif copy.is_local and _is_source_vault(view, copy):
            yield Problem(copy.vault.path, values=values, message="itself", level="error")
        elif copy.is_local and is_near:
            yield Problem(copy.vault.path, values=values, message="near", level="note")


def _is_source_vault(view: View, copy: CopyAction) -> bool:
    """Whether a local copy goes to the vault that the rule backs up to."""
    source = view.get(copy.rule, "TargetBackupVault").value
    resources = references(expression_of(source)) & set(view.template.resources)
    if resources:
        return bool(resources & references(expression_of(copy.vault.value)))
    arn, name = text_with_markers(expression_of(copy.vault.value)), text_with_markers(expression_of(source))
    return bool(name) and arn.endswith(":" + name)
