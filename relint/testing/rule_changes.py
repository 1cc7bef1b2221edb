"""All small changes of a rule file that a mistake could make: the mutants of mutation testing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from relint._typing import TYPE_CHECKING, Any
from relint.testing.change import drop, drop_each, rewrite, vary_values
from relint.testing.clause_changes import change_clauses, change_level, change_message

if TYPE_CHECKING:
    from relint.catalog.rule_fields import RulePath
    from relint.testing.change import Change


def list_changes(content: dict[str, Any]) -> Iterator[Change]:
    """Yield the changes of the content of a rule file.

    A change drops a clause, an assertion, a case, a resource type or a row, negates a test, swaps any and all or two
    messages, and alters a threshold, a default, a level, a regular expression or an argument of a check.
    """
    yield from change_level(("severity",), content["severity"])
    if "deployments" in content:
        yield drop(("deployments",))
    yield from drop_each(("resources",), content.get("resources"))
    yield from drop_each(("table",), content.get("table"))
    for index, row in enumerate(content.get("table") or ()):
        yield from _change_row(("table", index), row)
    yield from _swap_messages(content.get("messages") or {})
    yield from _change_case((), content)
    cases = content.get("cases") or []
    yield from drop_each(("cases",), cases)
    for index, case in enumerate(cases):
        yield from _change_case(("cases", index), case)
        yield from _change_options(("cases", index), case)


def _change_case(path: RulePath, case: dict[str, Any]) -> Iterator[Change]:
    for key in ("when", "assert"):
        if key in case:
            yield from change_clauses((*path, key), case[key])
    yield from vary_values((*path, "params"), case.get("params") or {})


def _change_options(path: RulePath, case: dict[str, Any]) -> Iterator[Change]:
    """Yield the changes of what only one of several cases has: resource types, a level and a message."""
    yield from drop_each((*path, "resources"), case.get("resources"))
    if "level" in case:
        yield from change_level((*path, "level"), case["level"])
    if "message" in case:
        yield change_message(path)


def _change_row(path: RulePath, row: dict[str, Any]) -> Iterator[Change]:
    for key, value in row.items():
        if key == "resources":
            yield from drop_each((*path, key), value)
        else:
            yield from vary_values((*path, key), value)


def _swap_messages(messages: dict[str, str]) -> Iterator[Change]:
    for first, second in pairwise(messages):
        swapped = {**messages, first: messages[second], second: messages[first]}
        yield rewrite(("messages",), swapped, f"{first} and {second} swapped")
