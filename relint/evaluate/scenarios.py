"""Scenarios of a template in which the evaluation of a rule may have different outcomes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping

from relint._typing import Any, NamedTuple
from relint.checks.problem import Outcome
from relint.resolve.choice import Choice, Undecided
from relint.resolve.conditions import evaluate_condition
from relint.resolve.deployments import Deployments
from relint.resolve.scenario import Scenario

MAX_SCENARIOS = 64
"""Scenarios that are evaluated for one rule and one resource. If there are more, the verdict is open, never pass."""


class ScenarioResult(NamedTuple):
    """The outcome of an evaluation, with the choices and conditions on which it depends.

    `choices_made` has each choice with the option taken, by name; `non_default_choices` are the names of choices
    whose option is not the default.
    """

    outcome: Outcome
    choices_made: dict[str, tuple[Choice, Any]]
    conditions: dict[str, bool]
    non_default_choices: tuple[str, ...]

    @property
    def is_default_deployment(self) -> bool:
        """Whether every choice that has a default takes it."""
        return not self.non_default_choices


class Exploration(NamedTuple):
    """Results sorted by the number of non-default choices; `is_complete` unless there are too many scenarios."""

    results: tuple[ScenarioResult, ...]
    is_complete: bool


class FirstRun(NamedTuple):
    """The outcome in the default deployment, and the conditions that were evaluated for it."""

    scenario: Scenario
    outcome: Outcome
    conditions: dict[str, bool]


def explore_scenarios(
    deployments: Deployments, first: FirstRun, evaluate: Callable[[Scenario], Outcome]
) -> Exploration:
    """Return the results of an evaluation in all scenarios that differ in a choice on which the outcome depends.

    `first` is the evaluation in the default deployment. Scenarios that the Rules section of the template forbids are
    left out.
    """
    results: list[ScenarioResult] = []
    queue: deque[dict[str, Any]] = deque([{}])
    count = 0
    while queue and count < MAX_SCENARIOS:
        decided = queue.popleft()
        count += 1
        if count == 1:
            scenario, outcome, conditions = first
        else:
            scenario = Scenario(deployments, decided)
            outcome, conditions = evaluate(scenario), scenario.conditions
        if not scenario.choices_made:  # the most frequent result
            return Exploration(results=(ScenarioResult(outcome, {}, conditions, ()),), is_complete=True)
        queue.extend(_alternatives(decided, scenario.choices_made))
        if not deployments.rules or _is_allowed(deployments, scenario):
            non_default = _non_default_choices(scenario.choices_made)
            results.append(ScenarioResult(outcome, scenario.choices_made, conditions, non_default))
    results.sort(key=lambda result: len(result.non_default_choices))
    return Exploration(results=tuple(results), is_complete=not queue)


def _alternatives(decided: Mapping[str, Any], choices_made: Mapping[str, tuple[Choice, Any]]) -> list[dict[str, Any]]:
    """Return the options to evaluate next: for each undecided choice, the ones before it and another option of it."""
    alternatives: list[dict[str, Any]] = []
    options_taken = dict(decided)
    for name, (choice, option) in choices_made.items():
        if name not in decided:
            alternatives += [{**options_taken, name: other} for other in choice.options if other != option]
            options_taken[name] = option
    return alternatives


def _non_default_choices(choices_made: Mapping[str, tuple[Choice, Any]]) -> tuple[str, ...]:
    return tuple(
        name for name, (choice, option) in choices_made.items() if choice.has_default and option != choice.options[0]
    )


def _is_allowed(deployments: Deployments, scenario: Scenario) -> bool:
    """Whether the Rules section of the template allows the choices made; a rule that depends on others allows them."""
    decided = {name: option for name, (_, option) in scenario.choices_made.items()}
    for rule in deployments.rules:
        strict = Scenario(deployments, decided, strict=True)
        try:
            if "RuleCondition" in rule and not evaluate_condition(strict, rule["RuleCondition"]):
                continue
            for assertion in rule.get("Assertions") or ():
                if not evaluate_condition(strict, assertion.get("Assert")):
                    return False
        except Undecided:
            continue
    return True
