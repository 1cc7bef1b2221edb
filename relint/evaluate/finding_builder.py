"""Judgements, which speak in paths, become findings, which stand on lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from relint.catalog.message_template import OPEN, SCENARIO, placeholders, render
from relint.evaluate.descriptions import format_value, to_single_line
from relint.finding import Finding, Related

if TYPE_CHECKING:
    from relint.evaluate.engine import Judgement
    from relint.model.resource import Resource
    from relint.model.template import Template
    from relint.source.location import Path


def build_finding(template: Template, judgement: Judgement) -> Finding:
    """The finding of a judgement that failed, needs a review or is open."""
    rule, resource, problem = judgement.rule, judgement.resource, judgement.problem
    written = template.source_path(problem.path if problem else resource.path)
    path = report_path(template, resource, written)
    owner = _owner(template, resource, path)
    values: dict[str, Any] = {
        "resource": owner.logical_id,
        "type": owner.type,
        "property": _property(written, owner),
        "scenario": judgement.scenario,
        "reason": judgement.reason,
        **(problem.values if problem else {}),
    }
    if problem is None:
        message_id, text = "open", OPEN
    else:
        message_id = problem.message or "default"
        text = rule.messages[message_id]
        if judgement.scenario:
            message_id, text = f"{message_id}-when", text + SCENARIO
    arguments = tuple(
        to_single_line(str(values[name])) if name in ("scenario", "reason") else format_value(values.get(name, ""))
        for name in placeholders(text)
    )
    return Finding(
        rule=rule,
        verdict=judgement.verdict,
        level=judgement.level,
        message=render(text, arguments),
        message_id=message_id,
        arguments=arguments,
        file=template.document.file,
        path=path,
        span=template.document.span_of(path),
        logical_id=owner.logical_id,
        resource_type=owner.type,
        cdk_path=owner.cdk_path,
        related=tuple(_related(template, resource, *place) for place in (problem.related if problem else ())),
        scenario=judgement.scenario,
        reason=to_single_line(judgement.reason) if judgement.reason else None,
    )


def with_condition(finding: Finding, clause: str) -> Finding:
    """The finding with a further clause that says when it holds."""
    if finding.verdict == "open":
        return finding
    scenario = f"{clause} and {finding.scenario}" if finding.scenario else clause
    plain = finding.message_id.removesuffix("-when")
    text = finding.rule.messages[plain] + SCENARIO
    own = finding.arguments[: len(placeholders(finding.rule.messages[plain]))]
    arguments = (*own, to_single_line(scenario))
    message = render(text, arguments)
    return finding._replace(message=message, message_id=f"{plain}-when", arguments=arguments, scenario=scenario)


def without_duplicates(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without those whose rule yields to one that fails at the same place: one cause, one finding."""
    everything = list(findings)
    failing = {(finding.rule.id, finding.path) for finding in everything if finding.verdict == "fail"}
    return [
        finding
        for finding in everything
        if not any((other, finding.path) in failing for other in finding.rule.yields_to)
    ]


def report_path(template: Template, resource: Resource, path: Path) -> Path:
    """Where to point: the value as written; if it is not there, what would hold it; at last the resource itself."""
    node: Any = template.document.data
    depth = 0
    for step in path:
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            break
        depth += 1
    found = path[:depth]
    owner = _owner(template, resource, path)
    if depth < len(path) and found == (*owner.path, "Properties"):
        return owner.path
    return found if len(found) >= len(owner.path) else owner.path


def _owner(template: Template, resource: Resource, path: Path) -> Resource:
    """The resource within which a path lies: the judged one, or another that a check points to."""
    candidates = [resource, *template.resources.values()]
    return next((one for one in candidates if path[: len(one.path)] == one.path), resource)


def _property(path: Path, owner: Resource) -> str:
    from relint.model.graph import property_path

    steps = [step for step in property_path(path[len(owner.path) :]) if step != "*"]
    return ".".join(steps[1:] if steps[:1] == ["Properties"] else steps)


def _related(template: Template, resource: Resource, path: Path, message: str) -> Related:
    place = report_path(template, resource, template.source_path(path))
    owner = _owner(template, resource, place)
    return Related(message=message, path=place, span=template.document.span_of(place), logical_id=owner.logical_id)
