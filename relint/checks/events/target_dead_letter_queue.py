"""Targets of rules and schedules that lose the events which cannot be delivered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth
from relint.model.aws.schedules import runs_every_hour
from relint.resolve.value import ABSENT, Located, Unknown, expression_of, literal_text, references

if TYPE_CHECKING:
    from relint.level import Level
    from relint.model.resource import Resource
    from relint.model.view import View


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at DeadLetterConfig of each target without a dead-letter queue.

    At MaximumRetryAttempts: message `once` if the event is not retried either (a warning, or a note if a schedule
    brings the next event anyway), `aside` (a note) if the event is kept but not retried. Schedules that run every hour
    or more often need no queue, nor do log groups, and buses with an archive. The messages have no values.
    Unknown if a target, its queue or its retries decide and are unknown.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
    """
    schedule = view.get(resource, "Properties", "ScheduleExpression").value
    has_pattern = view.get(resource, "Properties", "EventPattern").value is not ABSENT
    path = ("Targets", "*") if resource.type == "AWS::Events::Rule" else ("Target",)
    for target in view.select(resource, ("Properties", *path)):
        if not isinstance(target.value, dict):
            if isinstance(target.value, Unknown):
                yield target.value
            continue
        queue = view.get(target, "DeadLetterConfig", "Arn")
        attempts = view.get(target, "RetryPolicy", "MaximumRetryAttempts")
        is_kept = apply_test("exists", queue.value, operand=True)
        is_never_retried = apply_test("equals", attempts.value, 0)
        can_lose_events = _can_lose_events(view, target)
        is_hourly = False if has_pattern else _is_hourly(schedule)
        if can_lose_events is False or (is_never_retried is False and (is_kept is True or is_hourly is True)):
            continue
        truths = (can_lose_events, is_kept, is_never_retried)
        unknown = next((truth for truth in truths if isinstance(truth, Unknown)), None)
        if unknown is None and is_never_retried is False and isinstance(is_hourly, Unknown):
            unknown = is_hourly
        if unknown is not None:
            yield unknown
        elif is_never_retried is True:
            level: Level = "warning" if has_pattern and not is_kept else "note"
            yield Problem(attempts.path, message="aside" if is_kept else "once", level=level)
        else:
            yield Problem(queue.path)


def _is_hourly(schedule: Any) -> Truth:
    """Whether a schedule brings the next event within an hour."""
    if isinstance(schedule, Unknown):
        return schedule
    return schedule is not ABSENT and runs_every_hour(str(schedule))


def _can_lose_events(view: View, target: Located) -> Truth:
    """Whether the target may lose events, as all but log groups and archived buses may."""
    arn = view.get(target, "Arn").value
    resource = view.target(arn)
    if resource is not None:
        if resource.type == "AWS::Logs::LogGroup":
            return False
        return not view.referrers(resource, ("AWS::Events::Archive",), ("Properties", "SourceArn"))
    expression = expression_of(arn)
    service = re.match("arn:[^:]*:([a-z0-9-]+):", literal_text(expression))
    if service is not None:
        return service[1] != "logs"
    is_resolved = not isinstance(arn, Unknown) or references(expression) & view.template.resources.keys()
    return True if is_resolved else arn
