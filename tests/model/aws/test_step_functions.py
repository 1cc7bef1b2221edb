"""States of state machines, and what completes their tasks.

https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from relint.model.aws.step_functions import (
    MAX_DEPTH,
    MAX_STATES,
    StateMachine,
    completion_kind,
    read_state_machine,
)
from relint.resolve.value import Unknown
from tests.helpers.views import view_of

SUCCEED = {"Type": "Succeed"}


def machine_of(properties: dict[str, Any]) -> StateMachine | Unknown | None:
    resources = {
        "Flow": {"Type": "AWS::StepFunctions::StateMachine", "Properties": properties},
        "Worker": {"Type": "AWS::Lambda::Function"},
        "Live": {"Type": "AWS::Lambda::Alias"},
        "One": {"Type": "AWS::Lambda::Version"},
        "Person": {"Type": "AWS::StepFunctions::Activity"},
    }
    view = view_of(resources, Parameters={"Free": {"Type": "String"}})
    return read_state_machine(view.template.resources["Flow"], view)


def machine_with(states: Any) -> StateMachine:
    machine = machine_of({"Definition": {"StartAt": "A", "States": states}})
    assert isinstance(machine, StateMachine)
    return machine


def nested(depth: int) -> dict[str, Any]:
    states: dict[str, Any] = {"State0": SUCCEED}
    for level in range(1, depth):
        states = {f"State{level}": {"Type": "Map", "ItemProcessor": {"States": states}}}
    return states


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        ({"Fn::GetAtt": ["Worker", "Arn"]}, "call"),
        ({"Ref": "Live"}, "call"),
        ({"Ref": "One"}, "call"),
        ("arn:aws:states:::lambda:invoke", "call"),
        ("arn:aws:states:::lambda:invoke.waitForTaskToken", "token"),
        ("arn:aws:states:::ecs:runTask.sync", "job"),
        ("arn:aws:states:::states:startExecution.sync:2", "job"),
        ("arn:aws:states:eu-west-1:111122223333:activity:approve", "token"),
        ({"Fn::Sub": "arn:${AWS::Partition}:states:::batch:submitJob.sync"}, "job"),
        ({"Fn::Sub": "arn:${AWS::Partition}:states:::sqs:sendMessage"}, "call"),
        ({"Ref": "Person"}, "token"),
    ],
    ids=str,
)
def test_task_is_completed_by(resource: Any, expected: str) -> None:
    machine = machine_with({"A": {"Type": "Task", "Resource": resource}})
    [state] = machine.states("Task")
    assert not isinstance(state, Unknown)
    assert completion_kind(machine, state) == expected


@pytest.mark.parametrize(
    ("task", "reason"),
    [({"Resource": {"Ref": "Free"}}, 'parameter "Free" has no default'), ({}, '"A" names no resource')],
    ids=["a parameter", "no resource"],
)
def test_completion_is_unknown(task: dict[str, Any], reason: str) -> None:
    machine = machine_with({"A": {"Type": "Task", **task}})
    [state] = machine.states()
    assert not isinstance(state, Unknown)
    kind = completion_kind(machine, state)
    assert isinstance(kind, Unknown)
    assert kind.reason == reason


@pytest.mark.parametrize(
    ("number", "last"),
    [(MAX_STATES - 1, None), (MAX_STATES, "the definition has very many states")],
    ids=["one less than the limit", "as many as the limit"],
)
def test_very_many_states_are_unknown(number: int, last: str | None) -> None:
    states = list(machine_with({f"S{index}": SUCCEED for index in range(number)}).states())
    assert [state.reason for state in states if isinstance(state, Unknown)] == ([last] if last else [])
    assert sum(not isinstance(state, Unknown) for state in states) == number


@pytest.mark.parametrize(("depth", "is_known"), [(MAX_DEPTH, True), (MAX_DEPTH + 1, False)])
def test_very_deep_states_are_unknown(depth: int, is_known: bool) -> None:
    states = list(machine_with(nested(depth)).states())
    assert any(isinstance(state, Unknown) for state in states) is not is_known


def test_states_have_containers() -> None:
    branch = {"StartAt": "C", "States": {"C": SUCCEED}}
    machine = machine_with(
        {
            "A": {"Type": "Map", "Iterator": {"States": {"B": {"Type": "Parallel", "Branches": [branch, branch]}}}},
            "D": {"Type": "Map", "ItemProcessor": {"States": {"E": SUCCEED}}},
        }
    )
    states = [(state.name, [one.name for one in state.containers]) for state in machine.states("Succeed")]  # type: ignore[union-attr]
    assert sorted(states) == [("C", ["A", "B"]), ("C", ["A", "B"]), ("E", ["D"])]


@pytest.mark.parametrize(
    ("properties", "reason"),
    [
        ({"DefinitionS3Location": {"Bucket": "b", "Key": "k"}}, "the definition lies in a file"),
        ({"DefinitionString": {"Ref": "Free"}}, 'parameter "Free" has no default'),
    ],
    ids=["a file", "a parameter"],
)
def test_definition_elsewhere_is_unknown(properties: dict[str, Any], reason: str) -> None:
    machine = machine_of(properties)
    assert isinstance(machine, Unknown)
    assert machine.reason == reason


@pytest.mark.parametrize("properties", [{}, {"DefinitionString": "[]"}], ids=["nothing", "a list"])
def test_definition_is_missing(properties: dict[str, Any]) -> None:
    assert machine_of(properties) is None


@pytest.mark.parametrize(
    ("definition", "is_text"),
    [
        ({"Definition": {"States": {"${Name}": {"Type": "${Kind}"}}}}, False),
        ({"DefinitionString": json.dumps({"States": {"approve": {"Type": "${Kind}"}}})}, True),
        ({"DefinitionString": {"Fn::ToJsonString": {"States": {"approve": {"Type": "${Kind}"}}}}}, False),
    ],
    ids=["an object", "a text", "an object that becomes a text"],
)
def test_substitutions_are_replaced(definition: dict[str, Any], is_text: bool) -> None:
    machine = machine_of({**definition, "DefinitionSubstitutions": {"Kind": "Wait", "Name": "approve"}})
    assert isinstance(machine, StateMachine)
    assert len(list(machine.states("Wait"))) == 1
    assert machine.is_text is is_text
