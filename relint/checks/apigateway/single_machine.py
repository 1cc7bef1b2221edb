"""APIs that send requests to one machine."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.aws.serving_instances import API_INTEGRATIONS, INSTANCE, is_accepted, machines_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_ADDRESS = "AWS::EC2::EIP"


def check(resource: Resource, view: View) -> Iterator[Problem]:
    """Yield a problem at each property of an API that names the address of an instance, or an Elastic IP address.

    Message value: `target`, the instance or the address. Nothing if the template accepts the instance as the only one.
    """
    path = dict(API_INTEGRATIONS)[resource.type]
    for target in view.referents(resource, (INSTANCE, _ADDRESS), path):
        machines = machines_of(view, target) if target.type == _ADDRESS else [target]
        if not any(is_accepted(view, machine) for machine in (target, *machines)):
            related = tuple((machine.path, "The one machine that answers.") for machine in machines)
            yield Problem(view.get(resource, *path).path, values={"target": target.logical_id}, related=related)
