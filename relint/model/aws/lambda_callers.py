"""The callers that wait for the answer of a Lambda function, and for how long.

Looked up 2026-11-28:
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html
https://docs.aws.amazon.com/general/latest/gr/appsync.html
https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.logic.numbers import integer_value, map_bounds
from relint.logic.predicates import as_number
from relint.logic.truth import Truth
from relint.model.aws.lambda_invokers import Invoker, aliases_and_versions, invokers_of
from relint.model.aws.step_functions import State, StateMachine, read_state_machine
from relint.model.references import property_path
from relint.model.system.paths import edges_to
from relint.resolve.value import ABSENT, Located, Unknown, expression_of, literal_text, parts_of, references

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.system.relation import Kind
    from relint.model.view import View
    from relint.source.location import Path

_REST_SECONDS, _HTTP_SECONDS, _WEBSOCKET_SECONDS = 29, 30, 29
_APPSYNC_SECONDS, _COGNITO_SECONDS, _IDLE_SECONDS = 30, 5, 60
_OPENAPI_INTEGRATION = "x-amazon-apigateway-integration"
_PROPERTIES = ("TimeoutInMillis", "RequestParameters", "ResponseTransferMode")
_OPENAPI_KEYS = ("timeoutInMillis", "requestParameters", "responseTransferMode")
_INVOCATION_HEADER = "integration.request.header.x-amz-invocation-type"
_ASYNCHRONOUS_TRIGGERS = frozenset({"CustomEmailSender", "CustomSMSSender"})
_INVOKE = ":lambda:invoke"
"""The end of the integration of Step Functions that waits for the function itself."""
_RULE = "AWS::ElasticLoadBalancingV2::ListenerRule"
_REQUESTS: frozenset[Kind] = frozenset({"request"})
_IDLE_TIMEOUT = ("Properties", "LoadBalancerAttributes", (("Key", "idle_timeout.timeout_seconds"),), "Value")
_APPSYNC_CODE = ("AWS::AppSync::Resolver", "AWS::AppSync::FunctionConfiguration")
_APPSYNC_PROGRAMS = ("Code", "RequestMappingTemplate")


class Caller(NamedTuple):
    """A resource that invokes a function, the seconds for which it waits, and where the template says so.

    `seconds` is a number, an Unknown, or None if it does not wait or waits as long as a function may run.
    """

    source: Resource
    seconds: Any
    path: Path


def callers_of(view: View, function: Resource) -> Iterator[Caller]:
    """Yield what invokes the function, but permissions and callers whose patience AWS does not state."""
    for invoker in invokers_of(view, function):
        source = invoker.source
        if invoker.invocation_type == "workflow":
            yield from _tasks(view, source, function)
        elif invoker.invocation_type not in ("request", "permission"):
            yield Caller(source, None, invoker.path)
        elif source.type == "AWS::Lambda::Permission":
            yield from _sam_events(view, source)
        else:
            yield from _requests(view, invoker)


def _requests(view: View, invoker: Invoker) -> Iterator[Caller]:
    source = invoker.source
    steps = property_path(invoker.path[len(source.path) :])
    if _OPENAPI_INTEGRATION in steps:
        default = _REST_SECONDS if source.type == "AWS::ApiGateway::RestApi" else _HTTP_SECONDS
        integration = view.get(source, *steps[: steps.index(_OPENAPI_INTEGRATION) + 1])
        yield _integration(view, source, integration, default, _OPENAPI_KEYS)
    elif source.type == "AWS::ApiGateway::Method":
        integration = view.get(source, "Properties", "Integration")
        yield _integration(view, source, integration, _REST_SECONDS)
    elif source.type == "AWS::ApiGatewayV2::Integration":
        api = view.target(view.get(source, "Properties", "ApiId"))
        protocol = ABSENT if api is None else view.get(api, "Properties", "ProtocolType").value
        default = _WEBSOCKET_SECONDS if protocol == "WEBSOCKET" else _HTTP_SECONDS
        limit = (
            protocol._replace(minimum=_WEBSOCKET_SECONDS, maximum=_HTTP_SECONDS)
            if isinstance(protocol, Unknown)
            else default
        )
        yield _integration(view, source, view.get(source, "Properties"), limit)
    elif source.type == "AWS::ApiGatewayV2::Api" and steps[1:] == ("Target",):
        yield Caller(source, _HTTP_SECONDS, invoker.path)
    elif source.type == "AWS::ElasticLoadBalancingV2::TargetGroup":
        for balancer in _balancers(view, source):
            idle = view.select(balancer, _IDLE_TIMEOUT)[0]
            yield Caller(balancer, integer_value(idle, _IDLE_SECONDS), idle.path)
    elif source.type == "AWS::AppSync::DataSource":
        resolvers = view.referrers(source, _APPSYNC_CODE, ("Properties", "DataSourceName"))
        programs = [
            view.get(resolver, "Properties", name).value for resolver in resolvers for name in _APPSYNC_PROGRAMS
        ]
        may_go_on = any("invocationType" in str(text) or isinstance(text, Unknown) for text in programs)
        yield Caller(source, None if may_go_on else _APPSYNC_SECONDS, invoker.path)
    elif source.type == "AWS::Cognito::UserPool" and steps[1] == "LambdaConfig":
        yield Caller(source, None if _ASYNCHRONOUS_TRIGGERS & set(steps) else _COGNITO_SECONDS, invoker.path)
    elif source.type == "AWS::Lambda::Url":
        yield Caller(source, None, invoker.path)


def _integration(
    view: View, source: Resource, integration: Located, default: Any, keys: tuple[str, str, str] = _PROPERTIES
) -> Caller:
    """Return what an integration of API Gateway waits; None if it streams, or invokes without waiting.

    Without a timeout of its own it waits for `default`, a number of seconds or an Unknown.
    """
    timeout, parameters, mode = (view.get(integration, key) for key in keys)
    names = parameters.value if isinstance(parameters.value, dict) else ()
    kinds = [view.get(parameters, name).value for name in names if name.lower() == _INVOCATION_HEADER]
    is_event = any(not isinstance(kind, Unknown) and kind != "'RequestResponse'" for kind in kinds)
    if is_event or mode.value == "STREAM":
        return Caller(source, None, integration.path)
    is_default = timeout.value is ABSENT
    seconds = default if is_default else map_bounds(integer_value(timeout), lambda millis: millis / 1000)
    seconds = _at_least(seconds, [mode.value, *kinds])
    return Caller(source, seconds, integration.path if is_default else timeout.path)


def _at_least(seconds: Any, deciding: Iterable[Any]) -> Any:
    """Return the seconds, or an Unknown of no less if a value that decides whether the caller waits is unknown."""
    unknown = next((value for value in deciding if isinstance(value, Unknown)), None)
    if unknown is None:
        return seconds
    return unknown._replace(minimum=seconds.minimum if isinstance(seconds, Unknown) else as_number(seconds))


def _sam_events(view: View, permission: Resource) -> Iterator[Caller]:
    """Yield the API or user pool of an event of SAM, from which the permission is generated."""
    event = view.written(permission.path)
    if event.path[2:4] != ("Properties", "Events") or len(event.path) != 5:
        return
    properties = view.get(event, "Properties")
    event_type = view.get(event, "Type").value
    if event_type in ("Api", "HttpApi"):
        yield _integration(view, permission, properties, _REST_SECONDS if event_type == "Api" else _HTTP_SECONDS)
    elif event_type == "Cognito":
        triggers = view.scenario.items(view.get(properties, "Trigger")) or [view.get(properties, "Trigger")]
        waiting = [trigger.value for trigger in triggers if trigger.value not in _ASYNCHRONOUS_TRIGGERS]
        is_certain = any(not isinstance(trigger, Unknown) for trigger in waiting)
        seconds = _at_least(_COGNITO_SECONDS, () if is_certain else waiting)
        yield Caller(permission, seconds if waiting else None, event.path)


def _balancers(view: View, target_group: Resource) -> Iterator[Resource]:
    """Yield the load balancers whose listeners, or their rules, forward to a target group."""
    forwarders = _callers(view, target_group)
    listeners = [
        listener for rule in forwarders for listener in (_callers(view, rule) if rule.type == _RULE else [rule])
    ]
    yield from {balancer.logical_id: balancer for item in listeners for balancer in _callers(view, item)}.values()


def _callers(view: View, resource: Resource) -> list[Resource]:
    return [view.template.resources[edge.source] for edge in edges_to(view, resource, _REQUESTS)]


def _tasks(view: View, source: Resource, function: Resource) -> Iterator[Caller]:
    """Yield a caller for each task of a state machine that waits for the function."""
    machine = read_state_machine(source, view)
    if not isinstance(machine, StateMachine):
        return
    names = {function.logical_id, *(alias.logical_id for alias in aliases_and_versions(view, function))}
    for task in machine.states("Task"):
        if isinstance(task, State) and names & _called(machine, task):
            timeout = machine.get(task.value, "TimeoutSeconds")
            waits = _waits(machine, task, names) if timeout.value is not ABSENT else False
            seconds = None if waits is False else _at_least(integer_value(timeout), [waits])
            yield Caller(source, seconds, timeout.path)


def _called(machine: StateMachine, task: State) -> set[str]:
    """Return the logical ids to which a task refers as the function that it invokes."""
    places = (("Resource",), ("Parameters", "FunctionName"), ("Arguments", "FunctionName"))
    values = [machine.get(task.value, *steps).value for steps in places]
    return set().union(*(references(expression_of(value)) for value in values if value is not ABSENT))


def _waits(machine: StateMachine, task: State, names: set[str]) -> Truth:
    """Whether a task waits for the end of the function of these names, and neither for a token nor for nothing."""
    resource = machine.get(task.value, "Resource").value
    expression = expression_of(resource)
    kinds = [machine.get(task.value, place, "InvocationType").value for place in ("Parameters", "Arguments")]
    if "waitForTaskToken" in literal_text(expression) or "Event" in kinds:
        return False
    is_function = bool(names & references(expression)) or literal_text(parts_of(expression)[-1]).endswith(_INVOKE)
    deciding = kinds if is_function else [resource, *kinds]
    return next((value for value in deciding if isinstance(value, Unknown)), True)
