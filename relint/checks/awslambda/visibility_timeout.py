"""Queues whose messages become visible again while a function still processes them.

https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.checks.problem import Problem
from relint.logic.numbers import integer_value
from relint.logic.predicates import apply_test
from relint.model.aws.lambda_functions import referenced_function
from relint.model.aws.sqs import mappings_of_queue
from relint.resolve.value import ABSENT, Located, Unknown

if TYPE_CHECKING:
    from relint.level import Level
    from relint.model.resource import Resource
    from relint.model.view import View

_FACTOR = 6
"""Timeouts of the function for which AWS recommends to hide a message, so that throttled batches can be retried."""

_DEFAULT_VISIBILITY, _DEFAULT_TIMEOUT, _DEFAULT_WINDOW = 30, 3, 0
_MAX_TIMEOUT, _MAX_WINDOW = 900, 300
"""Defaults and limits of AWS, in seconds."""

_TIGHT, _SHORT, _REJECTED = 1, 2, 3
_MESSAGES: dict[int, tuple[str | None, Level | None]] = {
    _TIGHT: ("tight", "note"),
    _SHORT: (None, None),
    _REJECTED: ("rejected", "error"),
}
"""Message and level by gravity; the gravity 0 is no problem."""


class _Consumer(NamedTuple):
    """A function that reads the queue: its timeout and the batching window of its mapping, in seconds."""

    function: str
    timeout: Any
    window: Any
    timeout_location: Located
    mapping: Located


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at VisibilityTimeout that is short for a function reading the queue.

    With the timeout V of the queue, T of the function and the batching window W: message `rejected` (an error) for
    V < T, because Lambda rejects the mapping; `default` for V < T + W; `tight` (a note) for V < 6 T + W. Of several
    functions the one that needs most counts.
    Message values: `function`, `value`, `timeout`, `window`, `needed`. Unknown if a number decides and is unknown, or
    if the function is not in the template.
    """
    visibility = view.get(resource, "Properties", "VisibilityTimeout")
    hidden_seconds = integer_value(visibility, _DEFAULT_VISIBILITY)
    gravities = [(consumer, _gravity(hidden_seconds, consumer)) for consumer in _consumers(view, resource)]
    worst = max((gravity for _, gravity in gravities if isinstance(gravity, int)), default=0)
    if worst == 0:
        yield from (gravity for _, gravity in gravities if isinstance(gravity, Unknown))
        return
    consumers = [consumer for consumer, gravity in gravities if gravity == worst]
    consumer = max(consumers, key=lambda consumer: _needed_seconds(consumer.timeout, consumer.window))
    values = {
        "function": consumer.function,
        "value": hidden_seconds,
        "timeout": consumer.timeout,
        "window": consumer.window,
        "needed": _needed_seconds(consumer.timeout, consumer.window),
    }
    related = (
        (consumer.timeout_location.path, f'"{consumer.function}" may run for {consumer.timeout} seconds.'),
        (consumer.mapping.path, "This mapping hands the messages to it."),
    )
    message, level = _MESSAGES[worst]
    yield Problem(visibility.path, values=values, related=related, message=message, level=level)


def _consumers(view: View, queue: Resource) -> Iterator[_Consumer]:
    for mapping in mappings_of_queue(view, queue):
        window = integer_value(view.get(mapping, "Properties", "MaximumBatchingWindowInSeconds"), _DEFAULT_WINDOW)
        function = referenced_function(view, mapping)
        if function is None:
            name = view.get(mapping, "Properties", "FunctionName")
            unknown = Unknown(("Timeout", name.path), "the function that reads the queue is not in this template")
            yield _Consumer(function="", timeout=unknown, window=window, timeout_location=name, mapping=name)
        else:
            timeout = view.get(function, "Properties", "Timeout")
            yield _Consumer(
                function=function.logical_id,
                timeout=integer_value(timeout, _DEFAULT_TIMEOUT),
                window=window,
                timeout_location=timeout if timeout.value is not ABSENT else view.root(function),
                mapping=view.root(mapping),
            )


def _gravity(hidden_seconds: Any, consumer: _Consumer) -> int | Unknown:
    """Return the gravity of a visibility timeout from 0 to 3, or an Unknown."""
    for value in (consumer.timeout, consumer.window, hidden_seconds):
        if isinstance(value, Unknown):
            most = _needed_seconds(_upper(consumer.timeout, _MAX_TIMEOUT), _upper(consumer.window, _MAX_WINDOW))
            return 0 if apply_test("min", hidden_seconds, most) is True else value
    if hidden_seconds < consumer.timeout:
        return _REJECTED
    if hidden_seconds < consumer.timeout + consumer.window:
        return _SHORT
    return _TIGHT if hidden_seconds < _needed_seconds(consumer.timeout, consumer.window) else 0


def _needed_seconds(timeout: Any, window: Any) -> Any:
    return _FACTOR * timeout + window


def _upper(value: Any, limit: int) -> Any:
    if not isinstance(value, Unknown):
        return value
    return limit if value.maximum is None else min(limit, value.maximum)
