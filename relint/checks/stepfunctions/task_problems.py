"""Problems of the tasks of a state machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem

if TYPE_CHECKING:
    from relint.level import Level
    from relint.model.aws.step_functions import State, StateMachine


def task_problems(
    machine: StateMachine, tasks: Sequence[State], field: str, *, message: str, level: Level | None = None
) -> Iterator[Problem]:
    """Yield a problem for each task at its missing `field`; one problem for all if the definition is a text.

    A text has no paths inside, so the problem is at the definition. Message value: `states` (names of tasks).
    """
    if machine.is_text and tasks:
        names = ", ".join(task.name for task in tasks)
        yield Problem(machine.root.path, values={"states": names}, message=message, level=level)
    else:
        for task in tasks:
            yield Problem((*task.value.path, field), values={"states": task.name}, message=message, level=level)
