"""Evaluation of rules on one template: a verdict for each rule and resource."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.checks.problem import NOT_APPLICABLE, PASS, Outcome, Problem
from relint.evaluate.descriptions import describe_scenario
from relint.evaluate.prefilter import cannot_fail
from relint.evaluate.scenario_evaluator import ScenarioEvaluator, Subject
from relint.evaluate.scenarios import MAX_SCENARIOS, Exploration, FirstRun, explore_scenarios
from relint.evaluate.verdicts import decisive_choices, verdict_of
from relint.model.view import View
from relint.resolve.scenario import Scenario
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.catalog.rule import Case, Rule
    from relint.finding import Verdict
    from relint.level import Level
    from relint.logic.truth import Truth
    from relint.model.resource import Resource
    from relint.model.template import Template


class Judgement(NamedTuple):
    """The verdict of a rule on one resource.

    `problem` is set for the verdicts fail and review, `reason` for open. `scenario` says when the verdict holds.
    """

    rule: Rule
    resource: Resource
    verdict: Verdict
    level: Level
    problem: Problem | None = None
    scenario: str | None = None
    reason: str | None = None


class RuleCrash(NamedTuple):
    """A rule that raised an exception."""

    rule: Rule
    resource: Resource
    error: Exception


class DefaultDeployment:
    """Evaluates rules in the default deployment.

    All rules share one view until an evaluation depends on a choice (a parameter or condition); then a new view is
    started, because the choices made so far would count as choices of the next rule.
    """

    __slots__ = ("_evaluator", "_evaluators_if_created", "template")

    def __init__(self, template: Template) -> None:
        self.template = template
        self._evaluator = _new_evaluator(template, Scenario(template.deployments))
        self._evaluators_if_created: dict[str, ScenarioEvaluator] = {}

    def evaluate(self, rule: Rule, resource: Resource, *, include_notes: bool) -> FirstRun:
        """Return the outcome of a rule, with the choices and conditions on which it depends."""
        evaluator = self._evaluator
        scenario = evaluator.view.scenario
        conditions_before = len(scenario.conditions)
        try:
            outcome = evaluate_rule(evaluator, rule, resource, include_notes=include_notes)
        finally:
            if scenario.choices_made:
                self._evaluator = _new_evaluator(self.template, Scenario(self.template.deployments))
        conditions = list(scenario.conditions.items())[conditions_before:] if scenario.choices_made else ()
        return FirstRun(scenario=scenario, outcome=outcome, conditions=dict(conditions))

    def evaluate_if_created(self, rule: Rule, resource: Resource, *, include_notes: bool) -> Outcome | None:
        """Return the outcome wherever the condition of the resource holds; None if it depends on further choices."""
        condition = resource.body.get("Condition")
        if rule.scope != "resource" or not isinstance(condition, str):
            return None
        evaluator = self._evaluators_if_created.pop(condition, None)
        if evaluator is None:
            scenario = Scenario(self.template.deployments)
            scenario.conditions[condition] = True
            evaluator = _new_evaluator(self.template, scenario)
        outcome = evaluate_rule(evaluator, rule, resource, include_notes=include_notes)
        if evaluator.view.scenario.choices_made:
            return None
        self._evaluators_if_created[condition] = evaluator
        return outcome


def judge(
    template: Template, rules: Mapping[str, Sequence[Rule]], *, include_notes: bool
) -> Iterator[Judgement | RuleCrash]:
    """Yield the judgements of rules, by resource type, on a template.

    Rules that the prefilter skips yield nothing. Without `include_notes`, a problem of level note counts as passed.
    """
    default_deployment = DefaultDeployment(template)
    for rule, resource in subjects(template, rules):
        try:
            if may_fail(template, rule, resource):
                yield from judge_resource(default_deployment, rule, resource, include_notes=include_notes)
        except Exception as error:  # a rule that crashes must not hide the findings of other rules
            yield RuleCrash(rule, resource, error)


def subjects(template: Template, rules: Mapping[str, Sequence[Rule]]) -> Iterator[tuple[Rule, Resource]]:
    """Yield rules, which are given by resource type, with each resource of a template that they judge.

    A rule about the template comes once, with the first resource of its types.
    """
    template_rules_done: set[str] = set()
    macros = template.deployments.macros
    rules_for_all_types = _relevant_rules(rules.get("*", ()), template)
    for resource_type, resources in template.by_type.items():
        rules_for_type = _relevant_rules(rules.get(resource_type, ()), template) if resource_type != "*" else ()
        for rule in (*rules_for_type, *rules_for_all_types):
            if rule.scope == "template":
                if rule.id in template_rules_done:
                    continue
                template_rules_done.add(rule.id)
            for resource in resources[:1] if rule.scope == "template" else resources:
                if macros or not rule.attributes or not resource.body.keys().isdisjoint(rule.attributes):
                    yield rule, resource


def may_fail(template: Template, rule: Rule, resource: Resource) -> bool:
    """Whether a rule has to be evaluated on a resource, as far as literal values tell; macros may add to them."""
    return bool(template.deployments.macros) or not cannot_fail(rule, resource)


def judge_resource(
    default_deployment: DefaultDeployment, rule: Rule, resource: Resource, *, include_notes: bool
) -> Iterable[Judgement]:
    """Return the judgements of a rule on one resource, over all deployments that matter."""
    if_created = None
    if "Condition" in resource.body:
        if_created = default_deployment.evaluate_if_created(rule, resource, include_notes=include_notes)
    if if_created is not None and not if_created.problems and not if_created.unknown:
        return (_silent_judgement(rule, resource, if_created),)
    first = default_deployment.evaluate(rule, resource, include_notes=include_notes)
    outcome = first.outcome
    if not first.scenario.choices_made and not outcome.problems and not outcome.unknown:  # the most frequent result
        return (_silent_judgement(rule, resource, outcome),)
    template = default_deployment.template

    def evaluate(scenario: Scenario) -> Outcome:
        evaluator = _new_evaluator(template, scenario)
        if if_created is not None:
            return if_created if evaluator.view.exists(resource) else NOT_APPLICABLE
        return evaluate_rule(evaluator, rule, resource, include_notes=include_notes)

    return _judge_all_scenarios(explore_scenarios(template.deployments, first, evaluate), template, rule, resource)


def _silent_judgement(rule: Rule, resource: Resource, outcome: Outcome) -> Judgement:
    return Judgement(rule, resource, verdict="pass" if outcome.applies else "notApplicable", level=rule.level)


def _relevant_rules(rules: Sequence[Rule], template: Template) -> list[Rule]:
    """Return the rules without keywords (`mentions`) and those with a keyword that the template contains."""
    text = template.document.text
    return [rule for rule in rules if not rule.mentions or any(keyword in text for keyword in rule.mentions)]


def _judge_all_scenarios(
    exploration: Exploration, template: Template, rule: Rule, resource: Resource
) -> Iterator[Judgement]:
    verdict, decisive = verdict_of(exploration, rule)
    if verdict in ("fail", "review"):
        result = decisive[0]
        names = decisive_choices(exploration, result, verdict)
        scenario = describe_scenario(template.deployments, result, names)
        for problem in result.outcome.problems:
            level = problem.level or rule.level
            yield Judgement(rule, resource, verdict=verdict, level=level, problem=problem, scenario=scenario)
    elif verdict == "open":
        reason = f"more than {MAX_SCENARIOS} combinations of parameters and conditions matter to it"
        scenario = None
        if decisive:
            result = decisive[0]
            reason = result.outcome.unknown.reason if result.outcome.unknown else reason
            scenario = describe_scenario(template.deployments, result, result.non_default_choices)
        yield Judgement(rule, resource, verdict=verdict, level=rule.level, scenario=scenario, reason=reason)
    else:
        yield Judgement(rule, resource, verdict=verdict, level=rule.level)


def _new_evaluator(template: Template, scenario: Scenario) -> ScenarioEvaluator:
    return ScenarioEvaluator(View(template, scenario))


def evaluate_rule(evaluator: ScenarioEvaluator, rule: Rule, resource: Resource, *, include_notes: bool) -> Outcome:
    """Return the outcome of the first case that applies; if it is unknown which one applies, of all that may."""
    view = evaluator.view
    if rule.scope == "resource" and not view.exists(resource):
        return NOT_APPLICABLE
    subject = Subject(resource, view.root(resource))
    outcomes: list[Outcome] = []
    unknown: Unknown | None = None
    for case in rule.body.cases_for(resource.type):
        applies: Truth = evaluator.evaluate_all(subject, case.when).truth if case.when else True
        if applies is not False:
            outcomes.append(_evaluate_case(evaluator, subject, rule, case, include_notes=include_notes))
        if applies is True:
            return _combine(outcomes, unknown) if unknown else outcomes[-1]
        if unknown is None and isinstance(applies, Unknown):
            unknown = applies
    return _combine([*outcomes, NOT_APPLICABLE], unknown)


def _combine(outcomes: list[Outcome], unknown: Unknown | None) -> Outcome:
    """Return the last outcome if all are alike; else it is unknown for the given reason which of them counts."""
    last = outcomes[-1]
    if unknown is None or all(_signature(outcome) == _signature(last) for outcome in outcomes):
        return last
    if not any(outcome.problems or outcome.unknown for outcome in outcomes):
        return PASS
    return Outcome(unknown=unknown)


def _signature(outcome: Outcome) -> tuple[bool, tuple[Level | None, ...], bool]:
    """Return what outcomes that are alike share, levels included: otherwise `include_notes` would change verdicts."""
    return outcome.applies, tuple(problem.level for problem in outcome.problems), outcome.unknown is not None


def _evaluate_case(
    evaluator: ScenarioEvaluator, subject: Subject, rule: Rule, case: Case, *, include_notes: bool
) -> Outcome:
    problems: list[Problem] = []
    unknown: Unknown | None = None
    for problem in _case_problems(evaluator, subject, rule, case, include_notes=include_notes):
        if isinstance(problem, Unknown):
            unknown = unknown or problem
            continue
        level = problem.level or case.level or rule.level
        if include_notes or level != "note":
            problems.append(problem._replace(message=problem.message or case.message, level=level))
    return Outcome(problems=tuple(problems), unknown=unknown) if problems or unknown else PASS


def _case_problems(
    evaluator: ScenarioEvaluator, subject: Subject, rule: Rule, case: Case, *, include_notes: bool
) -> Iterator[Problem | Unknown]:
    """Yield the problems of the coded check, then that of the first assertion that fails."""
    if case.check is not None:
        yield from evaluator.run_check(subject, case.check, case.params)
    for clause in case.asserts:
        result = evaluator.evaluate(subject, clause)
        if result.truth is True:
            continue
        level = result.level or case.level or rule.level
        if level == "note" and not include_notes:
            continue
        if isinstance(result.truth, Unknown):
            yield result.truth
            continue
        yield Problem(path=result.path, values={"value": result.value}, message=result.message, level=level)
        return
