"""Database engines and versions that RDS no longer creates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING, Any
from relint.checks.problem import Problem
from relint.model.dated_table import state_on
from relint.resolve.value import ABSENT, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.dated_table import Row
    from relint.model.resource import Resource
    from relint.model.view import View

_EXTENDED_SUPPORT_DISABLED = "open-source-rds-extended-support-disabled"
_MOST_MINOR_VERSIONS = 25
"""No version of two parts has a higher second one: PostgreSQL has reached 13.23."""


def check(
    resource: Resource,
    view: View,
    engines: Mapping[str, Mapping[str, Any]],
    as_of: str,
    support: Mapping[str, Sequence[Row]],
) -> Iterator[Problem | Unknown]:
    """Yield a problem at Engine if RDS has none of that name any more, or at EngineVersion if RDS rejects the version.

    Message `gone` for an engine, with the value `successor`; `upgraded` (a note) if RDS upgrades the major version by
    itself. Message values: `version`, `engine`, `date`. A row of `engines` contains the name of the `successor`, or:
    major versions that have `ended`; for others `last_rejected`, the last minor version that RDS rejects; further
    versions that are `rejected`; and the prefixes of versions that are `accepted` anyway. The rows of the dated table
    `support` are about an engine and a major version, such as "mysql 5.7"; the state on the day `as_of` counts. Unknown
    if version or engine is unknown, or if the version is a number that may have lost a zero that matters.
    """
    version = view.get(resource, "Properties", "EngineVersion")
    engine = view.get(resource, "Properties", "Engine")
    if isinstance(engine.value, Unknown):
        yield engine.value
    if engine.value is ABSENT or isinstance(engine.value, Unknown):
        return
    engine_name = scalar_text(engine.value).lower()
    row = engines.get(engine_name, {})
    if "successor" in row:
        values = {"engine": engine_name, "date": as_of, "successor": row["successor"]}
        yield Problem(engine.path, values=values, message="gone")
    elif isinstance(version.value, Unknown):
        yield version.value
    elif version.value is not ABSENT:
        ends = [ending for ending in support["rows"] if ending["what"].split()[0] == engine_name]
        yield from _version_problems(view, resource, row, ends, {"engine": engine_name, "date": as_of})


def _version_problems(
    view: View, resource: Resource, row: Mapping[str, Any], ends: Sequence[Row], values: dict[str, Any]
) -> Iterator[Problem | Unknown]:
    version = view.get(resource, "Properties", "EngineVersion")
    text, *others = _possible_texts(version.value)
    is_rejected = _is_rejected(text, row)
    if any(_is_rejected(other, row) != is_rejected for other in others):
        yield Unknown(("Number", version.path), f"a version without quotes is a number, so that {others[0]} is {text}")
        return
    values["version"] = text
    if is_rejected:
        yield Problem(version.path, values=values)
        return
    number = _number_of(text)
    end = next((ending for ending in ends if _begins_with(number, ending["what"].split()[1])), None)
    state = None if end is None else state_on(end, values["date"])
    lifecycle_support = view.get(resource, "Properties", "EngineLifecycleSupport").value
    if end is None or state is None:
        return
    if isinstance(lifecycle_support, Unknown):
        yield lifecycle_support
    elif lifecycle_support == _EXTENDED_SUPPORT_DISABLED:
        yield Problem(version.path, values={**values, "date": end["states"][state]}, message=state, level="note")


def _possible_texts(version: Any) -> list[str]:
    """Return the versions that a value may stand for: the number 16.1 for 16.1 and 16.10."""
    text = scalar_text(version)
    major, _, minor = text.partition(".")
    may_end_in_zero = isinstance(version, float) and minor and int(minor + "0") <= _MOST_MINOR_VERSIONS
    return [text, f"{major}.{minor}0"] if may_end_in_zero else [text]


def _is_rejected(version: str, row: Mapping[str, Any]) -> bool:
    """Whether RDS rejects a version, judging by its major and minor version."""
    number = _number_of(version)
    if number in row.get("rejected", ()) or any(_begins_with(number, major) for major in row.get("ended", ())):
        return True
    last_rejected = row.get("last_rejected", {})
    major = next((major for major in last_rejected if _begins_with(number, major)), None)
    if not major or any(_begins_with(number, prefix) for prefix in row.get("accepted", ())):
        return False
    minor = number[len(major) + 1 :]
    return bool(re.fullmatch(r"\d+(\.\d+)*", minor)) and _numbers(minor) <= _numbers(last_rejected[major])


def _number_of(version: str) -> str:
    """Return the version of Aurora MySQL without the one of MySQL: 3.04.1 of 8.0.mysql_aurora.3.04.1."""
    return version.rpartition("mysql_aurora.")[2]


def _begins_with(version: str, prefix: str) -> bool:
    return version == prefix or version.startswith((f"{prefix}.", f"{prefix}-"))


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]
