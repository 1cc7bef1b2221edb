"""Tasks of a state machine that may wait forever for an answer."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.checks.stepfunctions.task_problems import task_problems
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, any_of
from relint.model.aws.step_functions import State, StateMachine, completion_kind, read_state_machine
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_TIMEOUT_FIELDS = ("TimeoutSeconds", "TimeoutSecondsPath")
_HEARTBEAT_FIELDS = ("HeartbeatSeconds", "HeartbeatSecondsPath")


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem for each task that may wait forever: message `default` for a token, `job` for a job.

    The first is at HeartbeatSeconds, the second at TimeoutSeconds of the task. If the machine contains only API calls
    without a timeout, which end by themselves: one problem at TimeoutSeconds of the machine (message `calls`, a note).
    A machine with a timeout of its own is left out. Message value: `states`. Unknown if the definition is unknown.

    https://docs.aws.amazon.com/step-functions/latest/dg/sfn-stuck-execution.html
    """
    machine = read_state_machine(resource, view)
    if not isinstance(machine, StateMachine):
        if machine is not None:
            yield machine
        return
    if _has_field(machine, State(name="", value=machine.root), _TIMEOUT_FIELDS[:1]):
        return
    unbounded_tasks: dict[str, list[State]] = {"token": [], "job": [], "call": []}
    for task in machine.states("Task"):
        if isinstance(task, Unknown):
            yield task
        elif not _has_field(machine, task, _TIMEOUT_FIELDS):
            is_in_express_map = _is_in_express_map(machine, task)
            completion = completion_kind(machine, task)
            if is_in_express_map is True:
                continue
            if isinstance(is_in_express_map, Unknown):
                yield is_in_express_map
            elif isinstance(completion, Unknown):
                yield completion
            elif completion != "token" or not _has_field(machine, task, _HEARTBEAT_FIELDS):
                unbounded_tasks[completion].append(task)
    yield from task_problems(machine, unbounded_tasks["token"], "HeartbeatSeconds", message="default")
    yield from task_problems(machine, unbounded_tasks["job"], "TimeoutSeconds", message="job")
    if unbounded_tasks["call"] and not (unbounded_tasks["token"] or unbounded_tasks["job"]):
        names = ", ".join(task.name for task in unbounded_tasks["call"])
        path = (*machine.root.path, "TimeoutSeconds")
        yield Problem(path, values={"states": names}, message="calls", level="note")


def _has_field(machine: StateMachine, state: State, fields: tuple[str, ...]) -> bool:
    return any(machine.get(state.value, field).value is not ABSENT for field in fields)


def _is_in_express_map(machine: StateMachine, task: State) -> Truth:
    """Whether a Map around the task starts express executions, which end within five minutes."""
    processors = (machine.get(state.value, "ItemProcessor", "ProcessorConfig") for state in task.containers)
    return any_of(
        apply_test("equals", machine.get(processor, "ExecutionType").value, "EXPRESS") for processor in processors
    )
