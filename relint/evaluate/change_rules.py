"""Rules about changes, whose scope is `change`: the findings in the comparison of two templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING, Any
from relint.catalog.message_template import OPEN, fill_placeholder, find_placeholders, render
from relint.change.change_document import change_document, judged_type, place_of, value_change_at
from relint.change.change_set.records import is_open_value
from relint.change.value_text import describe_old, text_of_value
from relint.checks.problem import Outcome, Problem
from relint.evaluate.coded_checks import run_change_check
from relint.evaluate.descriptions import to_single_line
from relint.evaluate.engine import evaluate_rule
from relint.evaluate.finding_builder import related_place, report_path
from relint.evaluate.scenario_evaluator import ScenarioEvaluator, Subject
from relint.finding import Failure, Finding
from relint.resolve.value import ABSENT, Located, Unknown, is_call

if TYPE_CHECKING:
    from relint.catalog.clause import Steps
    from relint.catalog.rule import Rule
    from relint.change.records import Comparison, ResourceChange
    from relint.finding import Related
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.source.location import Path


_PHRASES = ("reason", "consequence", "detail", "says")
"""Message values that are parts of sentences, which are never shortened."""


class ChangeEvaluator(ScenarioEvaluator):
    """Evaluates clauses and coded checks on the change of a resource."""

    __slots__ = ("change", "comparison")

    def __init__(self, change: ResourceChange, comparison: Comparison) -> None:
        super().__init__(comparison.new)
        self.change = change
        self.comparison = comparison

    def select(self, subject: Subject, path: Steps) -> list[Located]:
        """Return the values at a path; a macro may add to the templates, not to what their comparison says."""
        return [_without_macro(value) for value in super().select(subject, path)]

    def run_check(self, subject: Subject, name: str, params: Mapping[str, Any]) -> Iterable[Problem | Unknown]:
        """Return the problems that a coded check finds in the change."""
        return run_change_check(name, self.change, self.comparison, params)


def _without_macro(value: Located) -> Located:
    is_of_template = value.path[:1] in (("Old",), ("New",))
    is_added = isinstance(value.value, Unknown) and is_call(value.value.expression, "Macro")
    return Located(ABSENT, value.path) if is_added and not is_of_template else value


def find_change_problems(
    comparison: Comparison, rules: Sequence[Rule], *, include_notes: bool
) -> Iterator[Finding | Failure]:
    """Yield the findings of rules about changes of resources, and a failure for each rule that crashed.

    Without `include_notes`, problems of level note are left out.
    """
    findings: list[Finding] = []
    for change in comparison.changes:
        resource_type = judged_type(change)
        applicable = [rule for rule in rules if not {"*", resource_type}.isdisjoint(rule.resources)]
        if not applicable:
            continue
        document = change_document(change, comparison)
        for rule in applicable:
            evaluator = ChangeEvaluator(change, comparison)
            try:
                outcome = evaluate_rule(evaluator, rule, document, include_notes=include_notes)
                findings += _findings(comparison, change, rule, outcome)
            except Exception as error:  # a rule that crashes must not hide the findings of other rules
                yield _crash(comparison, change, rule, error)
    yield from findings


def _findings(comparison: Comparison, change: ResourceChange, rule: Rule, outcome: Outcome) -> Iterator[Finding]:
    for problem in outcome.problems:
        yield _build_finding(comparison, change, rule, problem)
    if outcome.unknown and not outcome.problems:
        yield _build_finding(comparison, change, rule, None, reason=to_single_line(outcome.unknown.reason))


def _build_finding(
    comparison: Comparison, change: ResourceChange, rule: Rule, problem: Problem | None, reason: str | None = None
) -> Finding:
    """Return the finding of a problem; without one, the open finding of what the templates do not decide."""
    path = problem.path if problem else ()
    place = place_of(change, path)
    view = _view(comparison, place.side)
    owner = _owner(view, place.path, change.resource)
    reported = report_path(view.template, owner, view.template.source_path(place.path))
    message_id = (problem.message or "default") if problem else "open"
    text = rule.messages[message_id] if problem else OPEN
    values = {**_values(change, path), **(problem.values if problem else {}), "reason": reason}
    arguments = tuple(
        fill_placeholder(name, lambda key: _text_of(values.get(key, ""), is_phrase=key in _PHRASES))
        for name in find_placeholders(text)
    )
    document = view.template.document
    file = document.file_of(reported)
    return Finding(
        rule=rule,
        verdict="fail" if problem else "open",
        level=(problem.level if problem else None) or rule.level,
        message=render(text, arguments),
        message_id=message_id,
        arguments=arguments,
        file=file,
        path=reported,
        span=document.span_of(reported),
        logical_id=owner.logical_id,
        resource_type=owner.type,
        cdk_path=owner.cdk_path,
        related=tuple(_related(comparison, change, problem, file)),
        reason=reason,
    )


def _owner(view: View, path: Path, changed: Resource) -> Resource:
    """Return the resource that a path leads to: the changed one, or another one that the change concerns."""
    if path[: len(changed.path)] == changed.path or path[:1] != ("Resources",) or len(path) < 2:
        return changed
    return view.template.resources.get(str(path[1]), changed)


def _values(change: ResourceChange, path: Path) -> dict[str, Any]:
    """Return the values of messages: those of the resource, and of the value to which the path leads."""
    replacing = dict.fromkeys(value.property for value in change.properties if value.effect == change.effect)
    values: dict[str, Any] = {
        "resource": change.logical_id,
        "type": change.type,
        "old_resource": change.old.logical_id if change.old else ABSENT,
        "old_type": change.old.type if change.old else ABSENT,
        "kept_name": change.kept_name,
        "properties": ", ".join(replacing),
    }
    value = value_change_at(change, path)
    if value is not None:
        values.update(property=value.property, old=value.old, new=value.new, replaced=value.replaced)
    return values


def _related(comparison: Comparison, change: ResourceChange, problem: Problem | None, file: str) -> Iterator[Related]:
    """Yield the old place of what is reported in the new template, and the further places of the problem."""
    path = problem.path if problem else ()
    old, value = change.old, value_change_at(change, path)
    is_elsewhere = path[:1] in (("Old",), ("New",)) and path[1:2] == ("Resources",)
    is_in_old_only = change.kind == "removed" and change.new is None
    is_hidden = value is not None and is_open_value(value.old) and comparison.old.template.document.file == file
    if old is not None and change.kind != "added" and not (is_in_old_only or is_elsewhere or is_hidden):
        old_path = value.old_path if value else old.path
        yield _related_place(comparison, "Old", old, old_path, describe_old(value), file)
    for further_path, message in problem.related if problem else ():
        place = place_of(change, further_path)
        owner = _view(comparison, place.side).template.resources.get(str(place.path[1]), change.resource)
        yield _related_place(comparison, place.side, owner, place.path, message, file)


def _related_place(comparison: Comparison, side: str, owner: Resource, path: Path, message: str, file: str) -> Related:
    template = _view(comparison, side).template
    place = report_path(template, owner, template.source_path(path))
    return related_place(template, file, place, message, owner.logical_id)


def _text_of(value: Any, *, is_phrase: bool = False) -> str:
    return str(value) if is_phrase else to_single_line(text_of_value(value))


def _view(comparison: Comparison, side: str) -> View:
    return comparison.old if side == "Old" else comparison.new


def _crash(comparison: Comparison, change: ResourceChange, rule: Rule, error: Exception) -> Failure:
    document = comparison.new.template.document
    message = (
        f"Rule '{rule.id}' crashed on the change of '{change.logical_id}' ({type(error).__name__}: {error}); "
        "this is a defect of the rule."
    )
    return Failure(file=document.file, stage="check", message=message)
