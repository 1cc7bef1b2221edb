"""Whether Lambda still supports the runtime of a function, by a dated table.

https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def check(
    resource: Resource, view: View, as_of: str, runtimes: Mapping[str, Sequence[str]]
) -> Iterator[Problem | Unknown]:
    """A problem at Runtime if that was deprecated on the day `as_of`, the date of the table of `runtimes`.

    The table gives three dates for each runtime: when it is deprecated, and from when Lambda refuses to create and to
    update functions with it. `deprecated` (a note) and `frozen` are those before and after the creation is refused.
    The clock is not asked: the same rules say the same tomorrow.
    """
    runtime = view.get(resource, "Properties", "Runtime")
    if isinstance(runtime.value, Unknown):
        yield runtime.value
    elif isinstance(runtime.value, str) and runtime.value in runtimes:
        deprecated, create, update = runtimes[runtime.value]
        values = {"value": runtime.value, "deprecated": deprecated, "create": create, "update": update, "as_of": as_of}
        if update <= as_of:
            yield Problem(runtime.path, values, (), "frozen")
        elif create <= as_of:
            yield Problem(runtime.path, values)
        elif deprecated <= as_of:
            yield Problem(runtime.path, values, (), "deprecated", "note")
