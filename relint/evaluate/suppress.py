"""Findings that somebody has accepted, in a comment or in Metadata, with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    scope: Path = ()
    logical_id: str | None = None
    problem: str | None = None

    def covers(self, finding: Finding) -> bool:
        """Whether the finding stands where this is said."""
        if self.lines is not None:
            return finding.span.start.line in self.lines
        return finding.path[: len(self.scope)] == self.scope


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
    yield from _ignores(template, template.document.data, (), None)
    seen: set[Path] = set()
    for resource in template.resources.values():
        scope = resource.written_path
        if scope not in seen:  # several resources may come from one place, by a loop or by SAM
            seen.add(scope)
            yield from _ignores(template, resource.body, scope, resource.logical_id)


def _ignores(template: Template, holder: Mapping[str, Any], scope: Path, logical_id: str | None) -> Iterator[Ignore]:
    metadata = holder.get("Metadata")
    said = metadata.get("relint") if isinstance(metadata, dict) else None
    ignore = said.get("ignore") if isinstance(said, dict) else None
    if ignore is None:
        return
    path = (*scope, "Metadata", "relint", "ignore")

    def accepted(word: Any, reason: str, place: Path) -> Ignore:
        span = template.document.span_of(place)
        return Ignore(scalar_text(word), reason, place, span, scope=scope, logical_id=logical_id)

    if isinstance(ignore, dict):
        for word, reason in ignore.items():
            text = scalar_text(reason).strip() if not isinstance(reason, dict | list) else ""
            yield accepted(word, text, (*path, word))
    elif isinstance(ignore, list):
        for index, word in enumerate(ignore):
            yield accepted(word, "", (*path, index))
    else:
        yield accepted(ignore, "", path)


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
