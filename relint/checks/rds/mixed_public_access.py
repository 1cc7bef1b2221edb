"""Members of a database cluster of which some are reachable from outside the VPC and others are not."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.model.aws.rds_clusters import fellow_members
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.logic.truth import Truth
    from relint.model.resource import Resource
    from relint.model.view import View


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at PubliclyAccessible of the first member that differs from the first one of its cluster.

    Message values: `member`, the first member; message `private` if the reported member is the private one. Unknown if
    only one of the two has the property, because the defaults that AWS documents contradict each other.
    """
    first = fellow_members(view, resource)[0]
    expected = _is_public(view, first)
    differing = (other for other in fellow_members(view, resource) if _differs(_is_public(view, other), expected))
    if next(differing, None) is not resource:
        return
    public = _is_public(view, resource)
    for value in (expected, public):
        if isinstance(value, Unknown):
            yield value
            return
    location = view.get(resource, "Properties", "PubliclyAccessible")
    first_location = view.get(first, "Properties", "PubliclyAccessible")
    yield Problem(
        location.path,
        values={"member": first.logical_id},
        related=((first_location.path, "The first member of the cluster."),),
        message=None if public else "private",
    )


def _is_public(view: View, member: Resource) -> Truth:
    value = view.get(member, "Properties", "PubliclyAccessible").value
    if value is ABSENT:
        return Unknown(("Public",), "AWS contradicts itself on who can reach a member without PubliclyAccessible")
    return apply_test("equals", value, operand=True)


def _differs(left: Truth, right: Truth) -> bool:
    if isinstance(left, Unknown) and isinstance(right, Unknown):
        return bool(left.expression != right.expression)
    return left is not right
