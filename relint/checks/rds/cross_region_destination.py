"""Whether something goes to another Region, or stays in that of the stack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.model.aws.region import is_own
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import Steps, View


def check(
    resource: Resource, view: View, places: Sequence[Steps], account: str = "", local: str = ""
) -> Iterator[Problem | Unknown]:
    """A problem for each of `places` (paths) at which the Region of the stack is named as the target of a copy.

    Beside a place, the member `account` may name another account, and then the Region may be the same one. The member
    `local` holds the id of the target; if that is a resource of the template, the target is in the Region of the stack.
    """
    for place in places:
        *holder, name = place
        for target in view.select(resource, holder):
            region = view.get(target, str(name))
            owner = view.get(target, account).value if account else ABSENT
            if local and view.target(view.get(target, local)) is not None:
                yield Problem(view.get(target, local).path)
            elif region.value is not ABSENT and (owner is ABSENT or is_own(view, "AWS::AccountId", owner) is not False):
                truth = is_own(view, "AWS::Region", region.value)
                if isinstance(truth, Unknown):
                    yield truth
                elif truth:
                    yield Problem(region.path)
