"""Rules against one template: verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from relint._named_tuple import NamedTuple
from relint.checks.problem import NOT_APPLICABLE, PASS, Outcome, Problem
from relint.evaluate import coded_checks
from relint.evaluate.clauses import Subject, conjunction, holds
from relint.evaluate.descriptions import describe_scenario
from relint.evaluate.prefilter import cannot_fail
from relint.evaluate.scenarios import MAX_SCENARIOS, Exploration, FirstRun, ScenarioResult, explore_scenarios
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
    """What a rule says of one resource: a verdict and, for fail and review, the problem; for open, the reason."""

    rule: Rule
    resource: Resource
    verdict: Verdict
    level: Level
    problem: Problem | None = None
    scenario: str | None = None
    reason: str | None = None


def judge(template: Template, rules: Mapping[str, Sequence[Rule]], notes: bool) -> Iterator[Judgement | RuleCrash]:
    """The judgements of the planned rules on a template, but for silence that is plain to see.

    Without `notes`, problems of level note count as passed.
    """
    asked: set[str] = set()
    calm = DefaultDeployment(template)
    macros = template.deployments.macros
    for_all = _mentioned(rules.get("*", ()), template)
    for kind, resources in template.by_type.items():
        for rule in (*(_mentioned(rules.get(kind, ()), template) if kind != "*" else ()), *for_all):
            if rule.scope == "template":
                if rule.id in asked:
                    continue
                asked.add(rule.id)
            for resource in resources[:1] if rule.scope == "template" else resources:
                if not macros and rule.attributes and resource.body.keys().isdisjoint(rule.attributes):
                    continue
                try:
                    if macros or not cannot_fail(rule, resource):
                        yield from judge_resource(calm, rule, resource, notes)
                except Exception as error:  # one rule that crashes must not hide what the others say
                    yield RuleCrash(rule, resource, error)


def _mentioned(rules: Sequence[Rule], template: Template) -> list[Rule]:
    """The rules about words that the template has."""
    text = template.document.text
    return [rule for rule in rules if not rule.mentions or any(word in text for word in rule.mentions)]


class RuleCrash(NamedTuple):
    """A rule that raised an exception."""

    rule: Rule
    resource: Resource
    error: Exception


class DefaultDeployment:
    """The template as it is in every deployment: a view that has met no choice yet, kept from question to question.

    What it has worked out holds for the next question as well; most questions meet no choice at all.
    """

    __slots__ = ("_view", "template")

    def __init__(self, template: Template) -> None:
        self.template = template
        self._view = View(template, Scenario(template.deployments))

    def evaluate(self, rule: Rule, resource: Resource, notes: bool) -> FirstRun:
        """The answer in the assumed deployment; a view that meets a choice on the way is not asked again."""
        view = self._view
        before = len(view.scenario.conditions)
        try:
            answer = _judge_in(view, rule, resource, notes)
        finally:
            if view.scenario.choices_made:
                self._view = View(self.template, Scenario(self.template.deployments))
        conditions = list(view.scenario.conditions.items())[before:] if view.scenario.choices_made else ()
        return FirstRun(view.scenario, answer, dict(conditions))


def judge_resource(calm: DefaultDeployment, rule: Rule, resource: Resource, notes: bool) -> Iterable[Judgement]:
    """What a rule says of one resource in all deployments that matter."""
    first = calm.evaluate(rule, resource, notes)
    if not first.scenario.choices_made and not first.outcome.problems and not first.outcome.unknown:  # as most are
        return (Judgement(rule, resource, "pass" if first.outcome.applies else "notApplicable", rule.level),)
    return _explored(calm.template, first, rule, resource, notes)


def _explored(template: Template, first: FirstRun, rule: Rule, resource: Resource, notes: bool) -> Iterator[Judgement]:
    def question(scenario: Scenario) -> Outcome:
        return _judge_in(View(template, scenario), rule, resource, notes)

    exploration = explore_scenarios(template.deployments, first, question)
    verdict, decisive = _verdict(exploration, rule)
    if verdict in ("fail", "review"):
        run = decisive[0]
        scenario = describe_scenario(template.deployments, run, _relevant(exploration, run, verdict))
        for problem in run.outcome.problems:
            yield Judgement(rule, resource, verdict, problem.level or rule.level, problem, scenario)
    elif verdict == "open":
        reason = f"more than {MAX_SCENARIOS} combinations of parameters and conditions matter to it"
        scenario = None
        if decisive:
            run = decisive[0]
            reason = run.outcome.unknown.reason if run.outcome.unknown else reason
            scenario = describe_scenario(template.deployments, run, run.non_default_choices)
        yield Judgement(rule, resource, verdict, rule.level, None, scenario, reason)
    else:
        yield Judgement(rule, resource, verdict, rule.level)


def _verdict(exploration: Exploration, rule: Rule) -> tuple[Verdict, list[ScenarioResult]]:
    """The verdict over all runs, and the runs that carry it."""
    assumed = [run for run in exploration.results if run.is_default_deployment]
    others = [run for run in exploration.results if not run.is_default_deployment] if rule.deployments == "all" else []
    if not assumed:  # the template's Rules forbid what the defaults would give
        assumed, others = others, []
    applicable = [run for run in assumed if run.outcome.applies]
    failing = [run for run in applicable if run.outcome.problems]
    undecided = [run for run in applicable if run.outcome.unknown and not run.outcome.problems]
    if failing:
        return ("fail" if len(failing) == len(applicable) else "review"), failing
    if undecided:
        return "open", undecided
    if elsewhere := [run for run in others if run.outcome.problems]:
        return "review", elsewhere
    if not exploration.is_complete:
        return "open", []
    if applicable or any(run.outcome.applies and not run.outcome.unknown for run in others):
        return "pass", applicable
    if unknown := [run for run in others if run.outcome.unknown]:
        return "open", unknown
    return "notApplicable", []


def _relevant(exploration: Exploration, run: ScenarioResult, verdict: Verdict) -> list[str]:
    """The choices without which the verdict would be another."""
    names = []
    for name, (_, choice) in run.choices_made.items():
        for other in exploration.results:
            if other.outcome.problems or name not in other.choices_made or other.choices_made[name][1] == choice:
                continue
            if all(
                other.choices_made[met][1] == made[1]
                for met, made in run.choices_made.items()
                if met in other.choices_made and met != name
            ):
                names.append(name)
                break
    if not names and verdict == "review":
        return list(run.non_default_choices or run.choices_made)
    return names


def _judge_in(view: View, rule: Rule, resource: Resource, notes: bool) -> Outcome:
    """The first case whose `when` holds decides."""
    if rule.scope == "resource" and not view.exists(resource):
        return NOT_APPLICABLE
    subject = Subject(resource, view.root(resource))
    possible: list[Outcome] = []
    doubt: Unknown | None = None
    for case in rule.cases:
        if case.resources and resource.type not in case.resources and "*" not in case.resources:
            continue
        applies: Truth = holds(view, subject, case.when) if case.when else True
        if applies is not False:
            possible.append(_apply(view, rule, case, subject, notes))
        if applies is True:
            return _merged(possible, doubt) if doubt else possible[-1]
        if isinstance(applies, Unknown):
            doubt = doubt or applies
    return _merged([*possible, NOT_APPLICABLE], doubt)


def _merged(possible: list[Outcome], doubt: Unknown | None) -> Outcome:
    """The outcome when it is not known which of several cases decides: the last one if all of them agree."""
    last = possible[-1]
    if doubt is None or all(_kind(outcome) == _kind(last) for outcome in possible):
        return last
    if not any(outcome.problems or outcome.unknown for outcome in possible):
        return PASS
    return Outcome(unknown=doubt)


def _kind(outcome: Outcome) -> tuple[bool, tuple[Level | None, ...], bool]:
    """What two outcomes that say the same have in common; without the levels, `notes` would change verdicts."""
    return outcome.applies, tuple(problem.level for problem in outcome.problems), outcome.unknown is not None


def _apply(view: View, rule: Rule, case: Case, subject: Subject, notes: bool) -> Outcome:
    """What one case says; without `notes`, what it would only note counts as passed."""
    problems: list[Problem] = []
    unknown: Unknown | None = None
    for item in _found(view, rule, case, subject, notes):
        if isinstance(item, Unknown):
            unknown = unknown or item
            continue
        level = item.level or case.level or rule.level
        if notes or level != "note":
            problems.append(Problem(item.path, item.values, item.related, item.message or case.message, level))
    return Outcome(problems=tuple(problems), unknown=unknown) if problems or unknown else PASS


def _found(view: View, rule: Rule, case: Case, subject: Subject, notes: bool) -> Iterator[Problem | Unknown]:
    """The problems of the coded check, then that of the first assertion that fails."""
    if case.check:
        yield from coded_checks.run_check(case.check, subject.resource, view, case.params)
    for clause in case.asserts:
        answer = conjunction(view, subject, [clause])
        inner = answer.clause or {}
        level = inner.get("level") or case.level or rule.level
        if answer.truth is True or (level == "note" and not notes):
            continue
        if isinstance(answer.truth, Unknown):
            yield answer.truth
            continue
        yield Problem(answer.path, {"value": answer.value}, (), inner.get("message"), level)
        return
