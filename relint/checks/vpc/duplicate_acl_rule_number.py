"""Entries of a network ACL that have the same rule number."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test, as_number
from relint.logic.truth import Truth, all_of
from relint.resolve.value import ABSENT, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_ENTRY = "AWS::EC2::NetworkAclEntry"


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at RuleNumber if an earlier entry of the list has the same number and direction.

    Message value: `other` (the earlier entry). Unknown if a number or a direction is unknown.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-networkaclentry.html
    """
    unknown: Unknown | None = None
    for other in view.resources(_ENTRY):
        if other.logical_id == resource.logical_id:
            break
        truth = _has_same_number(view, resource, other)
        if truth is True:
            number = view.get(resource, "Properties", "RuleNumber")
            related = ((view.get(other, "Properties", "RuleNumber").path, "It is used here already."),)
            yield Problem(number.path, values={"other": other.logical_id}, related=related)
            return
        if isinstance(truth, Unknown):
            unknown = truth
    if unknown is not None:
        yield unknown


def _has_same_number(view: View, left: Resource, right: Resource) -> Truth:
    lists = [expression_of(view.get(entry, "Properties", "NetworkAclId").value) for entry in (left, right)]
    if lists[0] != lists[1]:
        return False
    directions = [_direction(view, entry) for entry in (left, right)]
    numbers = [_number(view, entry) for entry in (left, right)]
    return all_of((apply_test("equals", *directions), apply_test("equals", *numbers)))


def _direction(view: View, entry: Resource) -> Any:
    """Return whether an entry is for outbound traffic, which is false if left out."""
    egress = view.get(entry, "Properties", "Egress").value
    return False if egress is ABSENT else egress


def _number(view: View, entry: Resource) -> Any:
    value = view.get(entry, "Properties", "RuleNumber").value
    return value if isinstance(value, Unknown) else as_number(value)
