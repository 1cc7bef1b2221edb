"""Facts about recovery: how a resource recovers from a failure, and in what time, as AWS states it.

The table is `recovery.csv`. A row without a number says that AWS states none, or that nobody verified it; then the
assessment has no number either.
"""

from __future__ import annotations

import csv
import os
from functools import cache

from relint._typing import Literal, NamedTuple
from relint.system import package_directory

Case = Literal["takeover", "zone-takeover", "target", "hardware", "zone", "regional", "restore", "copy"]
"""The moment to which a fact applies.

takeover: a unit is lost and others go on; zone-takeover: the same for a zone, where it differs. target: one of several
targets of a load balancer is lost. hardware, zone: not enough units are left, after the failure of a host, or of a
zone. regional: AWS keeps the service through both. restore: the data is damaged. copy: the Region is lost.
"""

Mark = Literal["C", "J", "U"]
"""C: the text of AWS was read on the day `as_of`. J: a judgement of ours. U: nobody verified it, hence no number."""

Source = Literal["", "targets", "replacement", "backup", "schedule"]
"""The settings from which a time or a loss follows.

targets: the health checks of the load balancers. replacement: those of an Auto Scaling group, and its CreationPolicy.
backup: the last copy from which data can be restored. schedule: that of the copies.
"""

Outcome = Literal[
    "no_outage",
    "degraded",
    "interruption",
    "outage_self_heals",
    "outage_manual",
    "data_loss_unrecoverable",
    "unknown",
    "not_applicable",
]
"""The worst that clients of an entry see, in order of badness."""

OUTCOMES: tuple[Outcome, ...] = (
    "no_outage",
    "degraded",
    "interruption",
    "outage_self_heals",
    "outage_manual",
    "data_loss_unrecoverable",
)

_RTO_SOURCES = ("targets", "replacement")
_RPO_SOURCES = ("backup", "schedule")

Tail = Literal["bounded", "typical", "unknown"]
"""Whether the upper end of an interval is a bound, a documented "typically", or not known."""


class Interval(NamedTuple):
    """Seconds, with inclusive ends; `hi` None means that no upper bound can be given."""

    lo: int = 0
    hi: int | None = None
    tail: Tail = "unknown"


class Fact(NamedTuple):
    """A row of the table.

    `rpo` is None if the resource holds no data, or if the fact says nothing of them. `rto_from` and `rpo_from` are the
    settings of the template that decide, instead of numbers.
    """

    id: str
    types: tuple[str, ...]
    configurations: tuple[str, ...]
    case: Case
    outcome: Outcome
    rto: Interval
    rpo: Interval | None
    rto_from: Source
    rpo_from: Source
    mark: Mark
    as_of: str
    source: str
    says: str


@cache
def facts() -> tuple[Fact, ...]:
    """Return the rows of the table; read once."""
    with open(os.path.join(package_directory(), "assessment", "recovery.csv"), encoding="utf-8", newline="") as file:
        return tuple(_fact(row) for row in csv.DictReader(file))


def is_judgement(fact_id: str) -> bool:
    """Whether the fact with an id is a judgement of ours; False for no fact."""
    return bool(fact_id) and fact_with_id(fact_id).mark == "J"


@cache
def find_fact(resource_type: str, configuration: str, case: Case) -> Fact | None:
    """Return the fact about a type in a configuration, else the one about the type whatever its configuration."""
    name = resource_type.removeprefix("AWS::")
    rows = [fact for fact in facts() if fact.case == case and name in fact.types]
    exact = next((fact for fact in rows if configuration in fact.configurations), None)
    return exact or next((fact for fact in rows if not fact.configurations), None)


@cache
def fact_with_id(fact_id: str) -> Fact:
    """Return the fact with an id; raises StopIteration if there is none, which is a defect."""
    return next(fact for fact in facts() if fact.id == fact_id)


def _fact(row: dict[str, str]) -> Fact:
    tail: Tail = row["tail"]  # type: ignore[assignment]  # a test compares the values of the table with these types
    rto_from = row["rto_lo"] if row["rto_lo"] in _RTO_SOURCES else ""
    rpo_from = row["rpo_lo"] if row["rpo_lo"] in _RPO_SOURCES else ""
    has_rpo = bool(row["rpo_lo"]) and not rpo_from
    return Fact(
        id=row["id"],
        types=tuple(row["types"].split()),
        configurations=tuple(row["configuration"].split()),
        case=row["case"],  # type: ignore[arg-type]
        outcome=row["outcome"],  # type: ignore[arg-type]
        rto=Interval() if rto_from else Interval(int(row["rto_lo"] or 0), _number(row["rto_hi"]), tail),
        rpo=Interval(int(row["rpo_lo"]), _number(row["rpo_hi"]), tail) if has_rpo else None,
        rto_from=rto_from,  # type: ignore[arg-type]
        rpo_from=rpo_from,  # type: ignore[arg-type]
        mark=row["mark"],  # type: ignore[arg-type]
        as_of=row["as_of"],
        source=row["source"],
        says=row["says"],
    )


def _number(text: str) -> int | None:
    return int(text) if text else None
