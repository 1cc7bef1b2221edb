"""Task definitions that are run on Fargate."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, any_of
from relint.model.aws.ecs import effective_strategy
from relint.resolve.value import ABSENT, Located, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_PROVIDERS = ["FARGATE", "FARGATE_SPOT"]
_RUNNERS = {
    "AWS::ECS::Service": ((), "TaskDefinition"),
    "AWS::ECS::TaskSet": ((), "TaskDefinition"),
    "AWS::Events::Rule": (("Targets", "*", "EcsParameters"), "TaskDefinitionArn"),
    "AWS::Pipes::Pipe": (("TargetParameters", "EcsTaskParameters"), "TaskDefinitionArn"),
    "AWS::Scheduler::Schedule": (("Target", "EcsParameters"), "TaskDefinitionArn"),
}
"""By type: where it says how tasks are run, and the name of the task definition there. Looked up on 2026-11-28.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-events-rule-ecsparameters.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-scheduler-schedule-ecsparameters.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-pipes-pipe-pipetargetecstaskparameters.html
"""


def fact(resource: Resource, view: View) -> Truth:
    """Whether a task definition is made for Fargate, or a resource of the template runs it there."""
    modes = view.select(resource, ("Properties", "RequiresCompatibilities", "*"))
    tests = [apply_test("equals", mode.value, "FARGATE") for mode in modes]
    return any_of([*tests, *_launches(resource, view)])


def _launches(definition: Resource, view: View) -> Iterator[Truth]:
    """Yield for each way in which a task definition is run whether that is on Fargate."""
    for runner_type, (steps, key) in _RUNNERS.items():
        for runner in view.resources(runner_type):
            for way in view.select(runner, ("Properties", *steps)):
                if way.value is not ABSENT and view.target(view.get(way, key)) is definition:
                    yield apply_test("equals", view.get(way, "LaunchType").value, "FARGATE")
                    yield from _provider_tests(view, runner, way)


def _provider_tests(view: View, runner: Resource, way: Located) -> Iterator[Truth]:
    strategy = view.get(way, "CapacityProviderStrategy")
    if runner.type == "AWS::ECS::Service" and view.get(way, "LaunchType").value is ABSENT:
        strategy = effective_strategy(view, runner)
    if strategy.value is not ABSENT and not isinstance(strategy.value, Unknown):
        for provider in view.select(strategy, ("*", "CapacityProvider")):
            yield apply_test("in", provider.value, _PROVIDERS)
