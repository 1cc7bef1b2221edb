"""Whether a pipeline tries what it deploys before its last deployment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relint.logic.predicates import as_number
from relint.resolve.value import ABSENT, Located, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> bool | Unknown | object:
    """True if a test, an approval, or a build after a deployment comes before the last deployment.

    ABSENT for a pipeline that deploys nothing. Actions run by stage and, within one, by RunOrder (1 if left out).
    https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html
    """
    deployed = tried = False
    last: bool | object = ABSENT
    for category in _categories(resource, view):
        if isinstance(category, Unknown):
            return category
        if category == "Deploy":
            deployed, last = True, tried
        elif category in ("Test", "Approval") or (deployed and category in ("Build", "Compute")):
            tried = True
    return last


def _categories(resource: Resource, view: View) -> list[str | Unknown]:
    found: list[str | Unknown] = []
    for stage in view.select(resource, ("Properties", "Stages", "*")):
        actions = sorted(view.select(stage, ("Actions", "*")), key=lambda action: _order(view, action))
        for action in actions:
            value = view.get(action, "ActionTypeId", "Category").value
            found.append(value if isinstance(value, Unknown) else scalar_text(value))
    return found


def _order(view: View, action: Located) -> float:
    return as_number(view.get(action, "RunOrder").value) or 1
