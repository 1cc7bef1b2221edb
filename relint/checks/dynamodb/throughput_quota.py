"""Provisioned throughput of DynamoDB tables that may come near the quotas of an account."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.checks.problem import Problem
from relint.logic.numbers import integer_value
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth
from relint.model.aws.application_auto_scaling import scaling_registrations
from relint.resolve.value import ABSENT, Located, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_UNITS = {"ReadCapacityUnits": "read capacity units", "WriteCapacityUnits": "write capacity units"}


class _Peak(NamedTuple):
    """The most units that a table or an index may have, and their path."""

    table: Resource
    units: Any
    path: Any


def check(resource: Resource, view: View, table: int, account: int, percent: int) -> Iterator[Problem | Unknown]:
    """Yield a problem at each peak, or a sum, above `percent` of a quota.

    The quotas are `table` for a peak and `account` for the sum. For rules whose scope is the template. The peak of
    a table or index is the largest MaxCapacity of its scalable targets, else its provisioned throughput. Message
    values: `table`, `peak`, `units`, `quota`; message `account` (the sum is above `percent` of the quota
    `account`): `peak`, `units`, `quota`. Unknown for one unknown peak: it is left out of the sum, because tables of
    other stacks are not in the sum either.
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
    """
    for property_name, units in _UNITS.items():
        tables = view.resources("AWS::DynamoDB::Table")
        peaks = [peak for table_resource in tables for peak in _peaks(view, table_resource, property_name)]
        numeric_peaks = [peak for peak in peaks if not isinstance(peak.units, Unknown)]
        excessive_peaks = [peak for peak in numeric_peaks if peak.units * 100 > table * percent]
        for peak in excessive_peaks:
            values = {"table": peak.table.logical_id, "peak": peak.units, "units": units, "quota": table}
            yield Problem(peak.path, values=values)
        total = sum(peak.units for peak in numeric_peaks)
        if total * 100 > account * percent and not excessive_peaks:
            yield _excessive_sum(numeric_peaks, {"peak": total, "units": units, "quota": account})
        yield from [peak.units for peak in peaks if isinstance(peak.units, Unknown)][:1]


def _excessive_sum(peaks: list[_Peak], values: dict[str, object]) -> Problem:
    largest = max(peaks, key=lambda peak: peak.units)
    related = tuple(
        (peak.path, f'"{peak.table.logical_id}" counts with {peak.units:,}.')
        for peak in sorted(peaks, key=lambda peak: -peak.units)
        if peak is not largest
    )
    return Problem(largest.path, values=values, related=related, message="account")


def _peaks(view: View, table: Resource, units: str) -> Iterator[_Peak]:
    """Yield the peaks of a table and of its indexes, if the table is provisioned."""
    mode = view.get(table, "Properties", "BillingMode").value
    is_provisioned = mode is ABSENT or apply_test("equals", mode, "PROVISIONED")
    if is_provisioned is False:
        return
    properties = view.get(table, "Properties")
    indexes = view.select(table, ("Properties", "GlobalSecondaryIndexes", "*"))
    for holder in (properties, *indexes):
        index = None if holder is properties else view.get(holder, "IndexName").value
        dimension = f"dynamodb:{'table' if holder is properties else 'index'}:{units}"
        certain_targets = [
            target for target in scaling_registrations(view, table, dimension, index) if target.applies is True
        ]
        bounds = [view.get(target.properties, "MaxCapacity") for target in certain_targets]
        yield _peak(table, bounds or [view.get(holder, "ProvisionedThroughput", units)], is_provisioned)


def _peak(table: Resource, bounds: list[Located], is_provisioned: Truth) -> _Peak:
    numbers = [(integer_value(bound, 0), bound.path) for bound in bounds]
    literals = [entry for entry in numbers if not isinstance(entry[0], Unknown)]
    number, path = max(literals, key=lambda entry: entry[0]) if literals else numbers[0]
    units = is_provisioned if isinstance(is_provisioned, Unknown) and number else number
    return _Peak(table=table, units=units, path=path)
