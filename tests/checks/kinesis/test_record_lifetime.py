"""Milliseconds after which a record of a stream is lost."""

from __future__ import annotations

from typing import Any

import pytest

from relint.checks.kinesis.record_lifetime import fact
from relint.resolve.value import Unknown
from tests.helpers.views import view_of

HOUR = 3_600_000
DAY = 24 * HOUR
OPEN = {"Ref": "Open"}


def lifetime(arn: Any, stream: dict[str, Any] | None = None, **mapping: Any) -> Any:
    """Return the milliseconds; for an unknown time, its reason and its minimum."""
    view = view_of(
        {
            "Stream": {"Type": "AWS::Kinesis::Stream", "Properties": stream or {}},
            "Table": {"Type": "AWS::DynamoDB::Table"},
            "Global": {"Type": "AWS::DynamoDB::GlobalTable"},
            "It": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": {"EventSourceArn": arn, **mapping}},
        },
        Parameters={"Open": {"Type": "Number"}},
    )
    found = fact(view.template.resources["It"], view)
    return (found.reason, found.minimum) if isinstance(found, Unknown) else found


OF_STREAM = {"Fn::GetAtt": ["Stream", "Arn"]}
ELSEWHERE = "arn:aws:kinesis:us-east-1:1:stream/x"
REASON = "another template says how long its stream keeps records"


@pytest.mark.parametrize(
    ("hours", "age", "expected"),
    [
        (None, None, DAY),
        (48, None, 2 * DAY),
        ("48", -1, 2 * DAY),
        (48, 3600, HOUR),
        (24, 172_800, DAY),
        (None, 60, 60_000),
        (None, 1, 1_000),
    ],
)
def test_shorter_of_retention_and_age(hours: Any, age: Any, expected: int) -> None:
    stream = {} if hours is None else {"RetentionPeriodHours": hours}
    mapping = {} if age is None else {"MaximumRecordAgeInSeconds": age}
    assert lifetime(OF_STREAM, stream, **mapping) == expected


@pytest.mark.parametrize("table", ["Table", "Global"])
def test_stream_of_a_table_keeps_records_for_a_day(table: str) -> None:
    assert lifetime({"Fn::GetAtt": [table, "StreamArn"]}) == DAY


def test_stream_of_a_table_elsewhere() -> None:
    assert lifetime("arn:aws:dynamodb:us-east-1:1:table/x/stream/1") == DAY
    assert lifetime("arn:aws:dynamodb:us-east-1:1:table/x/stream/1", MaximumRecordAgeInSeconds=3600) == HOUR


def test_stream_elsewhere_keeps_records_for_a_day_at_least() -> None:
    assert lifetime(ELSEWHERE) == (REASON, DAY)
    assert lifetime(ELSEWHERE, MaximumRecordAgeInSeconds=3600) == (REASON, HOUR)
    assert lifetime(ELSEWHERE, MaximumRecordAgeInSeconds=2 * 86_400) == (REASON, DAY)


def test_minimum_of_unknown_numbers() -> None:
    reason, minimum = lifetime(OF_STREAM, {"RetentionPeriodHours": OPEN})
    assert ("Open" in reason, minimum) == (True, DAY)
    assert lifetime(OF_STREAM, {"RetentionPeriodHours": OPEN}, MaximumRecordAgeInSeconds=3600)[1] == HOUR
    assert lifetime(OF_STREAM, {"RetentionPeriodHours": 48}, MaximumRecordAgeInSeconds=OPEN)[1] == 60_000
