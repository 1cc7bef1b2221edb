"""Schedule expressions, and the time between two runs of a schedule.

https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from relint._typing import TYPE_CHECKING, Any
from relint.logic.predicates import as_number
from relint.resolve.value import ABSENT, Located, Unknown

if TYPE_CHECKING:
    from relint.model.view import View


_RATE = re.compile(r"rate\((\d+) (minute|hour|day|week)s?\)")
_HOURS_PER_UNIT = {"minute": 1 / 60, "hour": 1, "day": 24, "week": 168}
_HOURS_PER_DAY = 24
_MINUTES_PER_HOUR = 60
_SECONDS_PER_HOUR = 3600
_SECONDS_PER_DAY = 86_400
_WEEKDAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_MONTHLY_WEEKDAY = re.compile(r"(\w+)#([1-5])|(\w+)L")
_LAST = 0
"""The last weekday of a month, beside the first to the fifth."""
_FIRST_YEAR = 2024
_YEARS = 5
"""The calendar in which the runs of a cron expression are counted; it contains two leap days."""


def longest_gap_hours(view: View, rule: Located) -> Any:
    """Return the longest time between two runs in hours, from a schedule, a cron expression or an interval."""
    for name in ("ScheduleExpression", "CronExpression"):
        schedule = view.get(rule, name).value
        if schedule is not ABSENT:
            return schedule if isinstance(schedule, Unknown) else _longest_gap(str(schedule))
    interval = view.get(rule, "Interval").value
    if isinstance(interval, Unknown):
        return interval
    return _HOURS_PER_DAY if interval is ABSENT else as_number(interval) or _HOURS_PER_DAY


def longest_gap_seconds(view: View, rule: Located) -> Any:
    """Return the longest time between two runs in seconds; unlike `longest_gap_hours` by the times of day, too."""
    for name in ("ScheduleExpression", "CronExpression"):
        schedule = view.get(rule, name).value
        if schedule is not ABSENT:
            return schedule if isinstance(schedule, Unknown) else _longest_gap_seconds(str(schedule))
    hours = longest_gap_hours(view, rule)
    return hours if isinstance(hours, Unknown) else int(hours * _SECONDS_PER_HOUR)


def duration_text(hours: float) -> str:
    """Return a time in whole days, else in hours: "3 days", "14 hours"."""
    number, unit = (hours / _HOURS_PER_DAY, "day") if hours % _HOURS_PER_DAY == 0 else (hours, "hour")
    return f"{number:.4g} {unit}" if number == 1 else f"{number:.4g} {unit}s"


@lru_cache(maxsize=64)
def runs_every_hour(expression: str) -> bool:
    """Whether a schedule runs at least once in every hour of every day; False for `at(...)` and invalid schedules."""
    gap = _longest_gap(expression)
    if isinstance(gap, Unknown) or gap > _HOURS_PER_DAY:
        return False
    if _RATE.fullmatch(expression.strip()):
        return bool(gap <= 1)
    hours = expression.strip().removeprefix("cron(").split()[1]
    try:
        return len(_numbers(hours.split(","), _HOURS_PER_DAY)) == _HOURS_PER_DAY
    except ValueError:  # an invalid cron expression
        return False


@lru_cache(maxsize=64)
def _longest_gap(expression: str) -> Any:
    """Return the longest gap of cron(minute hour day month weekday year) or rate(n unit) in hours.

    A cron expression that runs every day counts as 24 hours, which is the most that it can leave. Days without a run
    lie between the last hour of the day before and the first hour of the day after. Minutes are not considered.
    """
    rate = _RATE.fullmatch(expression.strip())
    if rate:
        return int(rate[1]) * _HOURS_PER_UNIT[rate[2]]
    fields = expression.strip().removeprefix("cron(").removesuffix(")").upper().split()
    try:
        _, hour, day, month, weekday, *_ = fields
        hours = [number % _HOURS_PER_DAY for number in _numbers(hour.split(","), _HOURS_PER_DAY)]
        runs = _days_of_runs(day.split(","), _numbers(month.split(","), 12, _MONTHS), weekday.split(","))
    except ValueError:
        return Unknown(("Schedule", expression), f'"{expression}" is no schedule')
    if len(runs) < 2:
        return Unknown(("Schedule", expression), f'"{expression}" runs once in {_YEARS} years at the most')
    days = max(later - earlier for earlier, later in pairwise(runs))
    return _HOURS_PER_DAY if days == 1 else _HOURS_PER_DAY * days - (max(hours) - min(hours))


@lru_cache(maxsize=64)
def _longest_gap_seconds(expression: str) -> Any:
    """Return the longest gap of a schedule in seconds."""
    hours = _longest_gap(expression)
    if isinstance(hours, Unknown) or _RATE.fullmatch(expression.strip()):
        return hours if isinstance(hours, Unknown) else round(hours * _SECONDS_PER_HOUR)
    minute, hour, day, month, weekday, *_ = expression.strip().removeprefix("cron(").removesuffix(")").upper().split()
    try:
        minutes = {number % _MINUTES_PER_HOUR for number in _numbers(minute.split(","), _MINUTES_PER_HOUR)}
    except ValueError:
        return Unknown(("Schedule", expression), f'"{expression}" is no schedule')
    times = sorted(
        number % _HOURS_PER_DAY * _SECONDS_PER_HOUR + seconds
        for number in _numbers(hour.split(","), _HOURS_PER_DAY)
        for seconds in (number * 60 for number in minutes)
    )
    days = _days_of_runs(day.split(","), _numbers(month.split(","), 12, _MONTHS), weekday.split(","))
    longest_pause = max(later - earlier for earlier, later in pairwise(days)) * _SECONDS_PER_DAY
    within_a_day = max((later - earlier for earlier, later in pairwise(times)), default=0)
    return max(longest_pause - (times[-1] - times[0]), within_a_day)


def _days_of_runs(day_parts: list[str], months: set[int], weekday_parts: list[str]) -> list[int]:
    """Return the days of the calendar on which a cron expression runs, as ordinals. ValueError if it is invalid.

    Besides numbers, ranges and steps, days are `L` (the last of the month) and `15W` (the working day next to it),
    weekdays are `FRI#2` (the second Friday of the month) and `6L` (the last one).
    """
    from datetime import date, timedelta  # costs a millisecond, and most templates contain no schedule

    days = _numbers([part.removesuffix("W") for part in day_parts if part not in ("L", "LW")], 31)
    runs_on_last_day = "L" in day_parts or "LW" in day_parts
    monthly = {part: match for part in weekday_parts if (match := _MONTHLY_WEEKDAY.fullmatch(part))}
    weekly = ["SAT" if part == "L" else part for part in weekday_parts if part not in monthly]
    weekdays = _numbers(weekly, 7, _WEEKDAYS)
    monthly_weekdays = {
        (_number(match[1] or match[3], _WEEKDAYS), int(match[2] or _LAST)) for match in monthly.values()
    }
    runs = []
    today, one_day, one_week = date(_FIRST_YEAR, 1, 1), timedelta(days=1), timedelta(days=7)
    while today.year < _FIRST_YEAR + _YEARS:
        is_day = today.day in days or (runs_on_last_day and (today + one_day).day == 1)
        if is_day and today.month in months:
            weekday = today.isoweekday() % 7 + 1
            is_last = (today + one_week).month != today.month
            occurrences = {(weekday, (today.day - 1) // 7 + 1), *([(weekday, _LAST)] if is_last else [])}
            if weekday in weekdays or occurrences & monthly_weekdays:
                runs.append(today.toordinal())
        today += one_day
    return runs


def _numbers(parts: Iterable[str], highest: int, names: tuple[str, ...] = ()) -> set[int]:
    """Return the numbers from 1 to `highest` that parts such as `*`, 15, MON-FRI and 1/10 contain."""
    numbers: set[int] = set()
    for part in parts:
        values, _, step = part.partition("/")
        first_name, _, last_name = values.partition("-")
        is_any = values in ("*", "?")
        first = 1 if is_any else _number(first_name, names)
        last = highest if is_any or (step and not last_name) else _number(last_name or first_name, names)
        last += highest if last < first else 0  # FRI-MON
        numbers.update((number - 1) % highest + 1 for number in range(first, last + 1, int(step or 1)))
    return numbers


def _number(name: str, names: tuple[str, ...]) -> int:
    return names.index(name) + 1 if name in names else int(name)
