"""Connections that the clients of a database may open, against those that it accepts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.checks.problem import Problem
from relint.model.aws.db_connections import ConnectionLimit, connection_limits
from relint.model.system.database_clients import Client, clients_of
from relint.model.system.redundancy.values import number_at
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.source.location import Path

_FUNCTION = "AWS::Lambda::Function"
_UNITS = {"AWS::ECS::Service": "tasks", "AWS::AutoScaling::AutoScalingGroup": "instances"}
_LARGEST = 3


class _Demand(NamedTuple):
    """Connections that a client opens at most, where the template says so, and how they come about."""

    client: Client
    number: Any
    path: Path
    words: str


def check(resource: Resource, view: View, pool: int, share: int) -> Iterator[Problem | Unknown]:
    """Yield a problem where the clients may open more connections than a database accepts.

    Message `close` (a note) above `share` percent of them. A function has one connection for each invocation that runs
    at once, a task or instance `pool` of them. Functions that only the account limits are left to `unbounded`.
    Message values: `demand` and `limit`. Unknown if a number decides and is unknown.
    """
    clients = clients_of(view, resource)
    if not clients:
        return
    demands = [demand for client in clients if (demand := _demand(view, client, pool)) is not None]
    limits = connection_limits(view, resource) if demands else None
    if limits is None:
        return
    results = [
        result
        for reads, limit in ((False, limits.writer), (True, limits.readers))
        for result in _compare([demand for demand in demands if demand.client.reads == reads], limit, share)
    ]
    problems = [result for result in results if isinstance(result, Problem)]
    yield from sorted(problems, key=lambda problem: problem.level or "")[:1] or results[:1]


def exceeds(view: View, database: Resource, pool: int) -> bool:
    """Whether `check` says that the connections of a database do not suffice."""

    def build(view: View, database: Resource) -> bool:
        return any(isinstance(one, Problem) and one.level is None for one in check(database, view, pool, 100))

    return view.remembered(f"exceeds connections with pools of {pool}", database, build)


def _compare(demands: Sequence[_Demand], limit: ConnectionLimit, share: int) -> Iterator[Problem | Unknown]:
    if not demands:
        return
    if isinstance(limit.number, Unknown):
        yield limit.number
        return
    least = sum(_bound(demand.number, "minimum") or 0 for demand in demands)
    upper = [_bound(demand.number, "maximum") for demand in demands]
    largest = sorted(demands, key=lambda demand: -(_bound(demand.number, "minimum") or 0))[:_LARGEST]
    problem = Problem(
        limit.path,
        values={"demand": least, "limit": limit.number},
        related=tuple((demand.path, demand.words) for demand in largest if not isinstance(demand.number, Unknown)),
    )
    if least > limit.number:
        yield problem
    elif None in upper or sum(number or 0 for number in upper) * 100 > limit.number * share:
        unknown = next((demand.number for demand in demands if isinstance(demand.number, Unknown)), None)
        yield unknown or problem._replace(message="close", level="note")


def _bound(number: Any, name: str) -> Any:
    return getattr(number, name) if isinstance(number, Unknown) else number


def _demand(view: View, client: Client, pool: int) -> _Demand | None:
    """Return the connections of a client; None for a function that only the quota of the account limits."""
    resource, name = client.resource, client.resource.logical_id
    if resource.type == _FUNCTION:
        from relint.model.aws.lambda_concurrency import most_concurrent  # many systems have no functions

        number, path = most_concurrent(view, resource)
        words = f'"{name}" may run {number} times at once, each with a connection.'
        return None if number is None else _Demand(client, client.doubt or number, path, words)
    if resource.type == "AWS::EC2::Instance":
        words = f'"{name}" opens {pool}.'
        return _Demand(client, pool, resource.path, words)
    units, path = _most_units(view, resource)
    words = f'"{name}" may grow to {units} {_UNITS[resource.type]} with {pool} connections each.'
    return _Demand(client, _times(units, pool), path, words)


def _times(units: Any, pool: int) -> Any:
    if not isinstance(units, Unknown):
        return units * pool
    maximum = None if units.maximum is None else int(units.maximum * pool)
    return units._replace(minimum=int((units.minimum or 0) * pool), maximum=maximum)


def _most_units(view: View, resource: Resource) -> tuple[Any, Path]:
    """Return the most tasks or instances to which a service or group grows, and the path that says so."""
    if resource.type != "AWS::ECS::Service":
        return number_at(view, resource, "MaxSize"), view.get(resource, "Properties", "MaxSize").path
    from relint.logic.numbers import integer_value
    from relint.model.aws.application_auto_scaling import scaling_registrations

    for target in scaling_registrations(view, resource, "ecs:service:DesiredCount"):
        if target.applies is True:
            most = view.get(target.properties, "MaxCapacity")
            return integer_value(most), most.path
    if view.get(resource, "Properties", "SchedulingStrategy").value == "DAEMON":
        return Unknown(("Daemon", resource.logical_id), "a daemon has a task on each instance"), resource.path
    return number_at(view, resource, "DesiredCount", default=1), view.get(resource, "Properties", "DesiredCount").path
