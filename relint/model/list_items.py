"""The items of a list whose values are not known."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.resolve.value import Unknown, arguments_of, is_call, is_concat

if TYPE_CHECKING:
    from relint.model.view import View


def unknown_items(view: View, item: Unknown) -> Unknown | None:
    """Return None if an unknown item of a list is certainly one item, else what stands for any number of items.

    CloudFormation flattens a list that an item resolves to, so a list parameter may be any number of items. A value of
    another function is at most one item.
    """
    expression = item.expression
    is_list = is_call(expression, "Split", "GetAZs")
    if is_call(expression, "Ref"):
        (name,) = arguments_of(expression)
        parameter = view.template.deployments.parameters.get(name)
        is_list = name == "AWS::NotificationARNs" or (parameter is not None and parameter.is_list)
        if not is_list:
            return None
    if is_list:
        return Unknown(("Items", expression), item.reason)
    return None if is_concat(expression) or is_call(expression, "Select", "ImportValue") else item
