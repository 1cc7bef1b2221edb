"""Rules about how a template is written, which hold in every deployment: the findings of scope `document`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.evaluate.coded_checks import check_document
from relint.evaluate.descriptions import format_value
from relint.finding import Failure, Finding, Related

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.checks.problem import TextProblem
    from relint.model.template import Template
    from relint.source.location import Path


def find_text_problems(
    template: Template, rules: Iterable[Rule], *, include_notes: bool
) -> Iterator[Finding | Failure]:
    """Yield the findings of rules whose scope is `document`, and a failure for each rule that crashed.

    Without `include_notes`, problems of level note are left out.
    """
    for rule in rules:
        for case in rule.cases:
            try:
                problems = list(check_document(case.check or "", template.document, case.params))
            except Exception as error:  # a rule that crashes must not hide the findings of other rules
                message = f"Rule '{rule.id}' crashed ({type(error).__name__}: {error}); this is a defect of the rule."
                yield Failure(file=template.document.file, stage="check", message=message)
                continue
            for problem in problems:
                if include_notes or (problem.level or rule.level) != "note":
                    yield _build_finding(template, rule, problem)


def _build_finding(template: Template, rule: Rule, problem: TextProblem) -> Finding:
    from relint.catalog.message_template import find_placeholders, render  # most templates have no such finding

    text = rule.messages[problem.message]
    arguments = tuple(format_value(problem.values[name]) for name in find_placeholders(text))
    logical_id = _logical_id(problem.path)
    resource = template.resources.get(logical_id or "")
    return Finding(
        rule=rule,
        verdict="fail",
        level=problem.level or rule.level,
        message=render(text, arguments),
        message_id=problem.message,
        arguments=arguments,
        file=template.document.file,
        path=problem.path,
        span=problem.span,
        logical_id=logical_id,
        resource_type=resource.type if resource else None,
        cdk_path=resource.cdk_path if resource else None,
        related=tuple(
            Related(message=message, path=problem.path, span=span, logical_id=logical_id)
            for span, message in problem.related
        ),
    )


def _logical_id(path: Path) -> str | None:
    is_in_resource = len(path) > 1 and path[0] == "Resources"
    step: Any = path[1] if is_in_resource else None
    return step if isinstance(step, str) else None
