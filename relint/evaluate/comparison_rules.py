"""Rules about two templates as a whole, whose scope is `comparison` or `recovery`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from relint._typing import TYPE_CHECKING, Any
from relint.catalog.message_template import OPEN, fill_placeholder, find_placeholders, render
from relint.evaluate.coded_checks import run_comparison_check
from relint.evaluate.descriptions import format_value, to_single_line
from relint.evaluate.finding_builder import as_written, related_place, report_path, resource_at
from relint.finding import Failure, Finding

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.change.change_document import Place
    from relint.change.records import Comparison, Regression
    from relint.checks.problem import ComparisonProblem
    from relint.finding import Related
    from relint.model.resource import Resource
    from relint.model.template import Template
    from relint.source.location import Path

_PHRASES = ("facts", "factor", "finding", "growth", "reason", "rules")
"""Values of messages that are parts of the sentence: put on one line, and never shortened."""


def find_comparison_problems(
    comparison: Comparison, rules: Iterable[Rule], regressions: Sequence[Regression], *, include_notes: bool
) -> Iterator[Finding | Failure]:
    """Yield the findings of rules about two templates, and a failure for each rule that crashed.

    `regressions` are those of other rules. Without `include_notes`, problems of level note are left out.
    """
    for rule in rules:
        try:
            for case in rule.cases:
                assert case.check is not None, "only coded checks judge two templates"
                for problem in run_comparison_check(case.check, comparison, regressions, case.params):
                    if include_notes or (problem.level or rule.level) != "note":
                        yield _build_finding(comparison, rule, problem)
        except Exception as error:  # a rule that crashes must not hide the findings of other rules
            message = f"Rule '{rule.id}' crashed ({type(error).__name__}: {error}); this is a defect of the rule."
            yield Failure(file=comparison.new.template.document.file, stage="check", message=message)


def _build_finding(comparison: Comparison, rule: Rule, problem: ComparisonProblem) -> Finding:
    template, owner, path = _locate(comparison, problem.place, problem.resource)
    text = OPEN if problem.reason else rule.messages[problem.message]
    values = {"resource": owner.logical_id, "type": owner.type, "reason": problem.reason, **problem.values}
    if template.written_names:
        values = {name: as_written(template, value) for name, value in values.items()}
    arguments = tuple(fill_placeholder(name, lambda key: _text_of(key, values)) for name in find_placeholders(text))
    file = template.document.file_of(path)
    return Finding(
        rule=rule,
        verdict="open" if problem.reason else problem.verdict,
        level=problem.level or rule.level,
        message=render(text, arguments),
        message_id="open" if problem.reason else problem.message,
        arguments=arguments,
        file=file,
        path=path,
        span=template.document.span_of(path),
        logical_id=owner.logical_id,
        resource_type=owner.type,
        cdk_path=owner.cdk_path,
        related=tuple(_related(comparison, place, message, file) for place, message in problem.related),
        reason=problem.reason or None,
    )


def _related(comparison: Comparison, place: Place, message: str, file: str) -> Related:
    template, owner, path = _locate(comparison, place)
    return related_place(template, file, path, message, owner.logical_id)


def _locate(comparison: Comparison, place: Place, resource: Resource | None = None) -> tuple[Template, Resource, Path]:
    """Return the template of a place, the resource that contains it, and the path to report.

    Of several that SAM generates at the place, it is the given one.
    """
    template = (comparison.old if place.side == "Old" else comparison.new).template
    path = template.source_path(place.path)
    owner = resource_at(template, resource or next(iter(template.resources.values())), path)
    return template, owner, report_path(template, owner, path)


def _text_of(name: str, values: dict[str, Any]) -> str:
    return to_single_line(str(values[name])) if name in _PHRASES else format_value(values.get(name, ""))
