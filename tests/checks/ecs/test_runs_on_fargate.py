"""Task definitions that run on Fargate, by what they say and by each way to run them."""

from __future__ import annotations

from typing import Any

import pytest

from relint.checks.ecs.runs_on_fargate import fact
from tests.helpers.views import view_of

TASK = {"Ref": "Task"}
WAYS: dict[str, Any] = {
    "AWS::ECS::Service": lambda how: {"TaskDefinition": TASK, **how},
    "AWS::ECS::TaskSet": lambda how: {"TaskDefinition": TASK, **how},
    "AWS::Events::Rule": lambda how: {"Targets": [{}, {"EcsParameters": {"TaskDefinitionArn": TASK, **how}}]},
    "AWS::Pipes::Pipe": lambda how: {"TargetParameters": {"EcsTaskParameters": {"TaskDefinitionArn": TASK, **how}}},
    "AWS::Scheduler::Schedule": lambda how: {"Target": {"EcsParameters": {"TaskDefinitionArn": TASK, **how}}},
}


def runs_on_fargate(runner: dict[str, Any], task: dict[str, Any] | None = None) -> Any:
    view = view_of({"Task": {"Type": "AWS::ECS::TaskDefinition", "Properties": task or {}}, "Runner": runner})
    return fact(view.template.resources["Task"], view)


@pytest.mark.parametrize("resource_type", WAYS)
@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({"LaunchType": "FARGATE"}, True),
        ({"LaunchType": "EC2"}, False),
        ({}, False),
        ({"CapacityProviderStrategy": [{"CapacityProvider": "FARGATE", "Weight": 1}]}, True),
        ({"CapacityProviderStrategy": [{"CapacityProvider": "x"}, {"CapacityProvider": "FARGATE_SPOT"}]}, True),
        ({"CapacityProviderStrategy": [{"CapacityProvider": "x", "Weight": 1}]}, False),
    ],
)
def test_each_way_to_run_a_task(resource_type: str, how: dict[str, Any], *, expected: bool) -> None:
    assert runs_on_fargate({"Type": resource_type, "Properties": WAYS[resource_type](how)}) is expected


def test_task_that_is_made_for_fargate() -> None:
    other = {"Type": "AWS::SQS::Queue"}
    assert runs_on_fargate(other, {"RequiresCompatibilities": ["EC2", "FARGATE"]}) is True
    assert runs_on_fargate(other, {"RequiresCompatibilities": ["EC2"]}) is False


def test_another_task_on_fargate_does_not_count() -> None:
    service = {"TaskDefinition": "other:1", "LaunchType": "FARGATE"}
    assert runs_on_fargate({"Type": "AWS::ECS::Service", "Properties": service}) is False
