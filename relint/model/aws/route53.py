"""The DNS records of a template, whether they are resources of their own or members of a group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple
from relint.resolve.value import ABSENT, Expression, Located, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

RECORD_SET = "AWS::Route53::RecordSet"
RECORD_SET_GROUP = "AWS::Route53::RecordSetGroup"


class Record(NamedTuple):
    """A record and where it is written. Records of one `key` (zone, name and type) answer the same queries."""

    resource: Resource
    body: Located
    key: tuple[Expression, Expression, Expression]


def all_records(view: View) -> list[Record]:
    """All records of the template that exist in the scenario."""
    return [
        record for resource in view.resources(RECORD_SET, RECORD_SET_GROUP) for record in records_of(view, resource)
    ]


def records_of(view: View, resource: Resource) -> Iterator[Record]:
    """The records of an AWS::Route53::RecordSet (itself) or an AWS::Route53::RecordSetGroup (its members)."""
    whole = view.get(resource, "Properties")
    places = view.select(whole, ("RecordSets", "*")) if resource.type == RECORD_SET_GROUP else [whole]
    for place in places:
        if not isinstance(place.value, Unknown):
            zone = _first(view, (place, whole), ("HostedZoneId", "HostedZoneName"))
            yield Record(
                resource,
                place,
                (
                    canonical_domain(zone),
                    canonical_domain(view.get(place, "Name").value),
                    expression_of(view.get(place, "Type").value),
                ),
            )


def record_targets(view: View, record: Record, known: list[Record]) -> frozenset[Expression] | None:
    """The addresses and names that a record leads to at last; None when its aliases lead back to it.

    Aliases are followed through the records of the template. Every target is a canonical form.
    """
    found: set[Expression] = set()
    return frozenset(found) if _follow(view, record, known, (), found) else None


def canonical_domain(value: Any) -> Expression:
    """The canonical form of a domain name: lower case, without the dot at the end and "dualstack." in front."""
    form = expression_of(value)
    if isinstance(form, str):
        return form.lower().removesuffix(".").removeprefix("dualstack.")
    if not isinstance(form, tuple) or form[0] != "Concat":
        return form
    parts = [part.lower() if isinstance(part, str) else part for part in form[1:]]
    if isinstance(parts[0], str):
        parts[0] = parts[0].removeprefix("dualstack.")
    if isinstance(parts[-1], str):
        parts[-1] = parts[-1].removesuffix(".")
    parts = [part for part in parts if part != ""]
    return parts[0] if len(parts) == 1 else ("Concat", *parts)


def _follow(
    view: View, record: Record, known: list[Record], trail: tuple[Expression, ...], found: set[Expression]
) -> bool:
    """Adds to `found` what a record leads to; false when it leads back to where the trail has been."""
    if record.key in trail:
        return False
    alias = view.get(record.body, "AliasTarget", "DNSName").value
    if alias is ABSENT:
        items = view.scenario.items(view.get(record.body, "ResourceRecords"))
        found.update(canonical_domain(item.value) for item in items)
        return True
    name = canonical_domain(alias)
    further = [one for one in known if one.key[2] == record.key[2] and _means(one, name, record.key[0])]
    if not further:
        found.add(name)
    return all(_follow(view, one, known, (*trail, record.key), found) for one in further)


def _means(record: Record, name: Expression, zone: Expression) -> bool:
    """Whether a name in a zone is that of the record; Ref of a record set returns its name."""
    return (record.key[0] == zone and record.key[1] == name) or (
        record.resource.type == RECORD_SET and name == ("Ref", record.resource.logical_id)
    )


def _first(view: View, places: tuple[Located, ...], names: tuple[str, ...]) -> Any:
    for place in places:
        for name in names:
            value = view.get(place, name).value
            if value is not ABSENT:
                return value
    return ABSENT
