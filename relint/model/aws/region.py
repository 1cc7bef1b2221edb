"""The Region and the account of a stack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from relint.logic.predicates import is_equal
from relint.logic.truth import Truth
from relint.resolve.value import Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.view import View


def is_same_as_stack(view: View, pseudo: str, value: Any) -> Truth:
    """Whether a value is the Region (AWS::Region) or account (AWS::AccountId) of the stack.

    A literal is not, as long as nobody says where the stack is deployed: who writes one means a certain other place.
    """
    own = view.scenario.parameter_value(pseudo)
    if expression_of(value) == expression_of(own):
        return True
    if isinstance(value, Unknown):
        return value
    return not isinstance(own, Unknown) and is_equal(value, own)
