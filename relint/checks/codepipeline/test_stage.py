"""Pipelines that test what they deploy before their last deployment."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.logic.predicates import as_number
from relint.resolve.value import ABSENT, Located, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_CONDITION = "Condition"
_TRIALS = ("Build", "Compute", "Invoke")
"""Categories of actions that try what is deployed, if they run after a deployment."""


def fact(resource: Resource, view: View) -> bool | Unknown | object:
    """Whether a test, an approval, a condition, or a build or call after a deployment precedes the last deployment.

    ABSENT for a pipeline without deployments. Actions run by stage and, within one, by RunOrder (1 if left out), after
    the conditions for entry; those of one RunOrder run at the same time, so that none precedes the others. Unknown if
    the category of an action, or the provider of a rule, is unknown.
    https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-conditions.html
    https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html
    """
    is_deployed = is_tested = False
    was_tested_at_last_deployment: bool | object = ABSENT
    for categories in _steps(view, resource):
        unknown = next((category for category in categories if isinstance(category, Unknown)), None)
        if unknown is not None:
            return unknown
        is_trial = any(
            category in ("Test", "Approval", _CONDITION) or (is_deployed and category in _TRIALS)
            for category in categories
        )
        if "Deploy" in categories:
            is_deployed, was_tested_at_last_deployment = True, is_tested
        is_tested = is_tested or is_trial
    return was_tested_at_last_deployment


def _steps(view: View, resource: Resource) -> Iterator[list[str | Unknown]]:
    """Yield the categories of the actions and conditions that run at the same time, in the order in which they run."""
    for stage in view.select(resource, ("Properties", "Stages", "*")):
        yield list(_conditions(view, stage, "BeforeEntry"))
        categories_by_order: dict[float, list[str | Unknown]] = {}
        for action in view.select(stage, ("Actions", "*")):
            category = view.get(action, "ActionTypeId", "Category").value
            categories = categories_by_order.setdefault(_run_order(view, action), [])
            categories.append(category if isinstance(category, Unknown) else scalar_text(category))
        for order in sorted(categories_by_order):
            yield categories_by_order[order]
        yield list(_conditions(view, stage, "OnSuccess"))


def _conditions(view: View, stage: Located, moment: str) -> Iterator[str | Unknown]:
    """Yield a condition for each rule that tries something; a deployment window only looks at the time."""
    for provider in view.select(stage, (moment, "Conditions", "*", "Rules", "*", "RuleTypeId", "Provider")):
        if isinstance(provider.value, Unknown):
            yield provider.value
        elif provider.value != "DeploymentWindow":
            yield _CONDITION


def _run_order(view: View, action: Located) -> float:
    return as_number(view.get(action, "RunOrder").value) or 1
