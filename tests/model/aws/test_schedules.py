"""Times between the runs of schedules."""

from __future__ import annotations

import pytest

from relint.model.aws.schedules import runs_every_hour


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        pytest.param("rate(5 minutes)", True, id="every five minutes"),
        pytest.param("rate(1 hour)", True, id="every hour"),
        pytest.param("rate(60 minutes)", True, id="every sixty minutes"),
        pytest.param("rate(90 minutes)", False, id="every ninety minutes"),
        pytest.param("rate(1440 minutes)", False, id="every day in minutes"),
        pytest.param("rate(1 day)", False, id="every day"),
        pytest.param("cron(* * * * ? *)", True, id="every minute"),
        pytest.param("cron(0/15 * ? * * *)", True, id="every quarter of an hour"),
        pytest.param("cron(7 0/1 * * ? *)", True, id="once in every hour"),
        pytest.param("cron(0 0-23 * * ? *)", True, id="all hours as a range"),
        pytest.param("cron(0 */2 * * ? *)", False, id="every second hour"),
        pytest.param("cron(0/5 8-17 ? * MON-FRI *)", False, id="working hours"),
        pytest.param("cron(0/5 * ? * MON-FRI *)", False, id="working days"),
        pytest.param("cron(0 2 * * ? *)", False, id="every night"),
        pytest.param("at(2026-12-24T18:00:00)", False, id="once"),
        pytest.param("cron(0 x * * ? *)", False, id="an invalid hour"),
        pytest.param("cron(0 0/0 * * ? *)", False, id="an invalid step"),
        pytest.param("nightly", False, id="no schedule"),
    ],
)
def test_schedule_runs_in_every_hour(expression: str, expected: bool) -> None:
    assert runs_every_hour(expression) is expected
