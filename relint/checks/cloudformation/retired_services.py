"""Services in a template that AWS has closed or is going to close."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from relint._typing import TYPE_CHECKING, Any
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.logic.truth import all_of
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.level import Level
    from relint.model.resource import Resource
    from relint.model.view import View

_LEVELS: dict[str, Level] = {"ended": "error", "frozen": "error", "ending": "warning", "closed": "note"}
"""Level by state of a service."""


def check(
    resource: Resource, view: View, services: Sequence[Mapping[str, Any]], as_of: str
) -> Iterator[Problem | Unknown]:
    """Yield a problem at the first resource of each type of a retired service.

    A row of `services` has its name, its types (`AWS::QLDB::*` for all of a service), `only` the values of properties
    that belong to the service, a state and the date since which it holds, if AWS names one. The states are "ended"
    (shut down), "frozen" (nobody can create resources), "ending" (the end is announced) and "closed" (to new
    customers). The message is that of the state, with `-undated` without a date, and `default` for "ended" with a
    date. Message values: `service`, `date`, `as_of`.
    """
    names = {resource_type: (resource_type, _all_of_service(resource_type)) for resource_type in view.template.by_type}
    all_names = frozenset(chain.from_iterable(names.values()))
    for row in services:
        if all_names.isdisjoint(row["types"]):  # nearly all services, in nearly all templates
            continue
        for resource_type, names_of_type in names.items():
            if any(name in row["types"] for name in names_of_type):
                yield from _first_problem(view, resource_type, row, as_of)


def _first_problem(view: View, resource_type: str, row: Mapping[str, Any], as_of: str) -> Iterator[Problem | Unknown]:
    for retired in view.resources(resource_type):
        values = row.get("only", {}).items()
        belongs = all_of(
            apply_test("equals", view.get(retired, "Properties", name).value, value) for name, value in values
        )
        if isinstance(belongs, Unknown):
            yield belongs
        elif belongs:
            state = row["state"] if "date" in row else f"{row['state']}-undated"
            yield Problem(
                (*retired.path, "Type"),
                values={"service": row["service"], "date": row.get("date", ""), "as_of": as_of},
                message=None if state == "ended" else state,
                level=_LEVELS[row["state"]],
            )
            return


def _all_of_service(resource_type: str) -> str:
    """Return how a row names all types of the service to which a type belongs."""
    return "::".join((*resource_type.split("::", 2)[:2], "*"))
