"""Deployments for tests: parameter values that name a stage which is not production."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from relint.evaluate.scenarios import Exploration, ScenarioResult

# fmt: off
_TEST_STAGES = frozenset({
    "alpha", "beta", "build", "ci", "code", "demo", "dev", "devel", "develop", "development", "devtest",
    "experiment", "feature", "int", "integration", "lab", "local", "nonprod", "nonproduction", "perf",
    "performance", "playground", "poc", "preprod", "preproduction", "preview", "qa", "sandbox", "sbx", "stage",
    "staging", "stg", "systest", "test", "testing", "tst", "uat",
})
# fmt: on
_PRODUCTION = frozenset({"live", "prd", "prod", "production"})
_NONPRODUCTION = tuple(f"{prefix}{sign}prod" for prefix in ("non", "pre") for sign in ("", "-", "_", " "))


def _words(option: Any) -> set[str]:
    """Return the words of a parameter value, such as {"my", "dev"} of "my-dev2"."""
    text = option.lower() if isinstance(option, str) else ""
    for spelling in _NONPRODUCTION:
        text = text.replace(spelling, "nonprod")
    return set("".join(character if "a" <= character <= "z" else " " for character in text).split())


def is_test_stage(option: Any) -> bool:
    """Whether a parameter value names a stage that is not production."""
    return bool(_words(option) & _TEST_STAGES)


def is_right_in_production(exploration: Exploration, failing: ScenarioResult) -> bool:
    """Whether a failing result is that of a test stage, and the same deployment passes in production.

    The test stage is the default of a parameter.
    """
    return any(_pass(production_of(exploration, failing, name)) for name in test_stages_of(failing))


def test_stages_of(result: ScenarioResult) -> list[str]:
    """Return the names of the choices of which a result takes the default, which is a test stage."""
    return [
        name
        for name, (choice, taken) in result.choices_made.items()
        if choice.has_default and taken[0] == choice.options[0] and is_test_stage(taken[0])
    ]


def production_of(exploration: Exploration, result: ScenarioResult, name: str) -> list[ScenarioResult]:
    """Return the results that differ from a result in the stage only, and are those of production.

    Production is the stages of that name, or if there are none, all others that are no test stages.
    """
    others = [
        (option, other)
        for other in exploration.results
        if name in other.choices_made and result.shares_choices(other, besides=name)
        for option in other.choices_made[name][1]
        if not is_test_stage(option)
    ]
    production = [(option, other) for option, other in others if _words(option) & _PRODUCTION] or others
    return [other for _, other in production]


def _pass(results: list[ScenarioResult]) -> bool:
    outcomes = [result.outcome for result in results]
    return bool(outcomes) and all(
        outcome.applies and not outcome.problems and outcome.unknown is None for outcome in outcomes
    )
