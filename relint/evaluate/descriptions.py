"""Scenarios and values in words.

Names and values are in double quotes, because single quotes enclose the arguments of messages.
"""

from __future__ import annotations

from collections.abc import Iterable

from relint._typing import TYPE_CHECKING, Any
from relint.resolve.parameters import OTHER_VALUE

if TYPE_CHECKING:
    from relint.evaluate.scenarios import ScenarioResult
    from relint.resolve.choice import Choice
    from relint.resolve.deployments import Deployments

_MAX_VALUE_LENGTH = 100
_MAX_NAMED_VALUES = 3
"""Values of a parameter that a scenario names; of more, it names the ones that are left out, or counts them."""


def describe_scenario(deployments: Deployments, result: ScenarioResult, names: Iterable[str]) -> str | None:
    """Return the named choices of a scenario, such as 'IsProd is false (Environment is "dev")'; None without names.

    Conditions come first, each with the choices that decide it, then the choices that decide no condition.
    """
    descriptions: list[str] = []
    selected = set(names)
    described: set[str] = set()
    choices = [name for name in result.choices_made if name in selected]
    for condition, holds in result.conditions.items():
        causes = [name for name in choices if name in deployments.parameters_of(condition)]
        if causes and not described.issuperset(causes):
            described.update(causes)
            state = "true" if holds else "false"
            reasons = ", ".join(_describe_choice(deployments, result, name) for name in causes)
            descriptions.append(f"{condition} is {state} ({reasons})")
    descriptions += [_describe_choice(deployments, result, name) for name in choices if name not in described]
    return " and ".join(descriptions) or None


def _describe_choice(deployments: Deployments, result: ScenarioResult, name: str) -> str:
    choice, taken = result.choices_made[name]
    parameter = deployments.parameters.get(name)
    if parameter is None:
        return _describe_comparison(deployments, choice, taken[0], result)
    if choice.has_default and taken[0] == choice.options[0]:
        return f'{name} is "{taken[0]}"'
    if OTHER_VALUE in taken:
        return f"{name} is not {_alternatives(value for value in parameter.compared_literals if value not in taken)}"
    if len(taken) <= _MAX_NAMED_VALUES:
        return f"{name} is {_alternatives(taken)}"
    others = [option for option in choice.options if option not in taken]
    if OTHER_VALUE not in others and len(others) <= _MAX_NAMED_VALUES:
        return f"{name} is not {_alternatives(others)}"
    return f'{name} is "{taken[0]}" or one of {len(taken) - 1} other values'


def _alternatives(values: Iterable[str]) -> str:
    return " or ".join(f'"{value}"' for value in values)


def _describe_comparison(deployments: Deployments, choice: Choice, option: Any, result: ScenarioResult) -> str:
    """Return a comparison of unknown values, by the name of a condition, because the comparison itself has none.

    A condition on which parameters have no influence comes first, because it contains nothing but comparisons.
    """
    if choice.name.startswith("Condition "):
        return f"{choice.name.removeprefix('Condition ')} is {'true' if option else 'false'}"
    conditions = result.conditions
    compared = [name for name in conditions if deployments.parameters_of(name).isdisjoint(result.choices_made)]
    for condition in (*compared, *conditions):
        return f"{condition} is {'true' if conditions[condition] else 'false'}"
    return f"a comparison is {'true' if option else 'false'}"


def to_single_line(text: str) -> str:
    """Return a text on one line, with double quotes instead of single ones."""
    return " ".join(text.replace("'", '"').split())


def format_value(value: Any) -> str:
    """Return a value as a message shows it: on one line, a long text shortened, a mapping by its keys."""
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
    return to_single_line(text if len(text) <= _MAX_VALUE_LENGTH else text[: _MAX_VALUE_LENGTH - 3] + "...")
