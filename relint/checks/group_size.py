"""The sizes of an Auto Scaling group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from relint.evaluate.predicates import number
from relint.resolve.value import ABSENT, Located, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.template import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> bool | Unknown:
    """Whether MaxSize is at most twice MinSize: the room that a rolling update needs, not room to grow."""
    least = whole(view.get(resource, "Properties", "MinSize"))
    most = whole(view.get(resource, "Properties", "MaxSize"))
    for size in (least, most):
        if isinstance(size, Unknown):
            return size
    return bool(most <= 2 * least)


def desired(resource: Resource, view: View) -> Any:
    """The number of instances that the group aims at, or an Unknown: DesiredCapacity, which is MinSize if left out.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-autoscaling-autoscalinggroup.html
    """
    written = view.get(resource, "Properties", "DesiredCapacity")
    return whole(written if written.value is not ABSENT else view.get(resource, "Properties", "MinSize"))


def whole(located: Located, default: int | None = None) -> Any:
    """A whole number that may be written as text; `default` if it was left out, else an Unknown."""
    value = located.value
    if value is ABSENT and default is not None:
        return default
    if isinstance(value, Unknown):
        return value
    known = number(value)
    if known is None:
        shown = "" if value is ABSENT else scalar_text(value)
        return Unknown(("NotANumber", shown), f'"{shown}" is not a number')
    return int(known)
