"""Functions with a runtime that Lambda no longer supports, by a dated table.

https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def check(
    resource: Resource, view: View, as_of: str, runtimes: Mapping[str, Sequence[str]]
) -> Iterator[Problem | Unknown]:
    """Yield a problem at Runtime if the runtime is deprecated on the day `as_of`.

    The table `runtimes` contains three dates for each runtime: its deprecation, and when Lambda begins to reject
    the creation and the update of functions. Message `deprecated` (a note) before functions are rejected, `default`
    if new functions are rejected, `frozen` if updates are rejected too. The current date is not used, so that
    reports are reproducible. Message values: `value`, `deprecated`, `create`, `update`, `as_of`. Unknown if the
    runtime is unknown.
    """
    runtime = view.get(resource, "Properties", "Runtime")
    if isinstance(runtime.value, Unknown):
        yield runtime.value
    elif isinstance(runtime.value, str) and runtime.value in runtimes:
        deprecated, create, update = runtimes[runtime.value]
        values = {"value": runtime.value, "deprecated": deprecated, "create": create, "update": update, "as_of": as_of}
        if update <= as_of:
            yield Problem(runtime.path, values=values, message="frozen")
        elif create <= as_of:
            yield Problem(runtime.path, values=values)
        elif deprecated <= as_of:
            yield Problem(runtime.path, values=values, message="deprecated", level="note")
