"""The deployments in which a resource or an edge exists, in words."""

from __future__ import annotations

from collections.abc import Callable

from relint._typing import TYPE_CHECKING
from relint.checks.problem import NOT_APPLICABLE, PASS, Outcome
from relint.evaluate.descriptions import describe_scenario
from relint.evaluate.scenarios import FirstRun, explore_scenarios
from relint.model.view import View
from relint.resolve.scenario import Scenario

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.system.edges import Edge
    from relint.model.system.hints import Hint
    from relint.model.template import Template


class Presence:
    """The presence of the resources and edges of a template: each method returns the deployments that have one.

    They are empty for the deployment that is assumed, as in 'IsProd is true (Environment is "prod")' for others, and
    None if no deployment has it. What no value decides, such as a parameter without default, is named as well.
    """

    def __init__(self, template: Template) -> None:
        self._template = template

    def of_resource(self, resource: Resource) -> str | None:
        """Return the deployments that have a resource."""
        condition = resource.body.get("Condition")
        if not isinstance(condition, str):
            return ""
        return self._known(("condition", condition), lambda view: view.exists(resource))

    def of_edge(self, edge: Edge) -> str | None:
        """Return the deployments in which both resources and the reference exist."""
        resources, path = self._template.resources, edge.reference.path
        conditions = tuple(str(resources[name].body.get("Condition") or "") for name in (edge.source, edge.target))
        branches = path if "Fn::If" in path else ()
        if not any(conditions) and not branches:
            return ""
        return self._known((*conditions, *branches), edge.is_active)

    def of_hint(self, hint: Hint) -> str | None:
        """Return the deployments that have all that a hint needs."""
        return self._known(("hint", hint.source, hint.target), hint.is_active)

    def _known(self, key: tuple[object, ...], is_active: Callable[[View], bool]) -> str | None:
        known: dict[tuple[object, ...], str | None] = self._template.cache.setdefault("presence", {})
        if key not in known:
            known[key] = self._deployments(is_active)
        return known[key]

    def _deployments(self, is_active: Callable[[View], bool]) -> str | None:
        def evaluate(scenario: Scenario) -> Outcome:
            return PASS if is_active(View(self._template, scenario)) else NOT_APPLICABLE

        deployments = self._template.deployments
        scenario = Scenario(deployments)
        first = FirstRun(scenario, evaluate(scenario), scenario.conditions)
        results = explore_scenarios(deployments, first, evaluate).results
        active = [result for result in results if result.outcome.applies]
        if not active:
            return None
        if len(active) == len(results):
            return ""
        nearest = active[0]
        undecided = [name for name, (choice, _) in nearest.choices_made.items() if not choice.has_default]
        names = [*nearest.non_default_choices, *undecided]
        return (describe_scenario(deployments, nearest, names) or "in other deployments") if names else ""
