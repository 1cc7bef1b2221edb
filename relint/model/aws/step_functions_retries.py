"""Retries of state machines that multiply, because one repeats what another repeats.

https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html (2026-11-28)
https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html (2026-11-28)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.logic.numbers import integer_value
from relint.logic.truth import Truth, any_of
from relint.model.aws.step_functions import State, StateMachine, read_state_machine
from relint.resolve.value import ABSENT, Located, Unknown, text_with_markers

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.source.location import Path

_DEFAULT_ATTEMPTS = 3
"""Retries of an entry without MaxAttempts."""

_NEVER_RAN = frozenset(
    {
        "Lambda.AWSLambdaException",
        "Lambda.ClientExecutionTimeoutException",
        "Lambda.SdkClientException",
        "Lambda.ServiceException",
        "Lambda.TooManyRequestsException",
    }
)
"""Errors of Lambda itself: the function did not do its work, so a retry does not repeat it."""

_WAITED_FOR = re.compile(r"states:startExecution\.sync|sfn:startSyncExecution")
_JOBS = (
    ("batch:submitJob.sync", "JobDefinition", "AWS::Batch::JobDefinition", ("RetryStrategy", "Attempts"), 0, 1),
    ("glue:startJobRun.sync", "JobName", "AWS::Glue::Job", ("MaxRetries",), 1, 0),
)
"""Jobs that a task waits for: the parameter that names them, their type, and the property that repeats them.

The last two are what is added to the property for the number of attempts, and its default.
"""

_MAX_DEPTH, _MAX_CHAINS = 5, 500
"""Limits on nested workflows and on the chains of one workflow that are read."""


class Layer(NamedTuple):
    """Something that is repeated: its name, how often it is tried at most, and the path of what says so."""

    name: str
    attempts: int | Unknown
    path: Path


class Chain(NamedTuple):
    """Layers that repeat the same work, the outermost first. With `fails` the failure of all ends the workflow.

    `nested` is the number of layers at the end that belong to a nested workflow. `doubt` says why they may not
    repeat the same work.
    """

    layers: tuple[Layer, ...]
    fails: bool = True
    nested: int = 0
    doubt: Unknown | None = None


def retry_chains(view: View, resource: Resource, depth: int = 0) -> Iterator[Chain]:
    """Yield the chains of layers that end at the tasks of an AWS::StepFunctions::StateMachine.

    A failure that a task catches is repeated by nothing around it, unless the workflow has a state that fails. A state
    whose type is unknown makes a chain without layers, of which `doubt` tells.
    """
    machine = read_state_machine(resource, view)
    if not isinstance(machine, StateMachine) or depth == _MAX_DEPTH:
        return
    can_fail = any_of(state if isinstance(state, Unknown) else True for state in machine.states("Fail"))
    count = 0
    for task in machine.states("Task"):
        if isinstance(task, Unknown):
            yield Chain((), doubt=task)
            continue
        truth = any_of((not _catches(machine, task), can_fail))
        doubt, fails = (truth, True) if isinstance(truth, Unknown) else (None, truth)
        around = [_layer(machine, container) for container in task.containers] if fails else []
        own = (*around, _layer(machine, task))
        for inner in _inner_chains(view, machine, task, depth):
            count += 1
            if count > _MAX_CHAINS:
                return
            layers = (*own, *inner.layers) if inner.fails else own
            nested = len(inner.layers) if inner.fails else 0
            yield Chain(layers, fails=fails, nested=nested, doubt=doubt or inner.doubt)


def _layer(machine: StateMachine, state: State) -> Layer:
    """Return a state with its attempts; entries for errors in which nothing ran do not count."""
    retry = machine.get(state.value, "Retry")
    most: Any = 0
    for entry in machine.view.scenario.items(retry):
        repeats = _repeats_work(machine, entry)
        number = integer_value(machine.get(entry, "MaxAttempts"), _DEFAULT_ATTEMPTS)
        if repeats is False:
            continue
        if isinstance(repeats, Unknown) or isinstance(number, Unknown):
            return Layer(state.name, repeats if isinstance(repeats, Unknown) else number, retry.path)
        most = max(most, number)
    unknown = retry.value if isinstance(retry.value, Unknown) else None
    return Layer(state.name, unknown or 1 + most, retry.path if retry.value is not ABSENT else state.value.path)


def _repeats_work(machine: StateMachine, entry: Located) -> Truth:
    """Whether an entry of Retry is for an error in which something ran."""
    errors = machine.get(entry, "ErrorEquals")
    if isinstance(errors.value, Unknown):
        return errors.value
    values = [error.value for error in machine.view.scenario.items(errors)]
    return any_of(value if isinstance(value, Unknown) else str(value) not in _NEVER_RAN for value in values)


def _catches(machine: StateMachine, task: State) -> bool:
    return machine.get(task.value, "Catch").value is not ABSENT


def _inner_chains(view: View, machine: StateMachine, task: State, depth: int) -> Iterator[Chain]:
    """Yield the chains of a nested workflow or job that a task waits for; an empty one for all other tasks."""
    value = machine.get(task.value, "Resource").value
    text = text_with_markers(value.expression) if isinstance(value, Unknown) else str(value)
    chains: list[Chain] = []
    if _WAITED_FOR.search(text):
        nested = view.target(_argument(machine, task, "StateMachineArn"), "AWS::StepFunctions::StateMachine")
        if nested is not None:
            chains = _nested_chains(view, nested, depth + 1)
    for call, parameter, resource_type, steps, added, default in _JOBS:
        job = view.target(_argument(machine, task, parameter), resource_type) if call in text else None
        if job is not None:
            located = view.get(job, "Properties", *steps)
            number = integer_value(located, default)
            attempts = number if isinstance(number, Unknown) else number + added
            chains = [Chain((Layer(job.logical_id, attempts, located.path),))]
    yield from chains or [Chain(())]


def _nested_chains(view: View, nested: Resource, depth: int) -> list[Chain]:
    """Return the chains of a nested workflow that end it."""

    def build(view: View, nested: Resource) -> list[Chain]:
        return [chain for chain in retry_chains(view, nested, depth) if chain.fails]

    return view.remembered(f"retry chains at depth {depth}", nested, build)


def _argument(machine: StateMachine, task: State, name: str) -> Any:
    """Return an argument of a task, in JSONPath or in JSONata."""
    value = machine.get(task.value, "Parameters", name).value
    return machine.get(task.value, "Arguments", name).value if value is ABSENT else value
