"""Findings, which point to lines of a file, from judgements, which point to paths."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from relint._typing import TYPE_CHECKING, Any
from relint.catalog.message_template import OPEN, SCENARIO, fill_placeholder, find_placeholders, render
from relint.evaluate.descriptions import format_value, to_single_line
from relint.finding import Failure, Finding, Related

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.evaluate.engine import Judgement
    from relint.model.resource import Resource
    from relint.model.template import Template
    from relint.source.location import Path


INCLUDED_HERE = "The template includes the file here."
"""The sentence about the place of an include."""


def build_finding(template: Template, judgement: Judgement) -> Finding:
    """Return the finding of a judgement with the verdict fail, review or open."""
    resource, problem = judgement.resource, judgement.problem
    source_path = template.source_path(problem.path if problem else resource.path)
    path = report_path(template, resource, source_path)
    owner = resource_at(template, resource, source_path)
    message_id, text = _select_message(judgement)
    linked = {(name,) for name in template.deployments.cross_stack_values.resources}
    values: dict[str, Any] = {
        "resource": owner.logical_id,
        "type": owner.type,
        "property": _property_name(source_path, owner),
        "scenario": judgement.scenario,
        "reason": judgement.reason,
        **(problem.values if problem else {}),
    }
    if template.written_names:
        values = {name: as_written(template, value) for name, value in values.items()}
    arguments = tuple(
        fill_placeholder(placeholder, lambda name: _text_of(name, values)) for placeholder in find_placeholders(text)
    )
    document = template.document
    file = document.file_of(path)
    related = [
        _build_related(template, resource, file, *place)
        for place in (problem.related if problem else ())
        if place[0][1:2] not in linked  # of another stack, which is in another file
    ]
    if file != document.file:
        related.append(include_of(template, path, owner.path, owner.logical_id))
    return Finding(
        rule=judgement.rule,
        verdict=judgement.verdict,
        level=judgement.level,
        message=render(text, arguments),
        message_id=message_id,
        arguments=arguments,
        file=file,
        path=path,
        span=document.span_of(path),
        logical_id=owner.logical_id,
        resource_type=owner.type,
        cdk_path=owner.cdk_path,
        related=tuple(related),
        scenario=judgement.scenario,
        reason=to_single_line(values["reason"]) if judgement.reason else None,
        globals_of=owner.source_path if path[:1] == ("Globals",) else (),
    )


def build_crash(template: Template, rule: Rule, resource: Resource, error: Exception) -> Failure:
    """Return the failure of a rule that raised an exception on a resource."""
    document = template.document
    message = (
        f"Rule '{rule.id}' crashed on '{resource.logical_id}' ({type(error).__name__}: {error}); "
        "this is a defect of the rule."
    )
    file, span = document.file_of(resource.path), document.span_of(resource.path)
    return Failure(file=file, stage="check", message=message, span=span)


def _text_of(name: str, values: Mapping[str, Any]) -> str:
    """Return the text of a value of a message; scenarios and reasons are never shortened."""
    return to_single_line(str(values[name])) if name in ("scenario", "reason") else format_value(values.get(name, ""))


def as_written(template: Template, value: Any) -> Any:
    """Return a value of a message in which resources that SAM generates have the names of what generates them.

    The author of the template has written `First.Events.Tick`, not `FirstTick`. In a sentence, names are between double
    quotes.
    """
    if isinstance(value, list):
        return [as_written(template, item) for item in value]
    if not isinstance(value, str):
        return value
    names = template.written_names
    if value in names:
        return names[value]
    return re.sub(r'(?<=")\w+(?=")', lambda found: names.get(found[0], found[0]), value) if '"' in value else value


def with_condition(finding: Finding, condition: str) -> Finding:
    """Return the finding with a further condition, in words, under which it holds; an open finding is unchanged."""
    if finding.verdict == "open":
        return finding
    scenario = f"{condition} and {finding.scenario}" if finding.scenario else condition
    plain_id = finding.message_id.removesuffix("-when")
    plain_text = finding.rule.messages[plain_id]
    arguments = (*finding.arguments[: len(find_placeholders(plain_text))], to_single_line(scenario))
    message = render(plain_text + SCENARIO, arguments)
    return finding._replace(message=message, message_id=f"{plain_id}-when", arguments=arguments, scenario=scenario)


def without_duplicates(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings without those whose rule yields to a rule that fails at the same path.

    A finding to review also yields to one of the same scenario. A finding about a change fails at its related places,
    too, because it tells of several changes at once.
    """
    all_findings = list(findings)
    failing = {
        (finding.rule.id, path, finding.globals_of, None if finding.verdict == "fail" else finding.scenario)
        for finding in all_findings
        if finding.verdict in ("fail", "review")
        for path in (finding.path, *(one.path for one in finding.related if finding.rule.scope == "change"))
    }
    return [
        finding
        for finding in all_findings
        if not any(
            (rule_id, finding.path, finding.globals_of, scenario) in failing
            for rule_id in finding.rule.yields_to
            for scenario in ((None, finding.scenario) if finding.verdict == "review" else (None,))
        )
    ]


def report_path(template: Template, resource: Resource, path: Path) -> Path:
    """Return the path to point to: the longest part of a path that the template contains, at least the resource.

    The `Properties` of a resource say nothing about a missing property, so the resource is pointed to instead. A value
    that a SAM resource takes from Globals is pointed to where it is written.
    """
    owner = resource_at(template, resource, path)
    path = template.written_path(path)
    node: Any = template.document.data
    depth = 0
    for step in path:
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            break
        depth += 1
    existing_path = path[:depth]
    if path[:1] == ("Globals",):
        return existing_path
    if depth < len(path) and existing_path == (*owner.path, "Properties"):
        return owner.path
    return existing_path if len(existing_path) >= len(owner.path) else owner.path


def _select_message(judgement: Judgement) -> tuple[str, str]:
    """Return the id and the text of the message, before its placeholders are replaced."""
    if judgement.problem is None:
        return "open", OPEN
    message_id = judgement.problem.message or "default"
    text = judgement.rule.messages[message_id]
    return (f"{message_id}-when", text + SCENARIO) if judgement.scenario else (message_id, text)


def resource_at(template: Template, resource: Resource, path: Path) -> Resource:
    """Return the resource that contains a path: the checked one, or another one that a check points to."""
    candidates = (resource, *(one for resources in template.by_type.values() for one in resources))
    return next((candidate for candidate in candidates if path[: len(candidate.path)] == candidate.path), resource)


def _property_name(path: Path, owner: Resource) -> str:
    from relint.model.references import property_path

    steps = [step for step in property_path(path[len(owner.path) :]) if step != "*"]
    return ".".join(steps[1:] if steps[:1] == ["Properties"] else steps)


def _build_related(template: Template, resource: Resource, file: str, path: Path, message: str) -> Related:
    """Return a related location of a finding in `file`."""
    source_path = template.source_path(path)
    path = report_path(template, resource, source_path)
    message = as_written(template, message) if template.written_names else message
    return related_place(template, file, path, message, resource_at(template, resource, source_path).logical_id)


def related_place(template: Template, file: str, path: Path, message: str, logical_id: str | None) -> Related:
    """Return a location in a template, or in a file that it includes, for a finding in `file`."""
    related_file = template.document.file_of(path)
    return Related(
        message=message,
        path=path,
        span=template.document.span_of(path),
        logical_id=logical_id,
        file=None if related_file == file else related_file,
    )


def include_of(template: Template, path: Path, owner_path: Path, logical_id: str | None) -> Related:
    """Return the line of the template that includes the value at `path`, and the resource that contains the line."""
    inclusion = template.document.inclusion_of(path)
    call = inclusion[0].call if inclusion else ()
    is_within = call[: len(owner_path)] == owner_path
    file = template.document.file_of(path)
    return related_place(template, file, call, INCLUDED_HERE, logical_id if is_within else None)
