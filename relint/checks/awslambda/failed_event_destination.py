"""Functions that lose the events which they fail to process.

https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test, is_equal
from relint.logic.truth import Truth, any_of
from relint.model.aws.lambda_invokers import Invoker, aliases_and_versions, invokers_of
from relint.resolve.value import ABSENT, Unknown, arguments_of, expression_of, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_INVOKE_CONFIG = "AWS::Lambda::EventInvokeConfig"
_PERMISSION = "AWS::Lambda::Permission"
_DEAD_LETTER_TARGET = ("Properties", "DeadLetterConfig", "TargetArn")
_FAILURE_DESTINATION = ("Properties", "DestinationConfig", "OnFailure", "Destination")
_RETRIES = ("Properties", "MaximumRetryAttempts")
_RECURRING = ("schedule", "audit")
"""Manners of invocation that repeat by themselves."""


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem for an asynchronously invoked function without dead-letter queue and failure destination.

    At the target of its dead letters: message `default`, or `again` (a note) if all invokers repeat by themselves, as
    schedules do. At the failure destination of an EventInvokeConfig: `configured` if only that configuration shows the
    asynchronous invocation. At MaximumRetryAttempts: `once` (a note) if failed events are kept but not retried.
    Message values: `invoker` (not for `once`). Unknown if no resource of the template invokes the function.
    """
    invokers = invokers_of(view, resource)
    asynchronous = [invoker for invoker in invokers if invoker.invocation_type == "event"]
    recurring = [invoker for invoker in invokers if invoker.invocation_type in _RECURRING]
    configs = [
        config
        for target in (resource, *aliases_and_versions(view, resource))
        for config in view.referrers(target, (_INVOKE_CONFIG,), ("Properties", "FunctionName"))
    ]
    is_specified = any(invoker.invocation_type != "unspecified" for invoker in invokers)
    if is_specified and not asynchronous and not recurring and not configs:
        return
    destinations = [
        _exists(view, resource, _DEAD_LETTER_TARGET),
        *(_exists(view, config, _FAILURE_DESTINATION) for config in configs),
    ]
    is_kept = any_of(destinations)
    if is_kept is True:
        yield from _never_retried(view, configs)
    elif not asynchronous and not recurring and not configs:
        yield Unknown(("Invoked", resource.logical_id), "nothing in this template invokes the function")
    elif isinstance(is_kept, Unknown):
        yield is_kept
    elif not asynchronous and not recurring:
        destination = view.get(configs[0], *_FAILURE_DESTINATION)
        yield Problem(destination.path, values={"invoker": configs[0].logical_id}, message="configured")
    elif asynchronous:
        yield _lost_events(view, resource, asynchronous)
    else:
        yield _lost_events(view, resource, recurring)._replace(message="again", level="note")


def _exists(view: View, resource: Resource, path: tuple[str, ...]) -> Truth:
    return apply_test("exists", view.get(resource, *path).value, operand=True)


def _never_retried(view: View, configs: list[Resource]) -> Iterator[Problem]:
    for config in configs:
        retries = view.get(config, *_RETRIES)
        if not isinstance(retries.value, Unknown) and retries.value is not ABSENT and is_equal(retries.value, 0):
            yield Problem(retries.path, message="once", level="note")
            return


def _lost_events(view: View, function: Resource, invokers: list[Invoker]) -> Problem:
    first = next((invoker for invoker in invokers if invoker.source.type != _PERMISSION), invokers[0])
    related = ((first.path, f'"{function.logical_id}" is invoked from here.'),)
    path = view.get(function, *_DEAD_LETTER_TARGET).path
    return Problem(path, values={"invoker": _invoker_name(view, first.source)}, related=related)


def _invoker_name(view: View, source: Resource) -> str:
    """Return the logical ID of an invoker, or the service that a permission is for."""
    if source.type != _PERMISSION:
        return source.logical_id
    principal = expression_of(view.get(source, "Properties", "Principal").value)
    return principal if isinstance(principal, str) else scalar_text(arguments_of(principal)[0])
