"""Whether a log group has more subscription filters than CloudWatch Logs takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.resolve.value import ABSENT, Expression, Unknown, expression_of, references

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

QUOTA = 2
"""Nobody can have it raised.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
"""
_FILTER = "AWS::Logs::SubscriptionFilter"


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """A problem for the first AWS::Logs::SubscriptionFilter beyond the quota, with those before it as related places.

    An Unknown for one with an unknown name, if a group before it has as many as it may have.
    """
    if len(view.template.by_type[_FILTER]) <= QUOTA:
        return
    own = _group(view, resource)
    earlier: dict[Expression, list[Resource]] = {}
    for other in view.resources(_FILTER):
        if other is resource:
            break
        earlier.setdefault(_group(view, other), []).append(other)
    same = earlier.get(own, [])
    name = view.get(resource, "Properties", "LogGroupName")
    if own is not None and len(same) == QUOTA:
        related = tuple((one.path, f'"{one.logical_id}" subscribes to it, too.') for one in same)
        yield Problem(name.path, {"others": ", ".join(one.logical_id for one in same)}, related)
    elif isinstance(name.value, Unknown) and not references(own) & view.template.resources.keys():
        full = any(len(group) == QUOTA for group in earlier.values())
        yield from [name.value] if full else []


def _group(view: View, resource: Resource) -> Expression:
    """What stands for the log group of a filter: its name, or the resource that has none; None without one."""
    name = view.get(resource, "Properties", "LogGroupName")
    group = view.target(name, "AWS::Logs::LogGroup")
    if group is not None:
        given = view.get(group, "Properties", "LogGroupName").value
        name = name if given is ABSENT else name._replace(value=given)
    return None if name.value is ABSENT else expression_of(name.value)
