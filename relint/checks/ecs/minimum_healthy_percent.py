"""Rolling deployments of ECS services that leave too few tasks running."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.numbers import integer_value
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_CONFIGURATION = ("Properties", "DeploymentConfiguration")


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at MinimumHealthyPercent if fewer than half of the tasks stay.

    At MaximumPercent (or MinimumHealthyPercent if that is left out): message `deadlock` (an error) if the percentages
    allow no task to be stopped or started. Message values: `low`, and `desired` or `high`. Unknown if a number is.
    Of D tasks (1 if left out) at least ceil(D x MinimumHealthyPercent / 100) run (100 if left out) and at most
    floor(D x MaximumPercent / 100) (200 if left out).
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
    """
    minimum_percent = view.get(resource, *_CONFIGURATION, "MinimumHealthyPercent")
    maximum_percent = view.get(resource, *_CONFIGURATION, "MaximumPercent")
    desired_count = view.get(resource, "Properties", "DesiredCount")
    numbers = integer_value(desired_count, 1), integer_value(minimum_percent, 100), integer_value(maximum_percent, 200)
    for number in numbers:
        if isinstance(number, Unknown):
            yield number
            return
    tasks, minimum, maximum = numbers
    low, high = -(-tasks * minimum // 100), tasks * maximum // 100
    if high <= low:
        location = minimum_percent if maximum_percent.value is ABSENT else maximum_percent
        yield Problem(location.path, values={"low": low, "high": high}, message="deadlock", level="error")
    elif minimum < 50:
        yield Problem(minimum_percent.path, values={"low": low, "desired": tasks})
