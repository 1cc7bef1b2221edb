"""Number of resources that invoke a function."""

from __future__ import annotations

from collections.abc import Sequence

from relint._typing import TYPE_CHECKING
from relint.model.aws.lambda_invokers import invokers_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View, by: Sequence[str] = (), other_than: Sequence[str] = ()) -> int:
    """Return the number of invokers of a function or of its aliases and versions.

    `by` selects manners of invocation, `other_than` excludes some; `Invoker` lists them.
    """
    manners = [invoker.invocation_type for invoker in invokers_of(view, resource)]
    return sum(manner not in other_than and (not by or manner in by) for manner in manners)
