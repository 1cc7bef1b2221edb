"""Problems of the tasks of a state machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from relint.checks.problem import Problem

if TYPE_CHECKING:
    from relint.level import Level
from relint.model.aws.step_functions import State, StateMachine


def problems(
    machine: StateMachine, tasks: Sequence[State], missing: str, message: str, level: Level | None
) -> Iterator[Problem]:
    """A problem for each task, at its field `missing`; where the definition is a text, one that names them all."""
    if machine.is_text and tasks:
        names = ", ".join(task.name for task in tasks)
        yield Problem(machine.root.path, {"states": names}, (), message, level)
    else:
        for task in tasks:
            yield Problem((*task.value.path, missing), {"states": task.name}, (), message, level)
