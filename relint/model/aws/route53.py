"""The DNS records of a template: resources, or members of a group of records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.resolve.value import ABSENT, Expression, Located, Unknown, expression_of, is_concat, parts_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.source.location import Path

RECORD_SET = "AWS::Route53::RecordSet"
RECORD_SET_GROUP = "AWS::Route53::RecordSetGroup"


class RecordKey(NamedTuple):
    """The hosted zone, domain name and type of a record; records with equal keys answer the same queries."""

    zone: Expression
    name: Expression
    type: Expression


class Record(NamedTuple):
    """A record; `body` contains its properties, in `resource` or in a member of `resource`."""

    resource: Resource
    body: Located
    key: RecordKey


def all_records(view: View) -> list[Record]:
    """Return all records of the template that exist in the scenario; read once."""
    return view.cached("records", _read_records)


def _read_records(view: View) -> list[Record]:
    return [
        record for resource in view.resources(RECORD_SET, RECORD_SET_GROUP) for record in records_of(view, resource)
    ]


def records_of(view: View, resource: Resource) -> Iterator[Record]:
    """Yield the record of an AWS::Route53::RecordSet, or the records of an AWS::Route53::RecordSetGroup."""
    properties = view.get(resource, "Properties")
    is_group = resource.type == RECORD_SET_GROUP
    for body in view.select(properties, ("RecordSets", "*")) if is_group else [properties]:
        if not isinstance(body.value, Unknown):
            key = RecordKey(
                zone=canonical_domain(_hosted_zone(view, body, properties)),
                name=canonical_domain(view.get(body, "Name").value),
                type=expression_of(view.get(body, "Type").value),
            )
            yield Record(resource, body, key)


def record_targets(view: View, record: Record, template_records: list[Record]) -> frozenset[Expression] | None:
    """Return the addresses and names to which a record resolves; None if its aliases lead back to the record.

    Aliases of records in the template are followed. Every target is a canonical expression.
    """
    records_by_key: dict[tuple[Expression, ...], list[Record]] = {}
    for other in template_records:
        for name in _names_of(other):
            records_by_key.setdefault((other.key.type, *name), []).append(other)
    targets: set[Expression] = set()
    finished: set[Path] = set()
    on_way = {record.key}
    way = [(record, iter(_aliased_records(view, record, records_by_key, targets)))]
    while way:  # no recursion, because a chain of aliases may be long
        current, aliased = way[-1]
        following = next(aliased, None)
        if following is None:
            way.pop()
            on_way.discard(current.key)
            finished.add(current.body.path)
        elif following.key in on_way:
            return None
        elif following.body.path not in finished:
            on_way.add(following.key)
            way.append((following, iter(_aliased_records(view, following, records_by_key, targets))))
    return frozenset(targets)


def alias_records(view: View, record: Record, template_records: list[Record]) -> list[Record]:
    """Return the records of the template to which the alias of a record leads; none for another target."""
    name = canonical_domain(view.get(record.body, "AliasTarget", "DNSName").value)
    return [
        other
        for other in template_records
        if other.key.type == record.key.type and _has_name(other, name, record.key.zone)
    ]


def canonical_domain(value: Any) -> Expression:
    """Return a domain name as an expression in lower case, without a trailing dot and a leading "dualstack."."""
    expression = expression_of(value)
    if isinstance(expression, str):
        return expression.lower().removesuffix(".").removeprefix("dualstack.")
    if not is_concat(expression):
        return expression
    parts = [part.lower() if isinstance(part, str) else part for part in parts_of(expression)]
    if isinstance(parts[0], str):
        parts[0] = parts[0].removeprefix("dualstack.")
    if isinstance(parts[-1], str):
        parts[-1] = parts[-1].removesuffix(".")
    parts = [part for part in parts if part != ""]
    return parts[0] if len(parts) == 1 else ("Concat", *parts)


def _aliased_records(
    view: View,
    record: Record,
    records_by_key: Mapping[tuple[Expression, ...], list[Record]],
    targets: set[Expression],
) -> list[Record]:
    """Return the records to which an alias leads; without them, add where the record leads to `targets`."""
    alias = view.get(record.body, "AliasTarget", "DNSName").value
    if alias is ABSENT:
        items = view.scenario.items(view.get(record.body, "ResourceRecords"))
        targets.update(canonical_domain(item.value) for item in items)
        return []
    name = canonical_domain(alias)
    record_type, zone = record.key.type, record.key.zone
    records = {
        other.body.path: other
        for key in ((record_type, zone, name), (record_type, name))
        for other in records_by_key.get(key, ())
    }
    if not records:
        targets.add(name)
    return list(records.values())


def _names_of(record: Record) -> Iterator[tuple[Expression, ...]]:
    """Yield the hosted zone and name of a record, and the Ref that returns its name."""
    yield record.key.zone, record.key.name
    if record.resource.type == RECORD_SET:
        yield (("Ref", record.resource.logical_id),)


def _has_name(record: Record, name: Expression, zone: Expression) -> bool:
    """Whether a name in a hosted zone is the name of the record; Ref of a record set returns its name."""
    if record.key.zone == zone and record.key.name == name:
        return True
    is_record_set = record.resource.type == RECORD_SET
    return bool(is_record_set and name == ("Ref", record.resource.logical_id))


def _hosted_zone(view: View, body: Located, group_properties: Located) -> Any:
    """Return the id or name of the hosted zone, from the record or else from its group."""
    for properties in (body, group_properties):
        for name in ("HostedZoneId", "HostedZoneName"):
            value = view.get(properties, name).value
            if value is not ABSENT:
                return value
    return ABSENT
