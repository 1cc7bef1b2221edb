"""Whether the tasks of a state machine are retried when a service throttles or fails for a moment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.checks.stepfunctions.task_problems import problems
from relint.logic.truth import Truth, any_of
from relint.model.aws.step_functions import State, StateMachine, completion_kind, read_state_machine
from relint.resolve.value import ABSENT, Located, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_PASSING = re.compile(r"^(States\.(ALL|TaskFailed|BranchFailed|Http\.\S+)|(?!States\.)[A-Z]\w*\.[A-Z][\w.]*)$")
"""What stands for a fault that passes: everything, or an error that a service names (Lambda.ServiceException)."""
_TOLERANCES = (
    "ToleratedFailurePercentage",
    "ToleratedFailurePercentagePath",
    "ToleratedFailureCount",
    "ToleratedFailureCountPath",
)


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """A problem for each task that nothing retries; of level note (message `caught`) where a Catch takes over.

    An entry with MaxAttempts 0 is a decision and counts as one that retries. Tasks that wait for somebody to report
    back are passed over, as are those in a Map that tolerates failures.

    https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
    """
    machine = read_state_machine(resource, view)
    if not isinstance(machine, StateMachine):
        if machine is not None:
            yield machine
        return
    lost: list[State] = []
    caught: list[State] = []
    for task in machine.states("Task"):
        answer = task if isinstance(task, Unknown) else _retried(machine, task)
        if isinstance(answer, Unknown):
            yield answer
        elif answer is False and not isinstance(task, Unknown):
            (lost if _covered(machine, task, "Catch") is False else caught).append(task)
    yield from problems(machine, lost, "Retry", "default", None)
    yield from problems(machine, caught, "Retry", "caught", "note")


def _retried(machine: StateMachine, task: State) -> Truth:
    """Whether the task is retried, or need not be."""
    if any(machine.get(state.value, name).value is not ABSENT for state in task.containers for name in _TOLERANCES):
        return True
    covered = _covered(machine, task, "Retry")
    if covered is not False:
        return covered
    kind = completion_kind(machine, task)
    return kind if isinstance(kind, Unknown) else kind == "token"


def _covered(machine: StateMachine, task: State, field: str) -> Truth:
    """Whether an entry of Retry or Catch, of the task or of a state around it, stands for faults that pass."""
    return any_of(
        _stands_for(error)
        for state in (task, *reversed(task.containers))
        for entry in machine.view.scenario.items(machine.get(state.value, field))
        for error in machine.view.scenario.items(machine.get(entry, "ErrorEquals"))
    )


def _stands_for(error: Located) -> Truth:
    value = error.value
    return value if isinstance(value, Unknown) else _PASSING.match(scalar_text(value)) is not None
