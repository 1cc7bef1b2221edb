"""The scenarios in which a question has different answers."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from relint._named_tuple import NamedTuple
from relint.checks.problem import Outcome
from relint.resolve.choice import Choice, Undecided
from relint.resolve.conditions import evaluate_condition
from relint.resolve.deployments import Deployments
from relint.resolve.scenario import Scenario

MAX_SCENARIOS = 64
"""How many scenarios are looked at for one rule and one resource; beyond them a pass is no more than open."""


class ScenarioResult(NamedTuple):
    """An answer and the choices under which it holds. `changed` are the atoms that differ from what is assumed."""

    outcome: Outcome
    choices_made: dict[str, tuple[Choice, Any]]
    conditions: dict[str, bool]
    non_default_choices: tuple[str, ...]

    @property
    def is_default_deployment(self) -> bool:
        """Whether every choice with an assumed value has it."""
        return not self.non_default_choices


class Exploration(NamedTuple):
    """All runs, the assumed deployment first and then by how much they differ; `complete` unless the cap was met."""

    results: tuple[ScenarioResult, ...]
    is_complete: bool


class FirstRun(NamedTuple):
    """The answer in the assumed deployment, and the conditions that were worked out for it."""

    scenario: Scenario
    outcome: Outcome
    conditions: dict[str, bool]


def explore_scenarios(
    deployments: Deployments, first: FirstRun, evaluate: Callable[[Scenario], Outcome]
) -> Exploration:
    """Asks a question in every deployment in which it meets other choices; `first` says what it met when it was asked.

    Only choices that the question meets are split on. Scenarios that the template's Rules forbid are left out.
    """
    runs: list[ScenarioResult] = []
    queue: deque[dict[str, Any]] = deque([{}])
    looked_at = 0
    while queue and looked_at < MAX_SCENARIOS:
        forced = queue.popleft()
        looked_at += 1
        if looked_at == 1:
            scenario, answer, conditions = first
        else:
            scenario = Scenario(deployments, forced)
            answer, conditions = evaluate(scenario), scenario.conditions
        if not scenario.choices_made:  # most questions meet no choice at all
            return Exploration((ScenarioResult(answer, scenario.choices_made, conditions, ()),), True)
        fixed = dict(forced)
        for name, (atom, choice) in scenario.choices_made.items():
            if name not in forced:
                queue.extend({**fixed, name: other} for other in atom.options if other != choice)
                fixed[name] = choice
        if not deployments.rules or _allowed(deployments, scenario):
            changed = tuple(
                name
                for name, (atom, choice) in scenario.choices_made.items()
                if atom.has_default and choice != atom.options[0]
            )
            runs.append(ScenarioResult(answer, scenario.choices_made, conditions, changed))
    runs.sort(key=lambda run: len(run.non_default_choices))
    return Exploration(tuple(runs), not queue)


def _allowed(deployments: Deployments, scenario: Scenario) -> bool:
    """Whether no rule of the Rules section forbids the choices made."""
    forced = {name: choice for name, (_, choice) in scenario.choices_made.items()}
    for rule in deployments.rules:
        strict = Scenario(deployments, forced, strict=True)
        try:
            if "RuleCondition" in rule and not evaluate_condition(strict, rule["RuleCondition"]):
                continue
            for assertion in rule.get("Assertions") or ():
                if not evaluate_condition(strict, assertion.get("Assert")):
                    return False
        except Undecided:
            continue
    return True
