"""Records for one name of which one suffices: those of failover, and those of other policies if all are watched.

Route 53 leaves out the records whose health check fails; a record that nothing watches always answers.
https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.resolve.value import ABSENT, Expression, expression_of, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

RECORD_SET = "AWS::Route53::RecordSet"
_POLICIES = ("MultiValueAnswer", "Region", "Weight")
"""The properties of records of several places, any of which answers any client; GeoLocation keeps clients apart."""


class RecordFamily(NamedTuple):
    """Records for one name: requests go to the target of any; `lead` is the primary one, else the first."""

    lead: Resource
    others: tuple[Resource, ...]

    @property
    def records(self) -> tuple[Resource, ...]:
        """All records, the lead first."""
        return (self.lead, *self.others)


def record_families(view: View) -> Iterator[RecordFamily]:
    """Yield the families of records of a scenario; records of a group are alternatives by `alternatives` instead."""
    by_name: dict[tuple[Expression, ...], list[Resource]] = {}
    for record in view.resources(RECORD_SET):
        if view.get(record, "Properties", "SetIdentifier").value is not ABSENT:
            by_name.setdefault(_name_of(view, record), []).append(record)
    for records in by_name.values():
        lead = next((record for record in records if _failover(view, record) == "PRIMARY"), records[0])
        others = tuple(record for record in records if record is not lead)
        if others and _one_suffices(view, (lead, *others)):
            yield RecordFamily(lead, others)


def is_watched(view: View, record: Resource) -> bool:
    """Whether Route 53 leaves out a record when its target fails: it has a health check, or that of its target."""
    if view.get(record, "Properties", "HealthCheckId").value is not ABSENT:
        return True
    return view.get(record, "Properties", "AliasTarget", "EvaluateTargetHealth").value in (True, "true")


def _one_suffices(view: View, records: tuple[Resource, ...]) -> bool:
    if all(_failover(view, record) for record in records):
        return all(is_watched(view, record) for record in records if _failover(view, record) == "PRIMARY")
    has_policy = all(
        any(view.get(record, "Properties", policy).value is not ABSENT for policy in _POLICIES) for record in records
    )
    return has_policy and all(is_watched(view, record) for record in records)


def _failover(view: View, record: Resource) -> str:
    value = view.get(record, "Properties", "Failover").value
    return value if isinstance(value, str) else ""


def _name_of(view: View, record: Resource) -> tuple[Expression, ...]:
    """Return what tells the name of a record from others; addresses of both IP versions are one name."""
    zone, name, kind = (
        expression_of(view.get(record, "Properties", *steps).value)
        for steps in (("HostedZoneId",), ("Name",), ("Type",))
    )
    named = view.get(record, "Properties", "HostedZoneName").value
    text = scalar_text(name).lower().rstrip(".") if isinstance(name, str) else name
    return (zone, expression_of(named), text, "A" if kind == "AAAA" else kind)
