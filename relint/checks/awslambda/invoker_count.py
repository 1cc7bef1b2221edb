"""Whether something in the template invokes a function."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from relint.model.aws.lambda_invokers import invokers_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View, by: Sequence[str] = (), other_than: Sequence[str] = ()) -> int:
    """How many invokers the function has of the manners `by`, or of all `other_than` these; see `Invoker.manner`.

    Aliases and versions of the function count as the function.
    """
    manners = [one.manner for one in invokers_of(view, resource)]
    return sum(manner not in other_than and (not by or manner in by) for manner in manners)
