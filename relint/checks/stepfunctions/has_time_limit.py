"""State machines whose executions end after a time."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth
from relint.model.aws.step_functions import StateMachine, read_state_machine

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> Truth:
    """Whether the definition has TimeoutSeconds on its outermost level; Unknown if the definition is unknown.

    https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html
    """
    machine = read_state_machine(resource, view)
    if not isinstance(machine, StateMachine):
        return False if machine is None else machine
    return apply_test("exists", machine.get(machine.root, "TimeoutSeconds").value, operand=True)
