"""The sizes of an Auto Scaling group."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from relint.evaluate.predicates import Truth, number, test
from relint.resolve.value import ABSENT, Located, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.template import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> Truth:
    """Whether MaxSize is at most twice MinSize: the room that a rolling update needs, not room to grow."""
    least = whole(view.get(resource, "Properties", "MinSize"))
    most = whole(view.get(resource, "Properties", "MaxSize"))
    return test("max", most, derived(least, lambda size: 2 * size))


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


def derived(value: Any, increasing: Callable[[Any], Any]) -> Any:
    """`increasing` of a number; of an Unknown, an Unknown between what it makes of the bounds.

    The function never falls, so that a bound stays a bound. No size is below 0.
    """
    if not isinstance(value, Unknown):
        return increasing(value)
    low = increasing(max(value.minimum or 0, 0))
    high = None if value.maximum is None else increasing(value.maximum)
    return Unknown(("Derived", value.expression), value.reason, low, high)


def every(*answers: Truth) -> Truth:
    """False if one is false, else the first Unknown, else True."""
    if False in answers:
        return False
    return next((answer for answer in answers if isinstance(answer, Unknown)), True)
