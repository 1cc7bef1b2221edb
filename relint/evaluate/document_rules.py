"""Rules about how a template is written, which hold in every deployment: the findings of scope `document`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from relint._typing import TYPE_CHECKING, Any
from relint.evaluate.coded_checks import check_document
from relint.evaluate.descriptions import format_value
from relint.finding import Failure, Finding, Related

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.checks.problem import TextProblem
    from relint.model.template import Template
    from relint.source.document import Document
    from relint.source.location import Path


def find_text_problems(
    template: Template, rules: Iterable[Rule], *, include_notes: bool
) -> Iterator[Finding | Failure]:
    """Yield the findings of rules whose scope is `document`, and a failure for each rule that crashed.

    Without `include_notes`, problems of level note are left out.
    """
    places = template.document.included_places()
    for rule in rules:
        for case, part in product(rule.cases, template.document.parts):
            try:
                problems = list(check_document(case.check or "", part, case.params))
            except Exception as error:  # a rule that crashes must not hide the findings of other rules
                message = f"Rule '{rule.id}' crashed ({type(error).__name__}: {error}); this is a defect of the rule."
                yield Failure(file=part.file, stage="check", message=message)
                continue
            for problem in problems:
                if include_notes or (problem.level or rule.level) != "note":
                    yield _build_finding(
                        template, rule, part, problem._replace(path=_in_template(part, problem, places))
                    )


def _in_template(part: Document, problem: TextProblem, places: Mapping[tuple[str, Path], Path]) -> Path:
    """Return the path in the template of a problem in one of its files."""
    path = problem.path
    for depth in range(1, len(path) + 1) if places else ():
        if (part.file, path[:depth]) in places:
            return (*places[part.file, path[:depth]], *path[depth:])
    return path


def _build_finding(template: Template, rule: Rule, part: Document, problem: TextProblem) -> Finding:
    """Return the finding of a problem in a file of a template."""
    from relint.catalog.message_template import (
        fill_placeholder,
        find_placeholders,
        render,
    )  # most templates have no such finding

    text = rule.messages[problem.message]
    arguments = tuple(
        fill_placeholder(placeholder, lambda name: format_value(problem.values[name]))
        for placeholder in find_placeholders(text)
    )
    path = problem.path
    logical_id = _logical_id(path)
    resource = template.resources.get(logical_id or "")
    related = [
        Related(message=message, path=path, span=span, logical_id=logical_id) for span, message in problem.related
    ]
    if part.file != template.document.file and template.document.inclusion_of(path):
        from relint.evaluate.finding_builder import include_of

        related.append(include_of(template, path, path[:2], logical_id))
    return Finding(
        rule=rule,
        verdict="fail",
        level=problem.level or rule.level,
        message=render(text, arguments),
        message_id=problem.message,
        arguments=arguments,
        file=part.file,
        path=path,
        span=problem.span,
        logical_id=logical_id,
        resource_type=resource.type if resource else None,
        cdk_path=resource.cdk_path if resource else None,
        related=tuple(related),
    )


def _logical_id(path: Path) -> str | None:
    is_in_resource = len(path) > 1 and path[0] == "Resources"
    step: Any = path[1] if is_in_resource else None
    return step if isinstance(step, str) else None
