"""The Region and the account of a stack."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any
from relint.logic.predicates import is_equal
from relint.logic.truth import Truth
from relint.resolve.value import Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.view import View


def is_same_as_stack(view: View, pseudo_parameter: str, value: Any) -> Truth:
    """Return whether a value is the Region (AWS::Region) or account (AWS::AccountId) of the stack.

    A literal is different as long as the run does not fix the pseudo parameter, because an author writes a literal for
    a particular other Region or account.
    """
    stack_value = view.scenario.parameter_value(pseudo_parameter)
    if expression_of(value) == expression_of(stack_value):
        return True
    if isinstance(value, Unknown):
        return value
    return not isinstance(stack_value, Unknown) and is_equal(value, stack_value)
