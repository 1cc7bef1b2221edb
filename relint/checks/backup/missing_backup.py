"""Resources of which neither AWS Backup nor Data Lifecycle Manager takes copies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.aws.backup import is_backed_up, unassigned_tag
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_PLAN_TYPES = ("AWS::Backup::BackupPlan", "AWS::Backup::BackupSelection", "AWS::DLM::LifecyclePolicy")


def check(resource: Resource, view: View, types: Sequence[str]) -> Iterator[Problem | Unknown]:
    """Yield a problem at a resource that the template does not back up.

    In a template without plans and policies, yield one problem (message `no-plan`, a note) at the first resource of
    `types`, with the names of all of them as message value `resources`: another template may contain the plan.
    Instances count if their role is `singleton`. Unknown if the selection is unknown, or if it uses a tag of the stack.
    """
    if not _needs_backup(view, resource):
        return
    if next(view.resources(*_PLAN_TYPES), None) is None:
        resources = [other for other in view.resources(*types) if _needs_backup(view, other)]
        if resources[0] is resource:
            names = ", ".join(other.logical_id for other in resources)
            related = tuple(
                (other.path, f'"{other.logical_id}" is not backed up by this template.') for other in resources[1:]
            )
            yield Problem(resource.path, values={"resources": names}, related=related, message="no-plan", level="note")
        return
    is_covered = is_backed_up(view, resource)
    if is_covered is False:
        is_covered = unassigned_tag(view, resource) or False
    if isinstance(is_covered, Unknown):
        yield is_covered
    elif not is_covered:
        yield Problem(resource.path)


def _needs_backup(view: View, resource: Resource) -> bool:
    role = view.get(resource, "Metadata", "relint", "role").value
    return resource.type != "AWS::EC2::Instance" or role == "singleton"
