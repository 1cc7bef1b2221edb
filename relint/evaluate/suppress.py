"""Findings that somebody has accepted, in a comment or in Metadata, with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from relint.catalog.select import find_rule, unknown_rule
from relint.evaluate.wording import clean
from relint.finding import Finding, Suppression
from relint.messages import fill, placeholders
from relint.resolve.value import scalar_text

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.model.template import Template
    from relint.source.location import Path, Span


class Ignore(NamedTuple):
    """One accepted rule: where it is accepted (lines, a resource, or the whole template) and why."""

    word: str
    reason: str
    path: Path
    span: Span
    lines: tuple[int, ...] | None = None
    logical_id: str | None = None
    problem: str | None = None

    def covers(self, finding: Finding) -> bool:
        """Whether the finding stands where this is said."""
        if self.lines is not None:
            return finding.span.start.line in self.lines
        return self.logical_id in (None, finding.logical_id)


def suppress(template: Template, findings: Iterable[Finding], rules: Sequence[Rule]) -> Iterator[Finding]:
    """The findings, those that are accepted with their suppression; and a finding for every ignore that is wrong.

    `rules` are all that there are, not only those that run. An ignore without a reason suppresses nothing.
    """
    valid: list[tuple[Rule, Ignore]] = []
    own = next((rule for rule in rules if rule.scope == "suppression"), None)
    for ignore in (*_inline(template), *_metadata(template)):
        rule = find_rule(rules, ignore.word)
        problem = ignore.problem or (clean(unknown_rule(rules, ignore.word)) if rule is None else None)
        if problem is None and not ignore.reason:
            problem = "it has no reason"
        if problem is None and rule is not None:
            valid.append((rule, ignore))
        elif own is not None:
            yield _finding(template, own, ignore, problem or "")
    for finding in findings:
        reason = next((i.reason for rule, i in valid if rule.id == finding.rule.id and i.covers(finding)), None)
        yield finding if reason is None else finding._replace(suppression=Suppression(reason))


def _inline(template: Template) -> Iterator[Ignore]:
    for comment in template.document.ignores:
        for word in comment.rules or ("",):
            yield Ignore(word, comment.reason, (), comment.span, lines=comment.lines, problem=comment.problem)


def _metadata(template: Template) -> Iterator[Ignore]:
    data = template.document.data
    yield from _ignores(template, data.get("Metadata"), ("Metadata",), None)
    for resource in template.resources.values():
        yield from _ignores(template, resource.body.get("Metadata"), (*resource.path, "Metadata"), resource.logical_id)


def _ignores(template: Template, metadata: Any, path: Path, logical_id: str | None) -> Iterator[Ignore]:
    said = metadata.get("relint") if isinstance(metadata, dict) else None
    ignore = said.get("ignore") if isinstance(said, dict) else None
    if ignore is None:
        return
    path = (*path, "relint", "ignore")
    span = template.document.span_of
    if isinstance(ignore, dict):
        for word, reason in ignore.items():
            text = scalar_text(reason).strip() if not isinstance(reason, dict | list) else ""
            yield Ignore(word, text, (*path, word), span((*path, word)), logical_id=logical_id)
    elif isinstance(ignore, list):
        for index, word in enumerate(ignore):
            place = (*path, index)
            yield Ignore(scalar_text(word), "", place, span(place), logical_id=logical_id)
    else:
        yield Ignore(scalar_text(ignore), "", path, span(path), logical_id=logical_id)


def _finding(template: Template, rule: Rule, ignore: Ignore, problem: str) -> Finding:
    text = rule.messages["default"]
    values = {"rule": clean(ignore.word) or "nothing", "problem": problem}
    arguments = tuple(values[name] for name in placeholders(text))
    return Finding(
        rule=rule,
        verdict="fail",
        level=rule.level,
        message=fill(text, arguments),
        message_id="default",
        arguments=arguments,
        file=template.document.file,
        path=ignore.path or ("Line", ignore.span.start.line),
        span=ignore.span,
        logical_id=ignore.logical_id,
    )
