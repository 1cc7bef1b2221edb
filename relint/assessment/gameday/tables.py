"""Tables of faults: actions of AWS Fault Injection Service (FIS), their permissions, and what people do without one.

The tables are `fis_actions.csv`, `fis_permissions.csv` and `manual_ways.csv`. Names in braces, such as "{id}", stand
for what only the deployed system has; `${AWS::Region}` and the like are those of CloudFormation.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from functools import cache

from relint._typing import Literal, NamedTuple
from relint.system import package_directory

EventKind = Literal["hardware", "service", "zone", "data", "region"]
"""What fails: a host, a service that AWS keeps, a zone, the data, the Region."""

Pairs = tuple[tuple[str, str], ...]


class FisAction(NamedTuple):
    """An action of FIS on the types of parts that it can hit, for some kinds of events; without `kinds` only named.

    `condition` is what the configuration of a part must fulfil, a key of `conditions.CONDITIONS` or "". `target_key`
    and `target_type` are those of FIS, and `target_arn`, or `target_tags`, `target_parameters` and `filters`, say how
    it finds the target. `says` is what it does, `stop` what stopping the experiment does, and `needs` what has to be so
    before. `mark` is C if the page was read on the day `as_of`, J if we conclude a part of the row.
    """

    id: str
    kinds: tuple[str, ...]
    types: tuple[str, ...]
    condition: str
    target_key: str
    target_type: str
    target_arn: str
    target_tags: Pairs
    target_parameters: Pairs
    filters: Pairs
    selection: str
    parameters: Pairs
    mark: str
    as_of: str
    source: str
    says: str
    stop: str
    needs: str


class Permission(NamedTuple):
    """Permissions that an action needs, for one type of parts or ("") any; "*" is what each experiment needs.

    `resource` is an ARN, "{target}" or "*" where IAM knows no narrower one. `conditions` are operator, key and value.
    """

    action: str
    type: str
    permissions: tuple[str, ...]
    resource: str
    conditions: tuple[tuple[str, str, str], ...]
    as_of: str
    source: str


class ManualWay(NamedTuple):
    """A way in which people try an event that FIS cannot inject, for some types of parts or ("*") any, and its end.

    `condition` is as that of an action.
    """

    kind: str
    types: tuple[str, ...]
    condition: str
    do: str
    undo: str
    as_of: str
    source: str


@cache
def fis_actions() -> tuple[FisAction, ...]:
    """Return the rows about actions, in the order in which an experiment lists them; read once."""
    return tuple(
        FisAction(
            id=row["id"],
            kinds=tuple(row["events"].split()),
            types=tuple(row["types"].split()),
            condition=row["condition"],
            target_key=row["target_key"],
            target_type=row["target_type"],
            target_arn=row["target_arn"],
            target_tags=_pairs(row["target_tags"]),
            target_parameters=_pairs(row["target_parameters"]),
            filters=_pairs(row["target_filters"]),
            selection=row["selection"],
            parameters=_pairs(row["parameters"]),
            mark=row["mark"],
            as_of=row["as_of"],
            source=row["source"],
            says=row["says"],
            stop=row["stop"],
            needs=row["needs"],
        )
        for row in _rows("fis_actions.csv")
    )


@cache
def permissions() -> tuple[Permission, ...]:
    """Return the rows about permissions; read once."""
    return tuple(
        Permission(
            action=row["action"].partition(" ")[0],
            type=row["action"].partition(" ")[2],
            permissions=tuple(row["permissions"].split()),
            resource=row["resource"],
            conditions=tuple(_condition(text) for text in row["conditions"].split(";") if text),
            as_of=row["as_of"],
            source=row["source"],
        )
        for row in _rows("fis_permissions.csv")
    )


@cache
def manual_ways() -> tuple[ManualWay, ...]:
    """Return the rows about what people do; read once."""
    return tuple(
        ManualWay(
            kind=row["event"],
            types=tuple(row["types"].split()),
            condition=row["condition"],
            do=row["do"],
            undo=row["undo"],
            as_of=row["as_of"],
            source=row["source"],
        )
        for row in _rows("manual_ways.csv")
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    path = os.path.join(package_directory(), "assessment", "gameday", name)
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _pairs(text: str) -> Pairs:
    """Return the pairs of a text such as "name=value;name=value"."""
    pairs = (item.partition("=") for item in text.split(";") if item)
    return tuple((name, value) for name, _, value in pairs)


def _condition(text: str) -> tuple[str, str, str]:
    operator, key, value = text.split(" ", 2)
    return operator, key, value
