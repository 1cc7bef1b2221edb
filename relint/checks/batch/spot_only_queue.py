"""Job queues whose compute environments all run on Spot capacity."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of, any_of
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.resolve.value import Located

_ENVIRONMENT = "AWS::Batch::ComputeEnvironment"
_SPOT_TYPES = ("SPOT", "spot", "FARGATE_SPOT", "fargate_spot")


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at ComputeEnvironmentOrder of a queue without on-demand capacity; value `environments`.

    Unknown if the kind of an environment is, such as that of another stack.
    """
    named = view.select(resource, ("Properties", "ComputeEnvironmentOrder", "*", "ComputeEnvironment"))
    is_spot = all_of([_is_spot(view, environment) for environment in named])
    if isinstance(is_spot, Unknown):
        yield is_spot
    elif named and is_spot:
        environments = [view.target(environment, _ENVIRONMENT) for environment in named]
        known = [environment for environment in environments if environment is not None]
        values = {"environments": [environment.logical_id for environment in known]}
        sentence = "It runs on Spot capacity."
        related = tuple(((*environment.path, "Properties", "ComputeResources"), sentence) for environment in known)
        yield Problem((*resource.path, "Properties", "ComputeEnvironmentOrder"), values=values, related=related)


def _is_spot(view: View, named: Located) -> Truth:
    """Whether an environment runs on Spot capacity alone: by its type, or by that of its managed instances."""
    environment = view.target(named, _ENVIRONMENT)
    if environment is None:
        return Unknown(("Environment", named.path), "another stack decides what a compute environment runs on")
    resources = view.get(environment, "Properties", "ComputeResources")
    option = ("ManagedInstancesProvider", "InstanceLaunchTemplate", "CapacityOptionType")
    return any_of(
        [
            apply_test("in", view.get(resources, "Type").value, _SPOT_TYPES),
            apply_test("equals", view.get(resources, *option).value, "SPOT"),
        ]
    )
