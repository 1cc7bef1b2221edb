"""Scenarios and reasons in words. Double quotes inside: the messages that carry them use single ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from relint.resolve.parameters import OTHER_VALUE

if TYPE_CHECKING:
    from relint.evaluate.scenarios import ScenarioResult
    from relint.resolve.choice import Choice
    from relint.resolve.deployments import Deployments


def describe_scenario(deployments: Deployments, run: ScenarioResult, names: Iterable[str]) -> str | None:
    """The choices `names` of a run: 'IsProd is false (Environment is "dev")'; None when there are none."""
    clauses: list[str] = []
    told: set[str] = set()
    wanted = [name for name in run.choices_made if name in set(names)]
    for condition, holds in run.conditions.items():
        causes = [name for name in wanted if name in deployments.parameters_of(condition)]
        if causes and not told.issuperset(causes):
            told.update(causes)
            state = "true" if holds else "false"
            clauses.append(f"{condition} is {state} ({', '.join(_choice(deployments, run, name) for name in causes)})")
    clauses += [_choice(deployments, run, name) for name in wanted if name not in told]
    return " and ".join(clauses) or None


def _choice(deployments: Deployments, run: ScenarioResult, name: str) -> str:
    atom, choice = run.choices_made[name]
    parameter = deployments.parameters.get(name)
    if parameter is None:
        return _comparison(atom, choice, run)
    if choice is OTHER_VALUE:
        return f"{name} is not " + " or ".join(f'"{value}"' for value in parameter.compared_literals)
    return f'{name} is "{choice}"'


def _comparison(atom: Choice, choice: Any, run: ScenarioResult) -> str:
    """A comparison that is no parameter's is named by the condition that it decides, if it decides one alone."""
    if atom.name.startswith("Condition "):
        return f"{atom.name.removeprefix('Condition ')} is {'true' if choice else 'false'}"
    for condition, holds in run.conditions.items():
        return f"{condition} is {'true' if holds else 'false'}"
    return f"a comparison is {'true' if choice else 'false'}"


def to_single_line(text: str) -> str:
    """A text for use between single quotes and on one line."""
    return " ".join(text.replace("'", '"').split())


def format_value(value: Any) -> str:
    """A value as it appears in a message."""
    from relint.resolve.value import ABSENT, Unknown, scalar_text

    if value is ABSENT:
        return "absent"
    if isinstance(value, Unknown):
        return "unknown"
    if isinstance(value, list):
        return to_single_line(", ".join(format_value(item) for item in value))
    if isinstance(value, dict):
        return to_single_line(", ".join(value))
    text = scalar_text(value)
    return to_single_line(text if len(text) <= 100 else text[:97] + "...")
