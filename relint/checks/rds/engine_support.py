"""Whether RDS still creates databases of a version."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.resolve.value import ABSENT, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_EXTENDED = "open-source-rds-extended-support-disabled"


def check(
    resource: Resource,
    view: View,
    refused: Mapping[str, Mapping[str, str]],
    still: Mapping[str, list[str]],
    ended: Mapping[str, Mapping[str, str]],
    as_of: str,
) -> Iterator[Problem | Unknown]:
    """A problem when a new database of the version is refused, or its major version is upgraded without being asked.

    `refused` has for each major version of an engine the last minor version that is not created any more, but for those
    that begin as `still` says; `ended` the end of standard support, where it is past on the day `as_of`.
    """
    version = view.get(resource, "Properties", "EngineVersion")
    engine = view.get(resource, "Properties", "Engine").value
    if version.value is ABSENT or engine is ABSENT:
        return
    for value in (version.value, engine):
        if isinstance(value, Unknown):
            yield value
            return
    if isinstance(version.value, float):
        yield Unknown(("Number", version.path), "a version without quotes is a number, so that 16.10 is 16.1")
        return
    written, kind = scalar_text(version.value), scalar_text(engine).lower()
    number = written.rpartition("mysql_aurora.")[2]
    values = {"version": written, "engine": kind, "date": as_of}
    major = next((one for one in refused.get(kind, {}) if _begins(number, one)), None)
    if major and not any(_begins(number, one) for one in still.get(kind, [])):
        minor = number[len(major) + 1 :]
        if re.fullmatch(r"\d+(\.\d+)*", minor) and _numbers(minor) <= _numbers(refused[kind][major]):
            yield Problem(version.path, values, ())
            return
    end = next((date for one, date in ended.get(kind, {}).items() if _begins(number, one)), None)
    if end is not None and view.get(resource, "Properties", "EngineLifecycleSupport").value == _EXTENDED:
        yield Problem(version.path, {**values, "date": end}, (), "upgraded", "note")


def _begins(version: str, prefix: str) -> bool:
    return version == prefix or version.startswith((f"{prefix}.", f"{prefix}-"))


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(".")]
