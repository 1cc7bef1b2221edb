"""The verdict of a rule over all scenarios of a template, and the choices on which it depends."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.evaluate.stage_names import is_right_in_production

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.evaluate.scenarios import Exploration, ScenarioResult
    from relint.finding import Verdict


def verdict_of(exploration: Exploration, rule: Rule) -> tuple[Verdict, list[ScenarioResult]]:
    """Return the verdict over all scenarios, and the scenarios that lead to it.

    A failure in a test stage that is only the default is for review, because the stage that counts is right.
    """
    default = [result for result in exploration.results if result.is_default_deployment]
    non_default = [result for result in exploration.results if not result.is_default_deployment]
    if rule.deployments != "all":
        non_default = []
    if not default:  # the Rules section of the template forbids the default deployment
        default, non_default = non_default, []
    applicable = [result for result in default if result.outcome.applies]
    failing = [result for result in applicable if result.outcome.problems]
    if failing:
        is_certain = len(failing) == len(applicable)
        is_deliberate = is_certain and all(is_right_in_production(exploration, result) for result in failing)
        return ("fail" if is_certain and not is_deliberate else "review"), failing
    if undecided := [result for result in applicable if result.outcome.unknown]:
        return "open", undecided
    if failing_elsewhere := [result for result in non_default if result.outcome.problems]:
        return "review", failing_elsewhere
    if not exploration.is_complete:
        return "open", []
    if applicable or any(result.outcome.applies and not result.outcome.unknown for result in non_default):
        return "pass", applicable
    if undecided := [result for result in non_default if result.outcome.unknown]:
        return "open", undecided
    return "notApplicable", []


def decisive_choices(exploration: Exploration, failing: ScenarioResult, verdict: Verdict) -> list[str]:
    """Return the choices of a failing scenario without which the verdict would be another one."""
    names = [name for name in failing.choices_made if _is_decisive(exploration, failing, name)]
    if not names and verdict == "review":
        return list(failing.non_default_choices or failing.choices_made)
    return names


def _is_decisive(exploration: Exploration, failing: ScenarioResult, name: str) -> bool:
    """Whether a scenario without problems differs from a failing one in this choice only."""
    taken = set(failing.choices_made[name][1])
    return any(
        not result.outcome.problems
        and name in result.choices_made
        and taken.isdisjoint(result.choices_made[name][1])
        and failing.shares_choices(result, besides=name)
        for result in exploration.results
    )
