"""How long a record of a stream waits for the consumer that an event source mapping describes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relint.logic.predicates import as_number
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_DAY = 24
"""Hours that a DynamoDB stream keeps its records, and the least and the default that a Kinesis stream does.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html
"""
_HOUR = 3_600_000


def fact(resource: Resource, view: View) -> float | Unknown:
    """The milliseconds after which a record is gone: expired in its stream, or given up by the mapping."""
    kept = _kept(resource, view)
    given_up = _given_up(resource, view)
    if given_up is None:
        return kept
    unknown = next((one for one in (kept, given_up) if isinstance(one, Unknown)), None)
    if unknown is None:
        return min(as_number(kept) or 0, as_number(given_up) or 0)
    least = min(float(one.minimum or 0) if isinstance(one, Unknown) else one for one in (kept, given_up))
    return unknown._replace(minimum=least)


def _kept(resource: Resource, view: View) -> float | Unknown:
    """The milliseconds for which the stream keeps its records."""
    through = ("Properties", "EventSourceArn")
    for stream in view.referents(resource, ("AWS::Kinesis::Stream",), through):
        hours = view.get(stream, "Properties", "RetentionPeriodHours").value
        if isinstance(hours, Unknown):
            return Unknown(hours.expression, hours.reason, minimum=_DAY * _HOUR)
        return (_DAY if hours is ABSENT else as_number(hours) or _DAY) * _HOUR
    arn = view.get(resource, *through).value
    tables = ("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable")
    if view.referents(resource, tables, through) or (isinstance(arn, str) and ":dynamodb:" in arn):
        return _DAY * _HOUR
    return Unknown(("Kept", *through), "another template says how long its stream keeps records", _DAY * _HOUR)


def _given_up(resource: Resource, view: View) -> float | Unknown | None:
    """The milliseconds after which the mapping gives a record up; None if it never does."""
    seconds = view.get(resource, "Properties", "MaximumRecordAgeInSeconds").value
    if isinstance(seconds, Unknown):
        return Unknown(seconds.expression, seconds.reason, minimum=60_000)
    known = as_number(seconds)
    return known * 1000 if known is not None and known > 0 else None
