"""Failover records whose two targets are the same, or of which one is missing."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.aws.route53 import Record, all_records, record_targets, records_of
from relint.model.zone_names import describe_expression
from relint.resolve.value import ABSENT, Expression, Located, Unknown, references

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_OTHER_ROLE = {"PRIMARY": "SECONDARY", "SECONDARY": "PRIMARY"}


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield the problems of each failover record, at its target or at Failover.

    At the target of the secondary record: message `default` if both records lead to the same target. At the target:
    `cycle` if an alias leads back to itself. At Failover (notes): `half` if the template does not contain the other
    record, `parameter` if the role is unknown. Message values: `name`, `role`.
    Unknown if both targets come from parameters or imports and may be equal.
    """
    template_records = all_records(view)
    for record in records_of(view, resource):
        role = view.get(record.body, "Failover")
        if isinstance(role.value, Unknown) and role.value.optional:
            yield role.value
        elif role.value is not ABSENT:
            yield from _pair_problems(view, record, role, template_records)


def _pair_problems(
    view: View, record: Record, role: Located, template_records: list[Record]
) -> Iterator[Problem | Unknown]:
    values = {"name": describe_expression(record.key.name), "role": role.value}
    targets = record_targets(view, record, template_records)
    if targets is None:
        yield Problem(_target(view, record).path, values=values, message="cycle")
        return
    partner = _partner(view, record, role, template_records)
    if partner is None:
        message = "parameter" if isinstance(role.value, Unknown) else "half"
        yield Problem(role.path, values=values, message=message, level="note")
        return
    partner_targets = record_targets(view, partner, template_records)
    if role.value == "PRIMARY" or partner_targets is None:
        return
    if targets == partner_targets:
        related = ((_target(view, partner).path, "The primary record leads there as well."),)
        yield Problem(_target(view, record).path, values=values, related=related)
    elif all(_is_external(view, target) for target in targets | partner_targets):
        left, right = (
            " and ".join(sorted(describe_expression(target) for target in side)) for side in (targets, partner_targets)
        )
        expression = ("Differ", *sorted(map(repr, targets | partner_targets)))
        yield Unknown(expression, f'"{left}" and "{right}" may be the same')


def _partner(view: View, record: Record, role: Located, template_records: list[Record]) -> Record | None:
    """Return the record of the other role with the same key."""
    other_role = _OTHER_ROLE.get(str(role.value))
    candidates = (other for other in template_records if other.key == record.key)
    return next((other for other in candidates if view.get(other.body, "Failover").value == other_role), None)


def _target(view: View, record: Record) -> Located:
    alias = view.get(record.body, "AliasTarget", "DNSName")
    return alias if alias.value is not ABSENT else view.get(record.body, "ResourceRecords")


def _is_external(view: View, expression: Expression) -> bool:
    """Whether an expression contains a parameter or an import, and no resource."""
    return not isinstance(expression, str) and not references(expression) & set(view.template.resources)
