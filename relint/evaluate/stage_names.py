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

    The test stage is the default of a parameter. Production is the stages of that name, or if there are none, all
    others that are no test stages.
    """
    return any(
        choice.has_default
        and taken[0] == choice.options[0]
        and is_test_stage(taken[0])
        and _passes(exploration, failing, name)
        for name, (choice, taken) in failing.choices_made.items()
    )


def _passes(exploration: Exploration, failing: ScenarioResult, name: str) -> bool:
    """Whether the results that differ from a failing one in the stage only pass in production."""
    stages = [
        (option, result.outcome)
        for result in exploration.results
        if name in result.choices_made and failing.shares_choices(result, besides=name)
        for option in result.choices_made[name][1]
    ]
    others = [(option, outcome) for option, outcome in stages if not is_test_stage(option)]
    production = [(option, outcome) for option, outcome in others if _words(option) & _PRODUCTION] or others
    return bool(production) and all(
        outcome.applies and not outcome.problems and outcome.unknown is None for _, outcome in production
    )
