"""Subscriptions that a topic contains, which cannot have a dead-letter queue.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-sns-topic-subscription.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.zone_names import describe_expression
from relint.resolve.value import Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_READ_BY_MACHINES = frozenset({"firehose", "http", "https", "lambda", "sqs"})
"""Protocols whose messages nobody misses; people read the others, and lost mails are lost."""


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at the first subscription of a topic that a program reads.

    Message value: `endpoint`. Unknown if a protocol is unknown.
    """
    unknowns = []
    for subscription in view.select(resource, ("Properties", "Subscription", "*")):
        protocol = view.get(subscription, "Protocol").value
        if isinstance(protocol, str) and protocol in _READ_BY_MACHINES:
            endpoint = expression_of(view.get(subscription, "Endpoint").value)
            yield Problem(subscription.path, values={"endpoint": describe_expression(endpoint)})
            return
        unknowns += [value for value in (subscription.value, protocol) if isinstance(value, Unknown)]
    yield from unknowns[:1]
