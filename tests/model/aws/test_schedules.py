"""Times between the runs of schedules."""

from __future__ import annotations

from typing import Any

import pytest

from relint.model.aws.schedules import duration_text, longest_gap_hours, runs_every_hour
from relint.resolve.value import Unknown
from tests.helpers.views import view_of


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


@pytest.mark.parametrize(
    ("rule", "hours"),
    [
        ({"ScheduleExpression": "rate(90 minutes)"}, 1.5),
        ({"ScheduleExpression": "rate(1 hour)"}, 1),
        ({"ScheduleExpression": " rate(2 days) "}, 48),
        ({"ScheduleExpression": "rate(1 week)"}, 168),
        ({"ScheduleExpression": "cron(0 3 * * ? *)"}, 24),
        ({"ScheduleExpression": "cron(0 0/6 * * ? *)"}, 24),
        ({"CronExpression": "cron(0 3 ? * MON-FRI *)"}, 72),
        ({"CronExpression": "cron(0 3 ? * 2-6 *)"}, 72),
        ({"CronExpression": "cron(0 3,15 ? * MON *)"}, 156),
        ({"CronExpression": "cron(0 3 ? * fri-mon *)"}, 96),
        ({"CronExpression": "cron(0 3 ? * SUN,SAT *)"}, 144),
        ({"CronExpression": "cron(0 3 ? * L *)"}, 168),
        ({"CronExpression": "cron(0 0 1 * ? *)"}, 31 * 24),
        ({"CronExpression": "cron(0 0 15W * ? *)"}, 31 * 24),
        ({"CronExpression": "cron(0 0 L * ? *)"}, 31 * 24),
        ({"CronExpression": "cron(0 0 LW * ? *)"}, 31 * 24),
        ({"CronExpression": "cron(0 0 1,L * ? *)"}, 30 * 24),
        ({"CronExpression": "cron(0 0 1/10 * ? *)"}, 10 * 24),
        ({"CronExpression": "cron(0 0 ? * FRI#2 *)"}, 35 * 24),
        ({"CronExpression": "cron(0 0 ? * 6#2,6#4 *)"}, 21 * 24),
        ({"CronExpression": "cron(0 0 ? * 6L *)"}, 35 * 24),
        ({"CronExpression": "cron(0 0 1 JAN,JUL ? *)"}, 184 * 24),
        ({"CronExpression": "cron(0 0 1 1/3 ? *)"}, 92 * 24),
        ({"CronExpression": "cron(0 0 1 DEC ? *)"}, 366 * 24),
        ({"CronExpression": "cron(0 0 29 2 ? *)"}, 1461 * 24),
        ({"Interval": 12}, 12),
        ({"Interval": "6"}, 6),
        ({}, 24),
    ],
    ids=str,
)
def test_longest_time_between_two_runs(rule: dict[str, Any], hours: float) -> None:
    view = view_of({})
    assert longest_gap_hours(view, view.scenario.resolve(rule, ())) == pytest.approx(hours)


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ({"ScheduleExpression": "nightly"}, '"nightly" is no schedule'),
        ({"ScheduleExpression": "cron(0 x * * ? *)"}, '"cron(0 x * * ? *)" is no schedule'),
        ({"CronExpression": "cron(0 0 30 2 ? *)"}, '"cron(0 0 30 2 ? *)" runs once in 5 years at the most'),
        ({"CronExpression": {"Ref": "Free"}}, 'parameter "Free" has no default'),
        ({"Interval": {"Ref": "Free"}}, 'parameter "Free" has no default'),
    ],
    ids=str,
)
def test_time_between_two_runs_is_unknown(rule: dict[str, Any], reason: str) -> None:
    view = view_of({}, Parameters={"Free": {"Type": "String"}})
    gap = longest_gap_hours(view, view.scenario.resolve(rule, ()))
    assert isinstance(gap, Unknown)
    assert gap.reason == reason


@pytest.mark.parametrize(
    ("hours", "expected"), [(24, "1 day"), (72, "3 days"), (1, "1 hour"), (14, "14 hours"), (0.5, "0.5 hours")]
)
def test_time_in_words(hours: float, expected: str) -> None:
    assert duration_text(hours) == expected
