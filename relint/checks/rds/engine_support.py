"""Database versions that RDS no longer creates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.resolve.value import ABSENT, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_EXTENDED_SUPPORT_DISABLED = "open-source-rds-extended-support-disabled"


def check(
    resource: Resource,
    view: View,
    last_rejected: Mapping[str, Mapping[str, str]],
    accepted: Mapping[str, list[str]],
    support_ends: Mapping[str, Mapping[str, str]],
    as_of: str,
) -> Iterator[Problem | Unknown]:
    """Yield a problem at EngineVersion if RDS rejects new databases of the version.

    Message `upgraded` (a note) if RDS upgrades the major version by itself. `last_rejected` contains, for each major
    version of an engine, the last minor version that RDS rejects; `accepted` the prefixes of versions that it accepts
    anyway; `support_ends` the ends of standard support that have passed on the day `as_of`. Message values: `version`,
    `engine`, `date`. Unknown if version or engine is unknown, or the version a number.
    """
    version = view.get(resource, "Properties", "EngineVersion")
    engine_value = view.get(resource, "Properties", "Engine").value
    if version.value is ABSENT or engine_value is ABSENT:
        return
    for value in (version.value, engine_value):
        if isinstance(value, Unknown):
            yield value
            return
    if isinstance(version.value, float):
        yield Unknown(("Number", version.path), "a version without quotes is a number, so that 16.10 is 16.1")
        return
    version_text, engine = scalar_text(version.value), scalar_text(engine_value).lower()
    number = version_text.rpartition("mysql_aurora.")[2]
    values = {"version": version_text, "engine": engine, "date": as_of}
    if _is_rejected(number, last_rejected.get(engine, {}), accepted.get(engine, [])):
        yield Problem(version.path, values=values)
        return
    end = next((date for major, date in support_ends.get(engine, {}).items() if _begins_with(number, major)), None)
    lifecycle_support = view.get(resource, "Properties", "EngineLifecycleSupport").value
    if end is not None and lifecycle_support == _EXTENDED_SUPPORT_DISABLED:
        yield Problem(version.path, values={**values, "date": end}, message="upgraded", level="note")


def _is_rejected(version: str, last_rejected: Mapping[str, str], accepted: list[str]) -> bool:
    """Whether RDS rejects a version, judging by its major and minor version."""
    major = next((major for major in last_rejected if _begins_with(version, major)), None)
    if not major or any(_begins_with(version, prefix) for prefix in accepted):
        return False
    minor = version[len(major) + 1 :]
    return bool(re.fullmatch(r"\d+(\.\d+)*", minor)) and _numbers(minor) <= _numbers(last_rejected[major])


def _begins_with(version: str, prefix: str) -> bool:
    return version == prefix or version.startswith((f"{prefix}.", f"{prefix}-"))


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]
