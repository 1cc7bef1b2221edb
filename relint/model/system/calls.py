"""The programs that wait for one another: synchronous calls between functions, services, hosts and state machines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.logic.predicates import apply_test
from relint.model.aws.arn_names import text_of_name
from relint.model.system.edges import edges_of
from relint.model.system.resource_groups import APIS, FUNCTIONS, LOAD_BALANCERS
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.system.edges import Edge
    from relint.model.view import View
    from relint.source.location import Path

_FUNCTION, _SERVICE = "AWS::Lambda::Function", "AWS::ECS::Service"
_TASK, _STATE_MACHINE = "AWS::ECS::TaskDefinition", "AWS::StepFunctions::StateMachine"
PROGRAMS = (
    _FUNCTION,
    _SERVICE,
    "AWS::AutoScaling::AutoScalingGroup",
    "AWS::EC2::Instance",
    "AWS::AppRunner::Service",
    _STATE_MACHINE,
)
_ENTRIES = (*LOAD_BALANCERS, *APIS, "AWS::Lambda::Url", "AWS::Cognito::UserPool")
_MAX_EDGES = 20_000
"""Edges that are followed for one template: one of 500 resources has some thousands."""


class Call(NamedTuple):
    """A call that a program, or an entry point, waits for, and the place that shows it."""

    caller: str
    callee: str
    path: Path


class Calls(NamedTuple):
    """The calls of a scenario by the logical id of the caller: those of programs, and those of entry points."""

    of_programs: Mapping[str, tuple[Call, ...]]
    of_entries: tuple[Call, ...]


def calls_of(view: View) -> Calls:
    """Return the synchronous calls of a scenario.

    A program calls what its settings state, and the functions and internal load balancers that it knows. Nothing in a
    template with too many edges.
    """
    calls: Calls = view.cached("synchronous calls", _build_calls)
    return calls


def _build_calls(view: View) -> Calls:
    reader = _CallReader(view)
    of_programs: dict[str, tuple[Call, ...]] = {}
    for program in view.resources(*PROGRAMS):
        calls = {call.callee: call for call in (*reader.calls(program), *_calls_by_name(view, program))}
        calls.pop(program.logical_id, None)
        if calls:
            of_programs[program.logical_id] = tuple(calls.values())
    called = reader.passed
    entries = [entry for entry in view.resources(*_ENTRIES) if entry.logical_id not in called]
    of_entries = tuple(call for entry in entries if not _is_cached(view, entry) for call in reader.calls(entry))
    return Calls({}, ()) if reader.is_exhausted else Calls(of_programs, of_entries)


class _CallReader:
    """A walk through the edges of a template; `passed` are the resources between the programs."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._edges = edges_of(view.template).outgoing
        self._followed = 0
        self.passed: set[str] = set()

    @property
    def is_exhausted(self) -> bool:
        """Whether there were more edges than can be followed."""
        return self._followed > _MAX_EDGES

    def calls(self, caller: Resource) -> Iterator[Call]:
        """Yield the calls of a program or entry point, which end at the next program."""
        resources = self._view.template.resources
        places: dict[str, Path] = {caller.logical_id: ()}  # where the settings of the caller name what comes next
        pending = [caller.logical_id]
        for source in pending:
            for edge in self._edges.get(source, ()):
                self._followed += 1
                if self.is_exhausted:
                    return
                target = resources[edge.target]
                if edge.target in places or not self._is_waited_for(edge) or not edge.is_active(self._view):
                    continue
                path = edge.reference.path if edge.relation.kind != "part" else ()
                path = (caller.type in PROGRAMS and places[source]) or path
                if target.type in PROGRAMS:
                    yield Call(caller.logical_id, edge.target, path)
                else:
                    self.passed.add(edge.target)
                    pending.append(edge.target)
                places[edge.target] = path

    def _is_waited_for(self, edge: Edge) -> bool:
        source, target = (self._view.template.resources[name] for name in (edge.source, edge.target))
        kind = edge.relation.kind
        if kind == "data":
            return edge.relation.basis == "inferred" and (
                (target.type in FUNCTIONS and not _works_asynchronously(self._view, target))
                or (target.type in LOAD_BALANCERS and _is_internal(self._view, target))
            )
        if kind == "part":
            return source.type in PROGRAMS and target.type not in PROGRAMS
        if kind != "request" or _hands_over(self._view, source):
            return False
        return target.type != _STATE_MACHINE or _is_express(self._view, target)


def _is_internal(view: View, balancer: Resource) -> bool:
    return bool(view.get(balancer, "Properties", "Scheme").value == "internal")


def _is_express(view: View, machine: Resource) -> bool:
    return bool(view.get(machine, "Properties", "StateMachineType").value == "EXPRESS")


def _works_asynchronously(view: View, function: Resource) -> bool:
    """Whether a function is prepared for events that nobody waits for."""
    return view.get(function, "Properties", "DeadLetterConfig").value is not ABSENT or bool(
        view.referrers(function, ("AWS::Lambda::EventInvokeConfig",), ("Properties", "FunctionName"))
    )


def _hands_over(view: View, source: Resource) -> bool:
    """Whether an integration of an API hands the request over and answers at once, or may do so.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-integration-async.html (2026-11-28)
    """
    if source.type == "AWS::ApiGateway::Method":
        header = "integration.request.header.X-Amz-Invocation-Type"
        invocation = view.get(source, "Properties", "Integration", "RequestParameters", header).value
        return isinstance(invocation, Unknown) or "Event" in str(invocation)
    if source.type == "AWS::ApiGatewayV2::Integration":
        return bool(view.get(source, "Properties", "IntegrationSubtype").value == "StepFunctions-StartExecution")
    return False


def _is_cached(view: View, entry: Resource) -> bool:
    """Whether an API only reads, and answers from its cache, or may do so."""
    if entry.type != "AWS::ApiGateway::RestApi":
        return False
    stages = view.referrers(entry, ("AWS::ApiGateway::Stage",), ("Properties", "RestApiId"))
    methods = view.referrers(entry, ("AWS::ApiGateway::Method",), ("Properties", "RestApiId"))
    has_cache = any(
        apply_test("equals", view.get(stage, "Properties", "CacheClusterEnabled").value, operand=True) is not False
        for stage in stages
    )
    verbs = [view.get(method, "Properties", "HttpMethod").value for method in methods]
    reads = (isinstance(verb, Unknown) or verb in ("GET", "HEAD", "OPTIONS") for verb in verbs)
    return has_cache and bool(verbs) and all(reads)


def _calls_by_name(view: View, program: Resource) -> Iterator[Call]:
    """Yield the calls of functions whose name, and of services whose alias, stands in the settings of a program."""
    if program.type == _FUNCTION:
        names = view.cached("names of functions", _function_names)
        for variable in view.select(program, ("Properties", "Environment", "Variables", "*")) if names else ():
            text = text_of_name(variable.value) or ""
            callee = names.get(text.rpartition(":function:")[2])
            if callee is not None and not _works_asynchronously(view, view.template.resources[callee]):
                yield Call(program.logical_id, callee, variable.path)
    elif program.type == _SERVICE:
        aliases = view.cached("aliases of services", _service_aliases)
        tasks = view.referents(program, (_TASK,), ("Properties", "TaskDefinition")) if aliases else ()
        for task in tasks:
            steps = ("Properties", "ContainerDefinitions", "*", "Environment", "*", "Value")
            for variable in view.select(task, steps):
                host = _host_in(variable.value)
                if host in aliases:
                    yield Call(program.logical_id, aliases[host], variable.path)


def _function_names(view: View) -> dict[str, str]:
    names = {text_of_name(view.get(one, "Properties", "FunctionName").value): one for one in view.resources(_FUNCTION)}
    return {name: function.logical_id for name, function in names.items() if name}


def _service_aliases(view: View) -> dict[str, str]:
    """Return the services by the names under which Service Connect offers them to others of the namespace."""
    aliases: dict[str, str] = {}
    for service in view.resources(_SERVICE):
        steps = ("Properties", "ServiceConnectConfiguration", "Services", "*", "ClientAliases", "*", "DnsName")
        for name in view.select(service, steps):
            if isinstance(name.value, str):
                aliases[name.value.lower()] = service.logical_id
    return aliases


def _host_in(value: object) -> str:
    """Return the host of an address such as "http://orders:8080/v1", in lower case, or an empty text."""
    if isinstance(value, Unknown) or not isinstance(value, str) or ":" not in value:
        return ""
    return value.rpartition("//")[2].partition("/")[0].partition(":")[0].lower()
