"""How many tasks of an ECS service keep running while a rolling deployment goes on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.logic.numbers import integer_value
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_CONFIGURATION = ("Properties", "DeploymentConfiguration")


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """An error when the percentages let no task be stopped or started, else a problem when fewer than half stay.

    Of D tasks (1 if left out) at least ceil(D x MinimumHealthyPercent / 100) run (100 if left out) and at most
    floor(D x MaximumPercent / 100) (200 if left out).
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
    """
    least = view.get(resource, *_CONFIGURATION, "MinimumHealthyPercent")
    most = view.get(resource, *_CONFIGURATION, "MaximumPercent")
    numbers = (
        integer_value(view.get(resource, "Properties", "DesiredCount"), 1),
        integer_value(least, 100),
        integer_value(most, 200),
    )
    for number in numbers:
        if isinstance(number, Unknown):
            yield number
            return
    tasks, minimum, maximum = numbers
    low, high = -(-tasks * minimum // 100), tasks * maximum // 100
    if high <= low:
        place = least if most.value is ABSENT else most
        yield Problem(place.path, {"low": low, "high": high}, (), "deadlock", "error")
    elif low < 1 or minimum < 50:
        yield Problem(least.path, {"low": low, "desired": tasks})
