"""Functions with a runtime that Lambda no longer supports, by a dated table.

https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.dated_table import state_on
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.dated_table import Row
    from relint.model.resource import Resource
    from relint.model.view import View


def check(
    resource: Resource, view: View, as_of: str, table: Mapping[str, Sequence[Row]]
) -> Iterator[Problem | Unknown]:
    """Yield a problem at Runtime if the runtime is deprecated on the day `as_of`.

    The rows of the dated table have the states `deprecated` (message of that name, a note), `rejected`, from which
    Lambda creates no functions (message `default`), and `frozen`, from which it updates none either (message `frozen`).
    The current date is not used, so that reports are reproducible. Message values: `value`, `as_of`, and the first day
    of each state by its name. Unknown if the runtime is unknown.
    """
    runtime = view.get(resource, "Properties", "Runtime")
    if isinstance(runtime.value, Unknown):
        yield runtime.value
        return
    for row in table["rows"]:
        state = state_on(row, as_of) if row["what"] == runtime.value else None
        if state is not None:
            yield Problem(
                runtime.path,
                values={"value": runtime.value, "as_of": as_of, **row["states"]},
                message=None if state == "rejected" else state,
                level="note" if state == "deprecated" else None,
            )
