"""Schedule expressions: the longest time between two runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from relint.logic.predicates import as_number
from relint.resolve.value import ABSENT, Located, Unknown

if TYPE_CHECKING:
    from relint.model.view import View


_RATE = re.compile(r"rate\((\d+) (minute|hour|day|week)s?\)")


_HOURS = {"minute": 1 / 60, "hour": 1, "day": 24, "week": 168}


_WEEKDAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")


_ANY = ("*", "?", "*/1", "1/1", "0/1", "1-31", "1-12", "1-7", "SUN-SAT", "MON-SUN")


def longest_gap_hours(view: View, rule: Located) -> Any:
    """The longest time in hours between two runs, from a schedule expression, a cron expression or an interval."""
    for name in ("ScheduleExpression", "CronExpression"):
        schedule = view.get(rule, name).value
        if schedule is not ABSENT:
            return schedule if isinstance(schedule, Unknown) else _longest(str(schedule))
    hours = view.get(rule, "Interval").value
    if isinstance(hours, Unknown):
        return hours
    return 24 if hours is ABSENT else as_number(hours) or 24


def _longest(expression: str) -> Any:
    """The longest gap of cron(minute hour day month weekday year) or rate(n unit).

    Only days count: a plan that runs on each day at least once has no gap of more than a day.
    """
    rate = _RATE.fullmatch(expression.strip())
    if rate:
        return int(rate[1]) * _HOURS[rate[2]]
    fields = expression.strip().removeprefix("cron(").removesuffix(")").upper().split()
    if len(fields) not in (5, 6):
        return Unknown(("Schedule", expression), f'"{expression}" is no schedule')
    _, _, day, month, weekday, *_ = fields
    if month not in _ANY:
        return 24 * 365 / max(len(month.split(",")), 1)
    if day in _ANY and weekday in _ANY:
        return 24
    if day in _ANY:
        return _between_weekdays(weekday)
    steps = re.fullmatch(r"(?:\*|1)/(\d+)", day)
    return 24 * int(steps[1]) if steps else 24 * 31 / max(len(day.split(",")), 1)


def _between_weekdays(field: str) -> Any:
    days: set[int] = set()
    for part in field.split(","):
        first, _, last = part.partition("-")
        bounds = [_weekday(name) for name in (first, last or first)]
        if None in bounds:
            return 168  # such as 6L or FRI#1: at most once a week
        start, end = (bound for bound in bounds if bound is not None)
        days.update(day % 7 for day in range(start, end + 1 if end >= start else end + 8))
    found = sorted(days)
    return 24 * max((later - one - 1) % 7 + 1 for one, later in zip(found, found[1:] + found[:1], strict=True))


def _weekday(name: str) -> int | None:
    if name in _WEEKDAYS:
        return _WEEKDAYS.index(name)
    return int(name) - 1 if name in ("1", "2", "3", "4", "5", "6", "7") else None
