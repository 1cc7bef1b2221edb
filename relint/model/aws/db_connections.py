"""Connections that a database of RDS or Aurora accepts.

https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html (2026-11-28)
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Performance.html (2026-11-28)
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html (2026-11-28)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.logic.predicates import as_number
from relint.model.aws.db_instance_classes import class_memory
from relint.model.aws.rds_clusters import members_of
from relint.model.aws.rds_engines import engine_of
from relint.resolve.value import ABSENT, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.source.location import Path

_INSTANCE = "AWS::RDS::DBInstance"
_CLUSTER = "AWS::RDS::DBCluster"
_GIB = 1024**3
_SERVERLESS = "db.serverless"
_GIB_PER_CAPACITY_UNIT = 2

_FORMULAS: Mapping[str, str] = {
    "mysql": "{DBInstanceClassMemory/12582880}",
    "mariadb": "LEAST({DBInstanceClassMemory/25165760},12000)",
    "postgres": "LEAST({DBInstanceClassMemory/9531392},5000)",
    "aurora-postgresql": "LEAST({DBInstanceClassMemory/9531392},5000)",
}
"""The default of the parameter max_connections by engine, as parameter groups write it."""

_AURORA_MYSQL = ("aurora", "aurora-mysql")
_AURORA_MYSQL_STEPS = (
    *((2, 45), (4, 90), (8, 135), (16, 1000), (32, 2000), (64, 3000)),
    *((128, 4000), (256, 5000), (512, 6000), (1024, 7000), (1536, 8000)),
)
"""The memory in GiB up to which Aurora MySQL accepts a number of connections by default."""

_LEAST_SERVERLESS = 90
"""Connections of Aurora MySQL with one capacity unit, which has as much memory as a class with 45."""

_POSTGRES_CAP, _SMALL_MINIMUM = 2000, 0.5
"""Connections of Aurora PostgreSQL whose minimum capacity is at most so many units."""


class ConnectionLimit(NamedTuple):
    """The most connections that the instances behind an endpoint accept, and the path of what decides that.

    RDS takes some memory for itself, so the true number is a little smaller.
    """

    number: int | Unknown
    path: Path


class ConnectionLimits(NamedTuple):
    """Limits of the endpoint for writing, and of the one that spreads readers over the other members of a cluster."""

    writer: ConnectionLimit
    readers: ConnectionLimit


def connection_limits(view: View, database: Resource) -> ConnectionLimits | None:
    """Return the limits of an AWS::RDS::DBInstance or DBCluster.

    None for engines that have no such limit, and for clusters without members in the template, or of Serverless v1.
    """
    return view.remembered("connection limits", database, _read_limits)


def _read_limits(view: View, database: Resource) -> ConnectionLimits | None:
    engine = engine_of(view, database)
    if isinstance(engine, Unknown) or engine is ABSENT:
        reason = "the engine of the database is not known"
        unknown = engine if isinstance(engine, Unknown) else Unknown(("Engine", database.logical_id), reason)
        limit = ConnectionLimit(unknown, database.path)
        return ConnectionLimits(writer=limit, readers=limit)
    name = scalar_text(engine).lower()
    if name not in _FORMULAS and name not in _AURORA_MYSQL:
        return None
    if database.type == _INSTANCE:
        limit = _limit(view, database, name, None)
        return ConnectionLimits(writer=limit, readers=limit)
    if view.get(database, "Properties", "DBClusterInstanceClass").value is not ABSENT:  # a Multi-AZ DB cluster
        limit = _limit(view, database, name, database)
        both = limit.number if isinstance(limit.number, Unknown) else 2 * limit.number
        return ConnectionLimits(writer=limit, readers=limit._replace(number=both))
    members = members_of(view, database, _INSTANCE)
    return _limits_of_members(database, [_limit(view, member, name, database) for member in members])


def _limits_of_members(cluster: Resource, limits: list[ConnectionLimit]) -> ConnectionLimits | None:
    """Return the limits of a cluster, whose writer may be the largest member or, for readers, the smallest."""
    if not limits:
        return None
    numbers = []
    for limit in limits:
        if isinstance(limit.number, Unknown):
            return ConnectionLimits(writer=limit, readers=limit)
        numbers.append(limit.number)
    smallest, *others = sorted(numbers)
    path = limits[0].path if limits[0].path[: len(cluster.path)] == cluster.path else cluster.path
    writer = ConnectionLimit(max(numbers), path)
    return ConnectionLimits(writer=writer, readers=ConnectionLimit(sum(others) or smallest, path))


def _limit(view: View, instance: Resource, engine: str, cluster: Resource | None) -> ConnectionLimit:
    name = "DBClusterInstanceClass" if instance.type == _CLUSTER else "DBInstanceClass"
    located = view.get(instance, "Properties", name)
    if cluster is None:
        cluster = view.target(view.get(instance, "Properties", "DBClusterIdentifier"), _CLUSTER)
    formula = _written_formula(view, [instance, *([cluster] if cluster not in (None, instance) else [])])
    if isinstance(formula, Unknown):
        return ConnectionLimit(formula, located.path)
    if formula is not None and as_number(formula) is not None:
        return ConnectionLimit(int(as_number(formula) or 0), located.path)
    if isinstance(located.value, Unknown) or located.value is ABSENT:
        reason = "the class of the database is not known"
        unknown = located.value or Unknown(("Class", instance.logical_id), reason)
        return ConnectionLimit(unknown if isinstance(unknown, Unknown) else Unknown(("Class",), reason), located.path)
    if scalar_text(located.value).lower() == _SERVERLESS:
        return _serverless_limit(view, instance, engine, formula, cluster)
    memory = class_memory(scalar_text(located.value))
    if memory is None:
        unknown = Unknown(("Memory", instance.logical_id), f'the memory of "{located.value}" is not known')
        return ConnectionLimit(unknown, located.path)
    return ConnectionLimit(_number(engine, formula, memory), located.path)


def _serverless_limit(
    view: View, instance: Resource, engine: str, formula: str | None, cluster: Resource | None
) -> ConnectionLimit:
    """Return the limit of Aurora Serverless v2, which follows from the largest capacity of the cluster."""
    if cluster is None:
        reason = "the cluster, whose capacity counts, is not in this template"
        return ConnectionLimit(Unknown(("Cluster", instance.logical_id), reason), instance.path)
    scaling = ("Properties", "ServerlessV2ScalingConfiguration")
    largest, smallest = (view.get(cluster, *scaling, name) for name in ("MaxCapacity", "MinCapacity"))
    for located in (largest, smallest):
        if as_number(located.value) is None:
            unknown = Unknown(("Capacity", cluster.logical_id), "the capacity of the cluster is not known")
            return ConnectionLimit(located.value if isinstance(located.value, Unknown) else unknown, located.path)
    number = _number(engine, formula, float(as_number(largest.value) or 0) * _GIB_PER_CAPACITY_UNIT)
    if isinstance(number, int) and formula is None:
        if engine in _AURORA_MYSQL:
            number = max(number, _LEAST_SERVERLESS)
        elif float(as_number(smallest.value) or 0) <= _SMALL_MINIMUM:
            number = min(number, _POSTGRES_CAP)
    return ConnectionLimit(number, largest.path)


def _number(engine: str, formula: str | None, memory: float) -> int | Unknown:
    """Return the limit for some memory in GiB, by a formula of the author or by the default of the engine."""
    if formula is None and engine in _AURORA_MYSQL:
        steps = (number for most, number in _AURORA_MYSQL_STEPS if memory <= most)
        return next(steps, _AURORA_MYSQL_STEPS[-1][1])
    value = evaluate_formula(formula or _FORMULAS[engine], memory * _GIB)
    return value if value is not None else Unknown(("Formula", str(formula)), f'relint cannot compute "{formula}"')


def _written_formula(view: View, holders: list[Resource]) -> str | Unknown | None:
    """Return max_connections of the first parameter group that sets it; None if all leave the default."""
    for value in (value for holder in holders for value in _group_values(view, holder)):
        if value is not ABSENT:
            return value if isinstance(value, Unknown) else scalar_text(value)
    return None


def _group_values(view: View, holder: Resource) -> Iterator[Any]:
    for name in ("DBParameterGroupName", "DBClusterParameterGroupName"):
        located = view.get(holder, "Properties", name)
        group = view.target(located, "AWS::RDS::DBParameterGroup", "AWS::RDS::DBClusterParameterGroup")
        if group is not None:
            yield view.get(group, "Properties", "Parameters", "max_connections").value
        elif isinstance(located.value, Unknown):
            yield located.value
        elif located.value is not ABSENT and not scalar_text(located.value).startswith("default."):
            yield Unknown(
                ("Group", holder.logical_id), f'the parameter group "{located.value}" is not in this template'
            )


def evaluate_formula(formula: str, memory: float) -> int | None:
    """Return the number that a formula of a parameter group gives for some bytes of memory; None for other forms.

    A number, a division or product of DBInstanceClassMemory, and LEAST, GREATEST and SUM of such.
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ParamValuesRef.html (2026-11-28)
    """
    text = re.sub(r"[\s{}]", "", formula)
    match = re.fullmatch(r"(LEAST|GREATEST|SUM)\((.*)\)", text, re.IGNORECASE)
    if match is not None:
        if "(" in match[2]:
            return None
        values = [evaluate_formula(part, memory) for part in match[2].split(",")]
        numbers = [value for value in values if value is not None]
        if len(numbers) < len(values):
            return None
        name = match[1].upper()
        return sum(numbers) if name == "SUM" else min(numbers) if name == "LEAST" else max(numbers)
    if re.fullmatch(r"\d{1,12}", text):
        return int(text)
    match = re.fullmatch(r"DBInstanceClassMemory((?:[*/]\d{1,12}){1,4})", text, re.IGNORECASE)
    if match is None:
        return None
    for operator, number in re.findall(r"([*/])(\d+)", match[1]):
        if operator == "/" and int(number) == 0:
            return None
        memory = memory * int(number) if operator == "*" else memory / int(number)
    return int(memory)
