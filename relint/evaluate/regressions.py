"""Regressions: rules that a resource passed in the old template and fails in the new one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING
from relint.change.protection.causes import find_cause
from relint.change.records import Regression
from relint.checks.problem import PASS
from relint.evaluate.engine import (
    DefaultDeployment,
    Judgement,
    evaluate_rule,
    judge_resource,
    may_fail,
    subjects,
)
from relint.evaluate.finding_builder import build_crash, build_finding, resource_at, without_duplicates
from relint.evaluate.scenario_evaluator import ScenarioEvaluator

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.change.records import Comparison
    from relint.checks.problem import Outcome, Problem
    from relint.finding import Failure
    from relint.model.resource import Resource
    from relint.source.location import Path


def find_regressions(comparison: Comparison, rules: Mapping[str, Sequence[Rule]]) -> Iterator[Regression | Failure]:
    """Yield the regressions of rules, which are given by resource type, and a failure for each rule that crashed.

    Both templates are judged in one deployment, that of the comparison. A resource that the old template does not have
    cannot regress. The result is open if either template leaves open whether the rule passes, unless the new one fails
    and the change does no more than take items of a list away. Rules that yield to others do so.
    """
    found: list[Regression] = []
    search = _Search(comparison, rules)
    for rule, resource in subjects(comparison.new.template, rules):
        try:
            found += search.regressions(rule, resource)
        except Exception as error:  # a rule that crashes must not hide the findings of other rules
            yield build_crash(comparison.new.template, rule, resource, error)
    by_finding = {id(regression.finding): regression for regression in found}
    yield from (by_finding[id(finding)] for finding in without_duplicates(entry.finding for entry in found))


class _Search:
    """Judges both templates of a comparison, each in its deployment."""

    def __init__(self, comparison: Comparison, rules: Mapping[str, Sequence[Rule]]) -> None:
        self._comparison = comparison
        self._rules = rules
        self._old = ScenarioEvaluator(comparison.old)
        self._new = ScenarioEvaluator(comparison.new)
        self._all_deployments = DefaultDeployment(comparison.new.template)
        self._predecessors = _predecessors(comparison)
        self._old_subjects: Mapping[str, Resource] | None = None

    def regressions(self, rule: Rule, resource: Resource) -> Iterator[Regression]:
        """Yield the regressions of a rule on one resource of the new template."""
        if not may_fail(self._new.view.template, rule, resource):
            return
        outcome = evaluate_rule(self._new, rule, resource, include_notes=True)
        if not outcome.problems and not outcome.unknown:
            return
        old_resource = self._old_subject(rule, resource)
        if old_resource is None:
            return
        old_outcome = evaluate_rule(self._old, rule, old_resource, include_notes=True)
        decided = list(self._decided(rule, resource, old_resource, old_outcome)) if outcome.problems else []
        if old_outcome.unknown:
            decided = [regression for regression in decided if self._can_only_weaken(regression)]
        if decided or (outcome.problems and not old_outcome.unknown):
            yield from decided
        elif old_outcome.applies and not old_outcome.problems and (not old_outcome.unknown or outcome.problems):
            yield from self._open(rule, resource, outcome, old_outcome)

    def _decided(
        self, rule: Rule, resource: Resource, old_resource: Resource, old_outcome: Outcome
    ) -> Iterator[Regression]:
        """Yield the problems of the new template that the old one does not have on the same resource.

        A rule about the template may fail before, on other resources; as many problems elsewhere are the same ones.
        Where the old template had no more than a note, what is graver is a regression if its value changed.
        """
        judgements = list(judge_resource(self._all_deployments, rule, resource, include_notes=True))
        had_note = {problem.level or rule.level for problem in old_outcome.problems} == {"note"}
        if had_note:
            judgements = [judgement for judgement in judgements if judgement.level != "note"]
            old_outcome = PASS
        if old_outcome.problems and (rule.scope != "template" or len(judgements) <= len(old_outcome.problems)):
            return
        old_template = self._old.view.template
        failed_before = {
            resource_at(old_template, old_resource, old_template.source_path(problem.path)).logical_id
            for problem in old_outcome.problems
        }
        for judgement in judgements:
            if judgement.verdict in ("fail", "review") and judgement.problem is not None:
                regression = self._regression(judgement, judgement.problem.path)
                if regression is None or regression.old.logical_id in failed_before:
                    continue
                if not had_note or self._is_about_changed_value(regression):
                    yield regression._replace(has_passed=old_outcome.applies)

    def _is_about_changed_value(self, regression: Regression) -> bool:
        cause = find_cause(self._comparison, regression)
        return cause is not None and cause.is_asked_for

    def _can_only_weaken(self, regression: Regression) -> bool:
        """Whether the change takes items away and adds none, so that nobody needs to know what they were worth."""
        cause = find_cause(self._comparison, regression)
        return cause is not None and cause.removes_items

    def _open(self, rule: Rule, resource: Resource, outcome: Outcome, old_outcome: Outcome) -> Iterator[Regression]:
        """Yield that either template leaves the verdict of a rule open."""
        unknown = old_outcome.unknown or outcome.unknown
        assert unknown is not None, "one side is open"
        judgement = Judgement(rule, resource, verdict="open", level=rule.level, reason=unknown.reason)
        regression = self._regression(judgement, _path_of(outcome.problems, resource))
        if regression:
            yield regression

    def _regression(self, judgement: Judgement, path: Path) -> Regression | None:
        template = self._new.view.template
        path = template.source_path(path)
        owner = resource_at(template, judgement.resource, path)
        old_owner = self._predecessors.get(owner.logical_id)
        if old_owner is None:
            return None
        finding = build_finding(template, judgement)
        return Regression(finding=finding, path=path, old=old_owner, new=owner, fixed_by=judgement.rule.update)

    def _old_subject(self, rule: Rule, resource: Resource) -> Resource | None:
        """Return the resource of the old template on which the rule is judged; None if there is none."""
        if rule.scope != "template":
            return self._predecessors.get(resource.logical_id)
        if self._old_subjects is None:
            pairs = subjects(self._old.view.template, self._rules)
            self._old_subjects = {rule.id: subject for rule, subject in pairs if rule.scope == "template"}
        return self._old_subjects.get(rule.id)


def _path_of(problems: tuple[Problem, ...], resource: Resource) -> Path:
    return problems[0].path if problems else resource.path


def _predecessors(comparison: Comparison) -> Mapping[str, Resource]:
    """Return the resource of the same type that each resource of the new template was, by the logical id of now."""
    new = comparison.new.template.resources
    predecessors = {
        resource.logical_id: resource
        for of_type in comparison.old.template.by_type.values()
        for resource in of_type
        if resource.logical_id in new and new[resource.logical_id].type == resource.type
    }
    for change in comparison.changes:
        if change.kind != "modified" and change.new:
            predecessors.pop(change.new.logical_id, None)
        if change.kind == "renamed" and change.new and change.old:
            predecessors[change.new.logical_id] = change.old
    return predecessors
