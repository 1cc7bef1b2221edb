"""Services in a template that AWS has closed or is going to close."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.logic.truth import all_of
from relint.model.dated_table import state_on
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.level import Level
    from relint.model.dated_table import Row
    from relint.model.resource import Resource
    from relint.model.view import View

_LEVELS: dict[str, Level] = {"ended": "error", "frozen": "error", "ending": "warning", "closed": "note"}
"""Level by state of a service."""


def check(
    resource: Resource, view: View, as_of: str, table: Mapping[str, Sequence[Row]]
) -> Iterator[Problem | Unknown]:
    """Yield a problem at the first resource of each type of a retired service.

    A row of the dated table has, beside the name of the service, its types (`AWS::QLDB::*` for all of a service) and
    `only` the values of properties that belong to it. The states are "closed" (to new customers), "ending" (the end is
    announced), "frozen" (nobody can create resources) and "ended" (shut down); the one on the day `as_of` counts. The
    message is that of the state, with `-undated` without a day, and `default` for "ended" with a day. Message values:
    `service`, `date` (the first day of the state), `as_of`.
    """
    names = {resource_type: (resource_type, _all_of_service(resource_type)) for resource_type in view.template.by_type}
    all_names = frozenset(chain.from_iterable(names.values()))
    for row in table["rows"]:
        if all_names.isdisjoint(row["types"]):  # nearly all services, in nearly all templates
            continue
        state = state_on(row, as_of)
        for resource_type, names_of_type in names.items():
            if state is not None and any(name in row["types"] for name in names_of_type):
                yield from _first_problem(view, resource_type, row, state, as_of)


def _first_problem(view: View, resource_type: str, row: Row, state: str, as_of: str) -> Iterator[Problem | Unknown]:
    for retired in view.resources(resource_type):
        values = row.get("only", {}).items()
        belongs = all_of(
            apply_test("equals", view.get(retired, "Properties", name).value, value) for name, value in values
        )
        if isinstance(belongs, Unknown):
            yield belongs
        elif belongs:
            date = row["states"][state]
            message = state if date else f"{state}-undated"
            yield Problem(
                (*retired.path, "Type"),
                values={"service": row["what"], "date": date, "as_of": as_of},
                message=None if message == "ended" else message,
                level=_LEVELS[state],
            )
            return


def _all_of_service(resource_type: str) -> str:
    """Return how a row names all types of the service to which a type belongs."""
    return "::".join((*resource_type.split("::", 2)[:2], "*"))
