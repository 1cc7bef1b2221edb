"""Whether the two records of a failover pair lead to different places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.model.aws.route53 import Record, all_records, record_targets, records_of
from relint.model.zone_names import describe_expression
from relint.resolve.value import ABSENT, Expression, Located, Unknown, references

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_OTHER = {"PRIMARY": "SECONDARY", "SECONDARY": "PRIMARY"}


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """The problems of each failover record of a resource.

    `same` (at the secondary record) where both lead to the same place, `cycle` where an alias leads back to itself,
    `half` (a note) where the other half is not in the template or the role comes from a parameter. Unknown where both
    targets come from outside, so that they may be equal.
    """
    known = all_records(view)
    for record in records_of(view, resource):
        role = view.get(record.body, "Failover")
        if isinstance(role.value, Unknown) and role.value.optional:
            yield role.value
        elif role.value is not ABSENT:
            yield from _judged(view, record, role, known)


def _judged(view: View, record: Record, role: Located, known: list[Record]) -> Iterator[Problem | Unknown]:
    values = {"name": describe_expression(record.key[1]), "role": role.value}
    own = record_targets(view, record, known)
    if own is None:
        yield Problem(_target_of(view, record).path, values, (), "cycle")
        return
    partners = [
        one
        for one in known
        if one.key == record.key and view.get(one.body, "Failover").value == _OTHER.get(str(role.value))
    ]
    if not partners:
        if isinstance(role.value, Unknown):
            yield Problem(role.path, values, (), "parameter", "note")
        else:
            yield Problem(role.path, values, (), "half", "note")
        return
    theirs = record_targets(view, partners[0], known)
    if role.value == "PRIMARY" or theirs is None:
        return
    if own == theirs:
        related = ((_target_of(view, partners[0]).path, "The primary record leads there as well."),)
        yield Problem(_target_of(view, record).path, values, related)
    elif all(_from_outside(view, form) for form in own | theirs):
        one, other = (" and ".join(sorted(describe_expression(form) for form in side)) for side in (own, theirs))
        yield Unknown(("Differ", *sorted(map(repr, own | theirs))), f'"{one}" and "{other}" may be the same')


def _target_of(view: View, record: Record) -> Located:
    alias = view.get(record.body, "AliasTarget", "DNSName")
    return alias if alias.value is not ABSENT else view.get(record.body, "ResourceRecords")


def _from_outside(view: View, form: Expression) -> bool:
    """Whether an expression gets its value from a parameter or an import rather than from a resource or a literal."""
    return not isinstance(form, str) and not references(form) & set(view.template.resources)
