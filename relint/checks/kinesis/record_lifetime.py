"""Time for which a record of a stream waits for its consumer."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.logic.predicates import as_number
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_RETENTION_HOURS = 24
"""Hours for which a DynamoDB stream keeps its records, and the minimum and default of a Kinesis stream.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html
"""
_MILLISECONDS_PER_HOUR = 3_600_000
_MIN_RECORD_AGE = 60_000
"""The smallest MaximumRecordAgeInSeconds, in milliseconds."""

_SOURCE = ("Properties", "EventSourceArn")


def fact(resource: Resource, view: View) -> float | Unknown:
    """Return the milliseconds after which a record is lost: expired in its stream, or discarded by the mapping.

    Unknown (with a minimum) if the retention of the stream or the record age of the mapping is unknown.
    """
    retention = _retention(view, resource)
    record_age = _max_record_age(view, resource)
    if record_age is None:
        return retention
    lifetimes = (retention, record_age)
    unknown = next((lifetime for lifetime in lifetimes if isinstance(lifetime, Unknown)), None)
    if unknown is None:
        return min(as_number(retention) or 0, as_number(record_age) or 0)
    minimum = min(float(lifetime.minimum or 0) if isinstance(lifetime, Unknown) else lifetime for lifetime in lifetimes)
    return unknown._replace(minimum=minimum)


def _retention(view: View, resource: Resource) -> float | Unknown:
    """Return the milliseconds for which the stream keeps its records."""
    for stream in view.referents(resource, ("AWS::Kinesis::Stream",), _SOURCE):
        hours = view.get(stream, "Properties", "RetentionPeriodHours").value
        if isinstance(hours, Unknown):
            return Unknown(hours.expression, hours.reason, minimum=_RETENTION_HOURS * _MILLISECONDS_PER_HOUR)
        hours = _RETENTION_HOURS if hours is ABSENT else as_number(hours) or _RETENTION_HOURS
        return hours * _MILLISECONDS_PER_HOUR
    arn = view.get(resource, *_SOURCE).value
    tables = ("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable")
    default = _RETENTION_HOURS * _MILLISECONDS_PER_HOUR
    if view.referents(resource, tables, _SOURCE) or (isinstance(arn, str) and ":dynamodb:" in arn):
        return default
    reason = "another template says how long its stream keeps records"
    return Unknown(("Kept", *_SOURCE), reason, minimum=default)


def _max_record_age(view: View, resource: Resource) -> float | Unknown | None:
    """Return the milliseconds after which the mapping discards a record; None if it keeps retrying."""
    seconds = view.get(resource, "Properties", "MaximumRecordAgeInSeconds").value
    if isinstance(seconds, Unknown):
        return Unknown(seconds.expression, seconds.reason, minimum=_MIN_RECORD_AGE)
    number = as_number(seconds)
    return number * 1000 if number is not None and number > 0 else None
