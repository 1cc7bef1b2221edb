"""Tasks of a state machine that are not retried after a transient error."""

from __future__ import annotations

import re
from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.checks.stepfunctions.task_problems import task_problems
from relint.logic.truth import Truth, any_of
from relint.model.aws.step_functions import State, StateMachine, completion_kind, read_state_machine
from relint.resolve.value import ABSENT, Located, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_TRANSIENT_ERROR = re.compile(r"^(States\.(ALL|TaskFailed|BranchFailed|Http\.\S+)|(?!States\.)[A-Z]\w*\.[A-Z][\w.]*)$")
"""Error names that include transient errors: all errors, or an error of a service (Lambda.ServiceException)."""
_TOLERANCE_FIELDS = (
    "ToleratedFailurePercentage",
    "ToleratedFailurePercentagePath",
    "ToleratedFailureCount",
    "ToleratedFailureCountPath",
)


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at Retry of each task without a retry; message `caught` (a note) if the task has a Catch.

    An entry with MaxAttempts 0 is a decision and counts as a retry. Tasks that wait for a callback are left out, and
    tasks in a Map that tolerates failures. Message value: `states`. Unknown if the definition or an error is unknown.

    https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
    """
    machine = read_state_machine(resource, view)
    if not isinstance(machine, StateMachine):
        if machine is not None:
            yield machine
        return
    uncaught_tasks: list[State] = []
    caught_tasks: list[State] = []
    for task in machine.states("Task"):
        is_retried = task if isinstance(task, Unknown) else _is_retried(machine, task)
        if isinstance(is_retried, Unknown):
            yield is_retried
        elif is_retried is False and not isinstance(task, Unknown):
            (uncaught_tasks if _handles_errors(machine, task, "Catch") is False else caught_tasks).append(task)
    yield from task_problems(machine, uncaught_tasks, "Retry", message="default")
    yield from task_problems(machine, caught_tasks, "Retry", message="caught", level="note")


def _is_retried(machine: StateMachine, task: State) -> Truth:
    """Whether the task is retried, or needs no retry."""
    if any(
        machine.get(state.value, name).value is not ABSENT for state in task.containers for name in _TOLERANCE_FIELDS
    ):
        return True
    has_retry = _handles_errors(machine, task, "Retry")
    if has_retry is not False:
        return has_retry
    completion = completion_kind(machine, task)
    return completion if isinstance(completion, Unknown) else completion == "token"


def _handles_errors(machine: StateMachine, task: State, field: str) -> Truth:
    """Whether Retry or Catch, of the task or around it, includes transient errors."""
    return any_of(
        _is_transient(error)
        for state in (task, *reversed(task.containers))
        for entry in machine.view.scenario.items(machine.get(state.value, field))
        for error in machine.view.scenario.items(machine.get(entry, "ErrorEquals"))
    )


def _is_transient(error: Located) -> Truth:
    value = error.value
    return value if isinstance(value, Unknown) else _TRANSIENT_ERROR.match(scalar_text(value)) is not None
