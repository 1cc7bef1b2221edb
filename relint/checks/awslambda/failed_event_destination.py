"""Functions that lose the events which they fail to process.

https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test, is_equal
from relint.logic.truth import Truth, all_of, any_of
from relint.model.aws.lambda_functions import FUNCTION, referenced_function
from relint.model.aws.lambda_invokers import Invoker, invokers_of
from relint.model.aws.lambda_names import UNQUALIFIED
from relint.model.zone_names import describe_expression
from relint.resolve.value import ABSENT, Unknown, arguments_of, expression_of, references, scalar_text

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


class _Invocations(NamedTuple):
    """The asynchronous invokers of a function, those that repeat by themselves, and its EventInvokeConfigs.

    `is_specified` is true if an invoker says in which manner it invokes the function.
    """

    asynchronous: list[Invoker]
    recurring: list[Invoker]
    configs: list[Resource]
    is_specified: bool


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem for an asynchronously invoked function without dead-letter queue and failure destination.

    At the target of its dead letters: message `default`; `again` (a note) if all invokers repeat by themselves, as
    schedules do; `qualifier` if the destination of an EventInvokeConfig is for another alias or version than the one
    that is invoked. At the destination of an EventInvokeConfig: `configured` if only that shows the asynchronous
    invocation. At its MaximumRetryAttempts: `once` (a note) if failed events are kept but not retried.
    Message values: `function`, `invoker` (not for `once`), `configuration` and `qualifier` (for `qualifier`). Unknown
    at the first function that no resource of the template invokes.
    """
    invocations = _invocations_of(view, resource)
    asynchronous, recurring, configs = invocations.asynchronous, invocations.recurring, invocations.configs
    if invocations.is_specified and not asynchronous and not recurring and not configs:
        return
    is_dead_lettered = _exists(view, resource, _DEAD_LETTER_TARGET)
    destinations = [_exists(view, config, _FAILURE_DESTINATION) for config in configs]
    undecided = view.cached("settings for unknown functions", _configs_of_unknown_functions)
    lost_invoker, is_kept = None, any_of([is_dead_lettered, *destinations, *undecided])
    if is_kept is True and is_dead_lettered is not True:
        lost_invoker, is_kept = _first_lost(view, asynchronous or recurring, configs, is_dead_lettered)
    if is_kept is True:
        yield from _never_retried(view, resource, configs)
    elif not asynchronous and not recurring and not configs:
        yield from _uninvoked(view, resource)
    elif isinstance(is_kept, Unknown):
        yield is_kept
    elif not asynchronous and not recurring:
        destination = view.get(configs[0], *_FAILURE_DESTINATION)
        values = {"function": resource.logical_id, "invoker": configs[0].logical_id}
        yield Problem(destination.path, values=values, message="configured")
    else:
        if lost_invoker is not None:
            problem = _misplaced_destination(view, resource, lost_invoker, configs)
        else:
            problem = _lost_events(view, resource, asynchronous or recurring)
        if not asynchronous:
            problem = problem._replace(message=problem.message or "again", level="note")
        yield problem


def _invocations_of(view: View, function: Resource) -> _Invocations:
    invokers = invokers_of(view, function)
    return _Invocations(
        asynchronous=[invoker for invoker in invokers if invoker.invocation_type == "event"],
        recurring=[invoker for invoker in invokers if invoker.invocation_type in _RECURRING],
        configs=view.cached("settings for events", _configs_by_function).get(function.logical_id, []),
        is_specified=any(invoker.invocation_type != "unspecified" for invoker in invokers),
    )


def _configs_by_function(view: View) -> dict[str, list[Resource]]:
    """Return the EventInvokeConfigs of the template, by the logical id of their function."""
    configs: dict[str, list[Resource]] = {}
    for config in view.resources(_INVOKE_CONFIG):
        function = referenced_function(view, config)
        if function is not None:
            configs.setdefault(function.logical_id, []).append(config)
    return configs


def _configs_of_unknown_functions(view: View) -> list[Unknown]:
    """Return the names in EventInvokeConfigs that come from parameters, so that they may be those of any function."""
    configs = [config for config in view.resources(_INVOKE_CONFIG) if referenced_function(view, config) is None]
    names = [view.get(config, "Properties", "FunctionName").value for config in configs]
    return [name for name in names if isinstance(name, Unknown) and references(name.expression)]


def _uninvoked(view: View, function: Resource) -> Iterator[Unknown]:
    """Yield the Unknown for functions that nothing invokes at the first of them, because it is true of a library."""
    first, *others = view.cached("uninvoked functions", _uninvoked_functions) or [function]
    if function is first:
        named = f', nor "{others[0].logical_id}"' if others else ""
        counted = f" and {len(others) - 1} more" if len(others) > 1 else ""
        yield Unknown(("Invoked", first.logical_id), f"nothing in this template invokes the function{named}{counted}")


def _uninvoked_functions(view: View) -> list[Resource]:
    """Return the functions without dead-letter queue that no resource invokes, created or not."""
    functions = []
    for function in view.template.by_type[FUNCTION]:
        invocations = _invocations_of(view, function)
        is_invoked = invocations.is_specified or invocations.asynchronous or invocations.recurring
        if not is_invoked and not invocations.configs and _exists(view, function, _DEAD_LETTER_TARGET) is not True:
            functions.append(function)
    return functions


def _first_lost(
    view: View, invokers: list[Invoker], configs: list[Resource], is_dead_lettered: Truth
) -> tuple[Invoker | None, Truth]:
    """Return the first invoker whose alias or version has no failure destination, and whether all events are kept.

    Permissions count only where nothing else shows what is invoked, because they permit more than is used.
    https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html
    """
    resources = [invoker for invoker in invokers if invoker.source.type != _PERMISSION]
    unknown: Truth = True
    for invoker in resources or invokers:
        is_covered = any_of(
            [
                is_dead_lettered,
                *(
                    all_of([_is_for(view, config, invoker), _exists(view, config, _FAILURE_DESTINATION)])
                    for config in configs
                ),
            ]
        )
        if is_covered is False:
            return invoker, False
        unknown = is_covered if is_covered is not True else unknown
    return None, unknown


def _is_for(view: View, config: Resource, invoker: Invoker) -> Truth:
    """Whether a configuration is for the alias or the version that is invoked."""
    qualifier = view.get(config, "Properties", "Qualifier").value
    left, right = expression_of(qualifier), invoker.qualifier
    if left == right or invoker.target.logical_id in references(left):
        return True
    if UNQUALIFIED in (left, right) or (isinstance(left, str) and isinstance(right, str)):
        other = right if left == UNQUALIFIED else left
        is_alias_or_version = isinstance(other, str) or bool(references(other) & view.template.resources.keys())
        if is_alias_or_version:
            return False
    return Unknown(("Qualifier", config.logical_id), f'the qualifier of "{config.logical_id}" is not known')


def _misplaced_destination(view: View, function: Resource, invoker: Invoker, configs: list[Resource]) -> Problem:
    config = next(config for config in configs if _exists(view, config, _FAILURE_DESTINATION) is not False)
    qualifier = view.get(config, "Properties", "Qualifier")
    values = {
        "function": function.logical_id,
        "invoker": _invoker_name(view, invoker.source),
        "configuration": config.logical_id,
        "qualifier": describe_expression(expression_of(qualifier.value)),
    }
    related = ((invoker.path, f'"{function.logical_id}" is invoked from here.'),)
    path = view.get(function, *_DEAD_LETTER_TARGET).path
    return Problem(
        path,
        values=values,
        related=(*related, (qualifier.path, "The destination is for this qualifier.")),
        message="qualifier",
    )


def _exists(view: View, resource: Resource, path: tuple[str, ...]) -> Truth:
    return apply_test("exists", view.get(resource, *path).value, operand=True)


def _never_retried(view: View, function: Resource, configs: list[Resource]) -> Iterator[Problem]:
    for config in configs:
        retries = view.get(config, *_RETRIES)
        if not isinstance(retries.value, Unknown) and retries.value is not ABSENT and is_equal(retries.value, 0):
            yield Problem(retries.path, values={"function": function.logical_id}, message="once", level="note")
            return


def _lost_events(view: View, function: Resource, invokers: list[Invoker]) -> Problem:
    first = next((invoker for invoker in invokers if invoker.source.type != _PERMISSION), invokers[0])
    related = ((first.path, f'"{function.logical_id}" is invoked from here.'),)
    path = view.get(function, *_DEAD_LETTER_TARGET).path
    values = {"function": function.logical_id, "invoker": _invoker_name(view, first.source)}
    return Problem(path, values=values, related=related)


def _invoker_name(view: View, source: Resource) -> str:
    """Return the logical ID of an invoker, or the service that a permission is for."""
    if source.type != _PERMISSION:
        return source.logical_id
    principal = expression_of(view.get(source, "Properties", "Principal").value)
    return principal if isinstance(principal, str) else scalar_text(arguments_of(principal)[0])
