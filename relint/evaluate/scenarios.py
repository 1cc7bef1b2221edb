"""Scenarios of a template in which the evaluation of a rule may have different outcomes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping

from relint._typing import Any, NamedTuple
from relint.checks.problem import Outcome
from relint.resolve.choice import Choice, Split, Undecided
from relint.resolve.conditions import evaluate_condition
from relint.resolve.deployments import Deployments
from relint.resolve.scenario import Scenario

MAX_SCENARIOS = 64
"""Scenarios that are evaluated for one rule and one resource. If there are more, the verdict is open, never pass."""


class ScenarioResult(NamedTuple):
    """The outcome of an evaluation, with the choices and conditions on which it depends.

    `choices_made` has each choice with the options taken, by name: those that the evaluation cannot tell apart.
    `non_default_choices` are the names of choices whose options do not include the default.
    """

    outcome: Outcome
    choices_made: dict[str, tuple[Choice, tuple[Any, ...]]]
    conditions: dict[str, bool]
    non_default_choices: tuple[str, ...]

    @property
    def is_default_deployment(self) -> bool:
        """Whether every choice that has a default takes it."""
        return not self.non_default_choices

    def shares_choices(self, other: ScenarioResult, *, besides: str) -> bool:
        """Whether one deployment may lead to both results if it changes the choice named `besides`."""
        return all(
            not set(taken).isdisjoint(other.choices_made[name][1])
            for name, (_, taken) in self.choices_made.items()
            if name != besides and name in other.choices_made
        )


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
    queue: deque[dict[str, tuple[Any, ...]]] = deque([{}])
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
        if not deployments.rules or _is_allowed(deployments, scenario):
            non_default = _non_default_choices(scenario.choices_made)
            results.append(ScenarioResult(outcome, scenario.choices_made, conditions, non_default))
        queue.extend(_alternatives(decided, scenario.splits))
    results.sort(key=lambda result: len(result.non_default_choices))
    return Exploration(results=tuple(results), is_complete=not queue)


def _alternatives(decided: Mapping[str, tuple[Any, ...]], splits: list[Split]) -> list[dict[str, tuple[Any, ...]]]:
    """Return the options to evaluate next: what each split left out, with what was taken before it."""
    alternatives: list[dict[str, tuple[Any, ...]]] = []
    taken = dict(decided)
    for split in splits:
        alternatives += [{**taken, split.name: other} for other in split.others]
        taken[split.name] = split.taken
    return alternatives


def _non_default_choices(choices_made: Mapping[str, tuple[Choice, tuple[Any, ...]]]) -> tuple[str, ...]:
    return tuple(
        name for name, (choice, taken) in choices_made.items() if choice.has_default and taken[0] != choice.options[0]
    )


def _is_allowed(deployments: Deployments, scenario: Scenario) -> bool:
    """Whether the Rules section of the template allows the choices made; a rule that depends on others allows them.

    A rule may tell apart options that the scenario has not, which are then further splits of it.
    """
    scenario.make_strict()
    for rule in deployments.rules:
        try:
            if "RuleCondition" in rule and not evaluate_condition(scenario, rule["RuleCondition"]):
                continue
            for assertion in rule.get("Assertions") or ():
                if not evaluate_condition(scenario, assertion.get("Assert")):
                    return False
        except Undecided:
            continue
    return True
