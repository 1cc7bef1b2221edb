"""Whether the events that a rule or a schedule cannot deliver are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth
from relint.resolve.value import ABSENT, Located, Unknown, expression_of, references, text_with_markers

if TYPE_CHECKING:
    from relint.level import Level
    from relint.model.resource import Resource
    from relint.model.view import View

_OFTEN = (r"^rate\((\d+ minutes?|1 hour)\)$", 1_024)


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """A problem for each target of an AWS::Events::Rule or AWS::Scheduler::Schedule without a dead-letter queue.

    Message `once` where it is not tried again either (a warning, unless a schedule brings the next event anyway),
    and `aside` (a note) where an event is not tried again but kept. What comes every hour or more often needs no
    queue, nor do log groups, and buses with an archive.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
    """
    schedule = view.get(resource, "Properties", "ScheduleExpression").value
    patterned = view.get(resource, "Properties", "EventPattern").value is not ABSENT
    path = ("Targets", "*") if resource.type == "AWS::Events::Rule" else ("Target",)
    for target in view.select(resource, ("Properties", *path)):
        if not isinstance(target.value, dict):
            if isinstance(target.value, Unknown):
                yield target.value
            continue
        queue = view.get(target, "DeadLetterConfig", "Arn")
        attempts = view.get(target, "RetryPolicy", "MaximumRetryAttempts")
        kept = apply_test("exists", queue.value, True)
        once = apply_test("equals", attempts.value, 0)
        needed = _needed(view, target)
        often = not patterned and schedule is not ABSENT and apply_test("matches", schedule, _OFTEN)
        if needed is False or (kept is True and once is False) or (once is False and often is True):
            continue
        unknown = next((one for one in (needed, kept, once) if isinstance(one, Unknown)), None)
        if unknown is None and once is False and isinstance(often, Unknown):
            unknown = often
        if unknown is not None:
            yield unknown
        elif once is True:
            level: Level = "warning" if patterned and not kept else "note"
            yield Problem(attempts.path, {}, (), "aside" if kept else "once", level)
        else:
            yield Problem(queue.path)


def _needed(view: View, target: Located) -> Truth:
    """Whether what the target is may lose events, as all but logs and archived buses may."""
    arn = view.get(target, "Arn").value
    found = view.target(arn)
    if found is not None:
        archives = ("AWS::Events::Archive",)
        return found.type != "AWS::Logs::LogGroup" and not view.referrers(found, archives, ("Properties", "SourceArn"))
    form = expression_of(arn)
    service = re.match("arn:[^:]*:([a-z0-9-]+):", re.sub("\0.*?\0", "", text_with_markers(form)))
    if service is not None:
        return service[1] != "logs"
    known = not isinstance(arn, Unknown) or references(form) & view.template.resources.keys()
    return True if known else arn
