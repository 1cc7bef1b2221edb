"""Parts that a trail lacks: other Regions, CloudWatch Logs, signed files."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at each missing part: message `default` (Regions), `logs` and `validation`. Unknown likewise."""
    for name, message in (("IsMultiRegionTrail", None), ("EnableLogFileValidation", "validation")):
        switch = view.get(resource, "Properties", name)
        is_on = False if switch.value is ABSENT else apply_test("equals", switch.value, operand=True)
        if isinstance(is_on, Unknown):
            yield is_on
        elif not is_on:
            yield Problem(switch.path, message=message)
    log_group = view.get(resource, "Properties", "CloudWatchLogsLogGroupArn")
    has_log_group = apply_test("exists", log_group.value, operand=True)
    if isinstance(has_log_group, Unknown):
        yield has_log_group
    elif not has_log_group:
        yield Problem(log_group.path, message="logs")
