"""Whether the tasks of a state machine end when nobody answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.checks.stepfunctions.task_problems import problems
from relint.model.aws.step_functions import State, StateMachine, completion_kind, read_state_machine
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_BOUNDS = ("TimeoutSeconds", "TimeoutSecondsPath")
_HEARTBEATS = ("HeartbeatSeconds", "HeartbeatSecondsPath")


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """A problem for each task that may wait without end (message `default`: for a token; `job`: for a job).

    Where only tasks without a timeout are left that call an API, which ends by itself, one problem for the machine
    (message `calls`, level note). Nothing is wrong where the machine has a timeout of its own.

    https://docs.aws.amazon.com/step-functions/latest/dg/sfn-stuck-execution.html
    """
    machine = read_state_machine(resource, view)
    if not isinstance(machine, StateMachine):
        if machine is not None:
            yield machine
        return
    if _has(machine, State("", machine.root), _BOUNDS[:1]):
        return
    endless: dict[str, list[State]] = {"token": [], "job": [], "call": []}
    for task in machine.states("Task"):
        if isinstance(task, Unknown):
            yield task
        elif not _has(machine, task, _BOUNDS) and not any(_is_short(machine, state) for state in task.containers):
            kind = completion_kind(machine, task)
            if isinstance(kind, Unknown):
                yield kind
            elif kind != "token" or not _has(machine, task, _HEARTBEATS):
                endless[kind].append(task)
    yield from problems(machine, endless["token"], "HeartbeatSeconds", "default", None)
    yield from problems(machine, endless["job"], "TimeoutSeconds", "job", None)
    if endless["call"] and not (endless["token"] or endless["job"]):
        names = ", ".join(task.name for task in endless["call"])
        yield Problem((*machine.root.path, "TimeoutSeconds"), {"states": names}, (), "calls", "note")


def _has(machine: StateMachine, state: State, fields: tuple[str, ...]) -> bool:
    return any(machine.get(state.value, field).value is not ABSENT for field in fields)


def _is_short(machine: StateMachine, state: State) -> bool:
    """Whether a Map starts its items as express executions, which end within five minutes."""
    processor = machine.get(state.value, "ItemProcessor", "ProcessorConfig")
    return bool(machine.get(processor, "ExecutionType").value == "EXPRESS")
