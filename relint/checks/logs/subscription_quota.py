"""Log groups with more subscription filters than CloudWatch Logs allows."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.resolve.value import ABSENT, Expression, Unknown, expression_of, references

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

QUOTA = 2
"""AWS does not raise this quota.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
"""
_FILTER = "AWS::Logs::SubscriptionFilter"


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at LogGroupName of the first subscription filter beyond the quota.

    The filters before it are related locations. Message value: `others` (their logical IDs).
    Unknown for a filter whose log group is unknown, if an earlier group has as many filters as allowed.
    """
    if len(view.template.by_type[_FILTER]) <= QUOTA:
        return
    log_group = _log_group(view, resource)
    earlier_by_group: dict[Expression, list[Resource]] = {}
    for other in view.resources(_FILTER):
        if other is resource:
            break
        earlier_by_group.setdefault(_log_group(view, other), []).append(other)
    earlier = earlier_by_group.get(log_group, [])
    name = view.get(resource, "Properties", "LogGroupName")
    if log_group is not None and len(earlier) == QUOTA:
        related = tuple((other.path, f'"{other.logical_id}" subscribes to it, too.') for other in earlier)
        values = {"others": ", ".join(other.logical_id for other in earlier)}
        yield Problem(name.path, values=values, related=related)
    elif isinstance(name.value, Unknown) and not references(log_group) & view.template.resources.keys():
        is_any_full = any(len(filters) == QUOTA for filters in earlier_by_group.values())
        yield from [name.value] if is_any_full else []


def _log_group(view: View, subscription: Resource) -> Expression:
    """Return the canonical name of a log group, or a reference to it, or None."""
    name = view.get(subscription, "Properties", "LogGroupName")
    group = view.target(name, "AWS::Logs::LogGroup")
    if group is not None:
        group_name = view.get(group, "Properties", "LogGroupName").value
        name = name if group_name is ABSENT else name._replace(value=group_name)
    return None if name.value is ABSENT else expression_of(name.value)
