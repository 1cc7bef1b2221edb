"""Members of a database cluster of which some are reachable from outside the VPC and others are not."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.model.aws.rds_clusters import fellow_members
from relint.resolve.value import ABSENT, Unknown, expression_of

if TYPE_CHECKING:
    from relint.logic.truth import Truth
    from relint.model.resource import Resource
    from relint.model.view import View


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at PubliclyAccessible of the first member that differs from an earlier one of its cluster.

    Message values: `member`, the earlier one; message `private` if the reported member is the private one. Unknown if
    no members are known to differ, and this one is the first that may differ from the first of them.
    """
    cluster = view.get(resource, "Properties", "DBClusterIdentifier").value
    fellows = fellow_members(view, resource)
    if isinstance(cluster, Unknown) and len(fellows) == 1 and view.target(cluster) is None:
        if any(_differs(view, other, resource) is True for other in view.resources(resource.type)):
            yield cluster  # another member may be of the same cluster
        return
    known = [member for member in fellows if not isinstance(_is_public(view, member), Unknown)]
    differing = next((member for member in known if _differs(view, known[0], member)), None)
    if differing is resource:
        yield _problem(view, resource, known[0])
    elif differing is None:
        doubtful = next((member for member in fellows if _differs(view, fellows[0], member)), None)
        unknown = _differs(view, fellows[0], resource)
        if doubtful is resource and isinstance(unknown, Unknown):
            yield unknown


def _problem(view: View, member: Resource, earlier: Resource) -> Problem:
    earlier_path = view.get(earlier, "Properties", "PubliclyAccessible").path
    return Problem(
        view.get(member, "Properties", "PubliclyAccessible").path,
        values={"member": earlier.logical_id},
        related=((earlier_path, "An earlier member of the cluster."),),
        message=None if _is_public(view, member) is True else "private",
    )


def _differs(view: View, left: Resource, right: Resource) -> Truth:
    values = (_is_public(view, left), _is_public(view, right))
    if expression_of(values[0]) == expression_of(values[1]):
        return False
    return next((value for value in values if isinstance(value, Unknown)), True)


def _is_public(view: View, member: Resource) -> Truth:
    """Whether a member has a public address; AWS documents two defaults that contradict each other."""
    value = view.get(member, "Properties", "PubliclyAccessible").value
    if value is ABSENT:
        return Unknown(("Public",), "AWS contradicts itself on who can reach a member without PubliclyAccessible")
    return apply_test("equals", value, operand=True)
