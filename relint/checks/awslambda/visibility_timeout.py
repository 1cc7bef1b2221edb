"""Whether the messages of a queue stay hidden for as long as a function may work on them.

https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple
from relint.checks.problem import Problem
from relint.logic.numbers import integer_value
from relint.logic.predicates import apply_test
from relint.model.aws.lambda_functions import MAPPING, function_of
from relint.resolve.value import ABSENT, Located, Unknown

if TYPE_CHECKING:
    from relint.level import Level
    from relint.model.resource import Resource
    from relint.model.view import View

_FACTOR = 6
"""How many timeouts of the function AWS recommends to hide a message for, so that throttled batches can be repeated."""

_HIDDEN, _TIMEOUT, _WINDOW = 30, 3, 0
"""The defaults, in seconds."""

_LONGEST_TIMEOUT, _LONGEST_WINDOW = 900, 300

_SAID: dict[int, tuple[str | None, Level | None]] = {1: ("tight", "note"), 2: (None, None), 3: ("rejected", "error")}
"""The message and the level of each grade of gravity."""


class _Consumer(NamedTuple):
    """A function that reads the queue: how long it may run and how long a batch may be gathered for it."""

    name: str
    timeout: Any
    window: Any
    place: Located
    mapping: Located


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """A problem at VisibilityTimeout if that is short for a function of the template that reads the queue.

    With the timeout V of the queue, T of the function and the batching window W: `rejected` for V < T, where Lambda
    refuses the mapping; no message of its own for V < T + W; `tight` (a note) for V < 6 T + W. Of several functions the
    one that asks for most counts.
    """
    hidden = view.get(resource, "Properties", "VisibilityTimeout")
    timeout = integer_value(hidden, _HIDDEN)
    judged = [(one, _gravity(timeout, one)) for one in _consumers(view, resource)]
    worst = max((grade for _, grade in judged if isinstance(grade, int)), default=0)
    if worst == 0:
        yield from (grade for _, grade in judged if isinstance(grade, Unknown))
        return
    one = max((one for one, grade in judged if grade == worst), key=lambda one: _needed(one.timeout, one.window))
    values = {"function": one.name, "value": timeout, "timeout": one.timeout, "window": one.window}
    related = (
        (one.place.path, f'"{one.name}" may run for {one.timeout} seconds.'),
        (one.mapping.path, "This mapping hands the messages to it."),
    )
    needed = _needed(one.timeout, one.window)
    yield Problem(hidden.path, {**values, "needed": needed}, related, *_SAID[worst])


def _consumers(view: View, queue: Resource) -> Iterator[_Consumer]:
    for mapping in view.referrers(queue, (MAPPING,), ("Properties", "EventSourceArn")):
        window = integer_value(view.get(mapping, "Properties", "MaximumBatchingWindowInSeconds"), _WINDOW)
        function = function_of(view, mapping)
        if function is None:
            named = view.get(mapping, "Properties", "FunctionName")
            unseen = Unknown(("Timeout", named.path), "the function that reads the queue is not in this template")
            yield _Consumer("", unseen, window, named, named)
        else:
            timeout = view.get(function, "Properties", "Timeout")
            place = timeout if timeout.value is not ABSENT else view.root(function)
            yield _Consumer(function.logical_id, integer_value(timeout, _TIMEOUT), window, place, view.root(mapping))


def _gravity(hidden: Any, one: _Consumer) -> int | Unknown:
    """How grave it is, from 0 (enough) to 3 (rejected), or the Unknown on which that depends."""
    for value in (one.timeout, one.window, hidden):
        if isinstance(value, Unknown):
            most = _needed(_most(one.timeout, _LONGEST_TIMEOUT), _most(one.window, _LONGEST_WINDOW))
            return 0 if apply_test("min", hidden, most) is True else value
    if hidden < one.timeout:
        return 3
    if hidden < one.timeout + one.window:
        return 2
    return 1 if hidden < _needed(one.timeout, one.window) else 0


def _needed(timeout: Any, window: Any) -> Any:
    return _FACTOR * timeout + window


def _most(value: Any, limit: int) -> Any:
    if not isinstance(value, Unknown):
        return value
    return limit if value.maximum is None else min(limit, value.maximum)
