"""Functions that go on working after their caller has given up."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.checks.problem import Problem
from relint.logic.numbers import integer_value
from relint.logic.predicates import apply_test, as_number
from relint.model.aws.lambda_callers import callers_of
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_DEFAULT_TIMEOUT = 3
_SHORT_EXCESS = 5
"""Seconds by which the timeout may exceed the patience of the caller without more than a note."""


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at Timeout if the function may run longer than a caller waits for it.

    Message `default` for more than five seconds; notes: `close` for less, `shared` if another source may need the time,
    as it does not wait, or waits longer. Of several callers the one that waits least counts. Message values: `source`,
    `timeout`, `waits`; related: the callers. Unknown if a number decides and is unknown.
    """
    callers = list(callers_of(view, resource))
    timeout = integer_value(view.get(resource, "Properties", "Timeout"), _DEFAULT_TIMEOUT)
    judged = [
        (caller, True if caller.seconds is None else apply_test("max", timeout, caller.seconds)) for caller in callers
    ]
    impatient = [caller for caller, is_enough in judged if is_enough is False]
    if not impatient:
        yield from [is_enough for _, is_enough in judged if isinstance(is_enough, Unknown)][:1]
        return
    caller = min(impatient, key=lambda caller: _longest(caller.seconds))
    waits = _longest(caller.seconds)
    excess = (as_number(timeout) or 0) - waits
    problem = Problem(
        view.get(resource, "Properties", "Timeout").path,
        values={"source": caller.source.logical_id, "timeout": timeout, "waits": f"{waits:g}"},
        related=tuple((other.path, f'"{other.source.logical_id}" waits no longer than that.') for other in impatient),
    )
    if any(is_enough is not False for _, is_enough in judged):
        yield problem._replace(message="shared", level="note")
    elif excess <= _SHORT_EXCESS:
        yield problem._replace(message="close", level="note")
    else:
        yield problem


def _longest(seconds: Any) -> float:
    """Return the seconds that a caller waits at most."""
    return (seconds.maximum if isinstance(seconds, Unknown) else as_number(seconds)) or 0
