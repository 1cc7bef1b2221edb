"""Resources of which neither AWS Backup nor Data Lifecycle Manager takes copies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.model.aws.backup import is_backed_up, unseen_tag
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_PLANS = ("AWS::Backup::BackupPlan", "AWS::Backup::BackupSelection", "AWS::DLM::LifecyclePolicy")


def check(resource: Resource, view: View, types: Sequence[str]) -> Iterator[Problem | Unknown]:
    """A problem for a resource that the plans and policies of the template pass by.

    In a template without any, one problem (message `no-plan`, level note) at the first of the resources of `types`,
    which names them all in `resources`: the plan may be kept elsewhere. Instances count if their role is `singleton`.
    """
    if not _matters(view, resource):
        return
    if next(view.resources(*_PLANS), None) is None:
        alone = [one for one in view.resources(*types) if _matters(view, one)]
        if alone[0] is resource:
            names = ", ".join(one.logical_id for one in alone)
            places = tuple((one.path, f'"{one.logical_id}" is not backed up by this template.') for one in alone[1:])
            yield Problem(resource.path, {"resources": names}, places, "no-plan", "note")
        return
    answer = is_backed_up(view, resource)
    if answer is False:
        answer = unseen_tag(view, resource) or False
    if isinstance(answer, Unknown):
        yield answer
    elif not answer:
        yield Problem(resource.path)


def _matters(view: View, resource: Resource) -> bool:
    role = view.get(resource, "Metadata", "relint", "role").value
    return resource.type != "AWS::EC2::Instance" or role == "singleton"
