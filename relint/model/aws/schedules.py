"""Schedule expressions, and the longest time between two runs of a schedule.

https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
"""

from __future__ import annotations

import re

from relint._typing import TYPE_CHECKING, Any
from relint.logic.predicates import as_number
from relint.resolve.value import ABSENT, Located, Unknown

if TYPE_CHECKING:
    from relint.model.view import View


_RATE = re.compile(r"rate\((\d+) (minute|hour|day|week)s?\)")
_HOURS_PER_UNIT = {"minute": 1 / 60, "hour": 1, "day": 24, "week": 168}
_HOURS_PER_DAY = 24
_HOURS_PER_WEEK = 168
_WEEKDAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_ANY = ("*", "?", "*/1", "1/1", "0/1", "1-31", "1-12", "1-7", "SUN-SAT", "MON-SUN")


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


def _longest_gap(expression: str) -> Any:
    """Return the longest gap of cron(minute hour day month weekday year) or rate(n unit) in hours.

    Only days are considered: a cron expression that runs every day has a gap of 24 hours at most.
    """
    rate = _RATE.fullmatch(expression.strip())
    if rate:
        return int(rate[1]) * _HOURS_PER_UNIT[rate[2]]
    fields = expression.strip().removeprefix("cron(").removesuffix(")").upper().split()
    if len(fields) not in (5, 6):
        return Unknown(("Schedule", expression), f'"{expression}" is no schedule')
    _, _, day, month, weekday, *_ = fields
    if month not in _ANY:
        return _HOURS_PER_DAY * 365 / max(len(month.split(",")), 1)
    if day in _ANY and weekday in _ANY:
        return _HOURS_PER_DAY
    if day in _ANY:
        return _longest_weekday_gap(weekday)
    every_n_days = re.fullmatch(r"(?:\*|1)/(\d+)", day)
    if every_n_days:
        return _HOURS_PER_DAY * int(every_n_days[1])
    return _HOURS_PER_DAY * 31 / max(len(day.split(",")), 1)


def _longest_weekday_gap(field: str) -> Any:
    weekdays: set[int] = set()
    for part in field.split(","):
        first_name, _, last_name = part.partition("-")
        first, last = _weekday(first_name), _weekday(last_name or first_name)
        if first is None or last is None:
            return _HOURS_PER_WEEK  # such as 6L or FRI#1: at most once a week
        weekdays.update(day % 7 for day in range(first, last + 1 if last >= first else last + 8))
    days = sorted(weekdays)
    next_days = days[1:] + days[:1]
    return _HOURS_PER_DAY * max((later - day - 1) % 7 + 1 for day, later in zip(days, next_days, strict=True))


def _weekday(name: str) -> int | None:
    if name in _WEEKDAYS:
        return _WEEKDAYS.index(name)
    return int(name) - 1 if name in ("1", "2", "3", "4", "5", "6", "7") else None
