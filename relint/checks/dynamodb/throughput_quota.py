"""Whether the provisioned throughput of DynamoDB tables may come near the quotas of an account."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple
from relint.checks.problem import Problem
from relint.logic.numbers import integer_value
from relint.logic.predicates import apply_test
from relint.model.aws.application_auto_scaling import targets
from relint.resolve.value import ABSENT, Located, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_UNITS = {"ReadCapacityUnits": "read capacity units", "WriteCapacityUnits": "write capacity units"}


class _Peak(NamedTuple):
    """The most units (a number or an Unknown) that a table or an index may have, and where that is written."""

    table: Resource
    number: Any
    path: Any


def check(resource: Resource, view: View, table: int, account: int, percent: int) -> Iterator[Problem | Unknown]:
    """A problem for each peak above `percent` of the quota of a `table`, else for their sum and that of the `account`.

    It is for rules whose scope is the template. The peak of a table or index is the largest MaxCapacity of what scales
    it, else what is provisioned; a sum is said where its largest part is written. What is not known counts as nothing
    in a sum, because tables of other stacks are not in it either.
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
    """
    for units, name in _UNITS.items():
        peaks = [peak for one in view.resources("AWS::DynamoDB::Table") for peak in _peaks(view, one, units)]
        known = [peak for peak in peaks if not isinstance(peak.number, Unknown)]
        large = [peak for peak in known if peak.number * 100 > table * percent]
        for peak in large:
            values = {"table": peak.table.logical_id, "peak": peak.number, "units": name, "quota": table}
            yield Problem(peak.path, values)
        total = sum(peak.number for peak in known)
        if total * 100 > account * percent and not large:
            most = max(known, key=lambda peak: peak.number)
            related = tuple(
                (peak.path, f'"{peak.table.logical_id}" counts with {peak.number:,}.')
                for peak in sorted(known, key=lambda peak: -peak.number)
                if peak is not most
            )
            yield Problem(most.path, {"peak": total, "units": name, "quota": account}, related, "account")
        yield from [peak.number for peak in peaks if isinstance(peak.number, Unknown)][:1]


def _peaks(view: View, table: Resource, units: str) -> Iterator[_Peak]:
    """The peaks of a table and of its indexes, if it is provisioned."""
    mode = view.get(table, "Properties", "BillingMode").value
    provisioned = mode is ABSENT or apply_test("equals", mode, "PROVISIONED")
    if provisioned is False:
        return
    whole_table = view.get(table, "Properties")
    indexes = view.select(table, ("Properties", "GlobalSecondaryIndexes", "*"))
    for place in (whole_table, *indexes):
        index = None if place is whole_table else view.get(place, "IndexName").value
        kind = "table" if place is whole_table else "index"
        scaled = targets(view, table, f"dynamodb:{kind}:{units}", index)
        bounds = [view.get(target.properties, "MaxCapacity") for target in scaled if target.sure is True]
        yield _peak(table, bounds or [view.get(place, "ProvisionedThroughput", units)], provisioned)


def _peak(table: Resource, places: list[Located], provisioned: bool | Unknown) -> _Peak:
    numbers = [(integer_value(place, 0), place.path) for place in places]
    known = [entry for entry in numbers if not isinstance(entry[0], Unknown)]
    number, path = max(known, key=lambda entry: entry[0]) if known else numbers[0]
    return _Peak(table, provisioned if isinstance(provisioned, Unknown) and number else number, path)
