"""Functions that may open any number of connections to a database."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.aws.db_connections import connection_limits
from relint.model.aws.lambda_concurrency import most_concurrent
from relint.model.system.database_clients import databases_of
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem where only the quota of the account limits the connections of a function.

    Message value `database`; message `limited`, with `limit`, if the number that it accepts is known. Unknown if it may
    use the Data API, which needs no connections.
    """
    for database, client in databases_of(view, resource):
        limits = connection_limits(view, database)
        if limits is None or most_concurrent(view, resource)[0] is not None:
            continue
        if client.doubt is not None:
            yield client.doubt
            continue
        values = {"database": database.logical_id}
        related = ((database.path, f'"{database.logical_id}" is here.'),)
        number = (limits.readers if client.reads else limits.writer).number
        if isinstance(number, int):
            yield Problem(client.path, values={**values, "limit": number}, related=related, message="limited")
        else:
            yield Problem(client.path, values=values, related=related)
        return
