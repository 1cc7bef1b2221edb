"""Functions that connect to a relational database without a proxy."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.checks.rds.connection_budget import exceeds
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of, negate
from relint.model.aws.lambda_concurrency import most_concurrent
from relint.model.aws.rds_engines import engine_of
from relint.model.system.database_clients import databases_of
from relint.resolve.value import ABSENT, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_PROXIED = frozenset(
    {
        *("aurora", "aurora-mysql", "aurora-postgresql", "mariadb", "mysql", "postgres"),
        *("sqlserver-ee", "sqlserver-ex", "sqlserver-se", "sqlserver-web"),
    }
)
"""Engines with a proxy: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html (2026-11-28)."""


def check(resource: Resource, view: View, few: int, pool: int) -> Iterator[Problem | Unknown]:
    """Yield a problem where a function that may run more than `few` times at once knows a database that has no proxy.

    Message `bounded`, with `most`, if it cannot run more often; message value `database`. Nothing where the clients of
    the database together open too many connections, because TOPO-101 reports that.
    """
    for database, client in databases_of(view, resource):
        can_have_proxy = _can_have_proxy(view, database)
        if can_have_proxy is False or exceeds(view, database, pool):
            continue
        most, _ = most_concurrent(view, resource)
        is_much = True if most is None else apply_test("above", most, few)
        is_direct = all_of((is_much, can_have_proxy, client.doubt or True))
        if is_direct is not True:
            yield from [is_direct] if isinstance(is_direct, Unknown) else ()
            continue
        related = ((database.path, f'"{database.logical_id}" is here.'),)
        if most is None:
            yield Problem(client.path, values={"database": database.logical_id}, related=related)
        else:
            values = {"database": database.logical_id, "most": most}
            yield Problem(client.path, values=values, related=related, message="bounded")
        return


def _can_have_proxy(view: View, database: Resource) -> Truth:
    """Whether RDS Proxy knows the engine; read replicas and Aurora Serverless v1 have none."""
    if view.get(database, "Properties", "SourceDBInstanceIdentifier").value is not ABSENT:
        return False
    is_serverless = apply_test("equals", view.get(database, "Properties", "EngineMode").value, "serverless")
    if is_serverless is not False:
        return negate(is_serverless)
    engine = engine_of(view, database)
    if engine is ABSENT:
        return Unknown(("Engine", database.logical_id), "the engine of the database is not known")
    return engine if isinstance(engine, Unknown) else scalar_text(engine).lower() in _PROXIED
