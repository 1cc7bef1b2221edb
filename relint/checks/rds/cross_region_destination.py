"""Cross-Region copies whose destination is the Region of the stack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.truth import all_of
from relint.model.aws.region import is_same_as_stack
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import Steps, View


def check(
    resource: Resource, view: View, paths: Sequence[Steps], account: str = "", local: str = ""
) -> Iterator[Problem | Unknown]:
    """Yield a problem at each of `paths` that contains the Region of the stack.

    The member `account` beside a path may name another account, whose copy may stay in the Region. The member `local`
    contains the id of the destination; a resource of the template is in the Region of the stack, so the problem is
    there. The message has no values. Unknown if the Region is unknown.
    """
    for path in paths:
        *parent_path, name = path
        for destination in view.select(resource, parent_path):
            region = view.get(destination, str(name))
            owner = view.get(destination, account).value if account else ABSENT
            if local and view.target(view.get(destination, local)) is not None:
                yield Problem(view.get(destination, local).path)
            elif region.value is not ABSENT:
                is_own = owner is ABSENT or is_same_as_stack(view, "AWS::AccountId", owner)
                is_own_region = all_of([is_own, is_same_as_stack(view, "AWS::Region", region.value)])
                if isinstance(is_own_region, Unknown):
                    yield is_own_region
                elif is_own_region:
                    yield Problem(region.path)
