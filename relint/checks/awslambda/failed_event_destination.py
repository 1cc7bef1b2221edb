"""Whether the events that a function fails to process are kept somewhere.

https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.logic.predicates import apply_test, is_equal
from relint.logic.truth import Truth, any_of
from relint.model.aws.lambda_invokers import Invoker, invokers_of, published
from relint.resolve.value import ABSENT, Unknown, expression_of, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_CONFIGURATION = "AWS::Lambda::EventInvokeConfig"
_PERMISSION = "AWS::Lambda::Permission"
_LETTERS = ("Properties", "DeadLetterConfig", "TargetArn")
_DESTINATION = ("Properties", "DestinationConfig", "OnFailure", "Destination")
_RETRIES = ("Properties", "MaximumRetryAttempts")
_AGAIN = ("schedule", "audit")


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """A problem of a function that is invoked asynchronously and has neither dead letters nor a failure destination.

    `again` (a note) where all that invokes it comes again by itself, as schedules do; `configured` where only the
    settings for asynchronous invocation show it, at these; `once` (a note, at MaximumRetryAttempts) where events are
    kept but not tried again. Unknown where nothing in the template invokes it.
    """
    invokers = invokers_of(view, resource)
    events = [one for one in invokers if one.manner == "event"]
    again = [one for one in invokers if one.manner in _AGAIN]
    settings = [
        one
        for target in (resource, *published(view, resource))
        for one in view.referrers(target, (_CONFIGURATION,), ("Properties", "FunctionName"))
    ]
    waiting = any(one.manner != "unsaid" for one in invokers)
    if waiting and not events and not again and not settings:
        return
    kept = any_of([_exists(view, resource, _LETTERS), *(_exists(view, one, _DESTINATION) for one in settings)])
    if kept is True:
        yield from _tried_once(view, settings)
    elif not events and not again and not settings:
        yield Unknown(("Invoked", resource.logical_id), "nothing in this template invokes the function")
    elif isinstance(kept, Unknown):
        yield kept
    elif not events and not again:
        place = view.get(settings[0], *_DESTINATION)
        yield Problem(place.path, {"invoker": settings[0].logical_id}, (), "configured")
    else:
        yield _problem(view, resource, events or again, bool(events))


def _exists(view: View, resource: Resource, steps: tuple[str, ...]) -> Truth:
    return apply_test("exists", view.get(resource, *steps).value, True)


def _tried_once(view: View, settings: list[Resource]) -> Iterator[Problem]:
    for one in settings:
        retries = view.get(one, *_RETRIES)
        if not isinstance(retries.value, Unknown) and retries.value is not ABSENT and is_equal(retries.value, 0):
            yield Problem(retries.path, {}, (), "once", "note")
            return


def _problem(view: View, function: Resource, invokers: list[Invoker], lost: bool) -> Problem:
    first = next((one for one in invokers if one.source.type != _PERMISSION), invokers[0])
    values = {"invoker": _name(view, first.source)}
    related = ((first.path, f'"{function.logical_id}" is invoked from here.'),)
    path = view.get(function, *_LETTERS).path
    return Problem(path, values, related) if lost else Problem(path, values, related, "again", "note")


def _name(view: View, source: Resource) -> str:
    """The logical id of what invokes, or for a permission the service that it is for."""
    if source.type != _PERMISSION:
        return source.logical_id
    form = expression_of(view.get(source, "Properties", "Principal").value)
    return form if isinstance(form, str) else scalar_text(form[1])
