"""What was discovered -> the report: read, judge, suppress, look again at nested stacks, put in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from relint.discover import Candidate, Skipped, is_excluded
from relint.errors import TemplateError
from relint.evaluate.engine import RuleCrash, judge
from relint.evaluate.findings import to_finding, without_echoes
from relint.evaluate.suppress import Policy, configured, ignores, judged, suppress, suppression_finding
from relint.finding import Failure, Finding, Report
from relint.joined import as_deployed, worst
from relint.model.template import Template
from relint.results import Results
from relint.scope import Scope, concerns
from relint.source.read import read
from relint.source.template_shape import looks_like_template, may_be_template
from relint.stacks import NOWHERE, Reach

if TYPE_CHECKING:
    from relint.cache import Cache
    from relint.evaluate.ignore import Ignore
    from relint.source.document import Document

_NO_TEMPLATE = "not a CloudFormation template"


def check_candidates(
    candidates: Iterable[Candidate | Skipped | Failure],
    scope_of_file: Callable[[str], Scope],
    searched: str | None,
    progress: Callable[[str], object] | None = None,
    reach: Reach = NOWHERE,
    elsewhere: Iterable[Results] = (),
    cache: Cache | None = None,
) -> Report:
    """Checks what was discovered, each template in its scope.

    `searched` is where templates were expected: if there are none, that is a failure, unless it is None. Templates of
    nested stacks are followed within `reach`. `elsewhere` is what others find meanwhile. What `cache` knows
    is not judged again.
    """
    results = Results()
    for found in candidates:
        if isinstance(found, Failure):
            results.failures.append(found)
        elif isinstance(found, Skipped):
            results.skipped[found.file] = found.reason
        else:
            if progress:
                progress(found.file)
            judge_candidate(found, scope_of_file(found.file), results, cache)
    for part in elsewhere:
        results.absorb(part)
        if progress:
            for file in part.templates:
                progress(file)
    if results.stacks.found:
        _look_again(results, scope_of_file, reach)
    if any(map(is_excluded, results.skipped.values())):
        searched = None  # somebody has said that these are not to be checked
    if not (results.templates or results.failures or searched is None):
        if not results.scopes:
            scope_of_file(searched)  # a wrong option is told even when there is nothing to apply it to
        message = f"There is no CloudFormation template in '{searched}'; --allow-empty accepts that."
        results.failures.append(Failure(searched, "discover", message))
    return _report(results)


def judge_candidate(found: Candidate, scope: Scope, results: Results, cache: Cache | None = None) -> None:
    """Takes what is found in a candidate, or why it is none, into the results; from the cache if that knows it."""
    results.scopes[id(scope)] = scope
    if not (found.named or may_be_template(found.raw)):
        results.skipped[found.file] = _NO_TEMPLATE
    elif cache is None:
        _judge(found.file, found.raw, scope, results)
    else:
        results.absorb(cache.recalled(found.file, found.raw, scope, _judge))


def _judge(file: str, raw: str | bytes, scope: Scope, results: Results) -> None:
    try:
        document = read(raw, file)
        if not looks_like_template(document.data):
            results.skipped[file] = _NO_TEMPLATE
            return
        template = Template(document, scope.parameters)
    except TemplateError as error:
        results.failures.append(Failure(file, "load", error.message, error.span))
        return
    _enter(template, scope, results)
    results.findings[file] = _judged(template, scope, results)
    results.stacks.note(template, scope)


def _enter(template: Template, scope: Scope, results: Results) -> None:
    """Takes a template into the report."""
    results.enter(template.document.file, template.deployments.parameters, scope)
    results.failures += _duplicates(template.document)


def _judged(template: Template, scope: Scope, results: Results) -> list[Finding]:
    """What the rules of a scope find in a template, suppressions applied."""
    document = template.document
    failures = len(results.failures)
    results.failures += _refused(template)
    ran = {rule.id: rule for kind in ("*", *template.by_type) for rule in scope.planned.get(kind, ())}
    results.ran.update(ran)
    results.ran.update((rule.id, rule) for rule in scope.selection.rules if rule.scope == "suppression")
    judged_here = judge(template, scope.planned, scope.selection.notes)
    policy = _policy(scope, document.file, frozenset(ran))
    written = list(ignores(template, policy.honor))
    results.dated |= any(ignore.until for ignore in (*written, *policy.accepted))
    told = without_echoes(_findings(template, judged_here, results))
    found = [_leveled(finding, scope) for finding in suppress(document.file, told, written, policy, results.used)]
    if found or document.duplicates or len(results.failures) > failures:
        results.sources[document.file] = document.text
    return found


def _look_again(results: Results, scope_of_file: Callable[[str], Scope], reach: Reach) -> None:
    """Judges again what other stacks of the set decide about: nested stacks as deployed, and who is handed values."""
    deployed: dict[str, list[list[Finding]]] = {}
    for stack in results.stacks.again(results.templates, scope_of_file, reach, results.failures):
        if stack.file not in results.templates:
            _enter(stack.template, stack.scope, results)
        found = _judged(stack.template, stack.scope, results)
        if stack.child is None:
            results.findings[stack.file] = found
            continue
        named = as_deployed(found, stack.child, results.findings.get(stack.file, ()))
        deployed.setdefault(stack.file, []).append(named)
    results.findings.update((file, worst(every)) for file, every in deployed.items())


def _policy(scope: Scope, file: str, ran: frozenset[str]) -> Policy:
    accepted = tuple(configured(entry) for entry in scope.accepted if concerns(entry, file))
    mandatory = scope.selection.mandatory
    return Policy(scope.known, scope.today, ran, mandatory, accepted, scope.honor, scope.report_unused)


def _leveled(finding: Finding, scope: Scope) -> Finding:
    level = scope.selection.level_of(finding.rule, finding.level, lenient=scope.lenient)
    return finding if level == finding.level else finding._replace(level=level)


def _findings(template: Template, judged: Iterable[Any], results: Results) -> Iterator[Finding]:
    for judgement in judged:
        if isinstance(judgement, RuleCrash):
            where = judgement.resource
            message = (
                f"Rule '{judgement.rule.id}' crashed on '{where.logical_id}' "
                f"({type(judgement.error).__name__}: {judgement.error}); this is a defect of the rule."
            )
            span = template.document.span_of(where.path)
            results.failures.append(Failure(template.document.file, "check", message, span))
        elif judgement.verdict in ("fail", "review", "open"):
            yield to_finding(template, judgement)


def _duplicates(document: Document) -> Iterator[Failure]:
    for duplicate in document.duplicates:
        first, second = duplicate.first.start.line, duplicate.second.start.line
        message = (
            f"Key '{duplicate.key}' stands on line {first} and again on line {second}; the first is lost, remove one."
        )
        yield Failure(document.file, "load", message, duplicate.second)


def _refused(template: Template) -> Iterator[Failure]:
    document = template.document
    for name, value, allowed in template.deployments.parameters.refused():
        message = f"Parameter '{name}' was given '{value}', but allows only {', '.join(allowed)}."
        yield Failure(document.file, "options", message, document.span_of(("Parameters", name, "AllowedValues")))


def _report(results: Results) -> Report:
    scopes = results.scopes.values()
    if results.templates:
        given = {name for scope in scopes for name in scope.given}
        for name in sorted(given - results.declared):
            message = f"Parameter '{name}' was given a value, but no template declares it."
            results.failures.append(Failure("--parameters", "options", message))
    everything = [finding for found in results.findings.values() for finding in found]
    everything += _wrong_suppressions(results)
    return Report(
        findings=tuple(sorted(everything, key=_finding_order)),
        failures=tuple(sorted(set(results.failures), key=_failure_order)),
        rules=tuple(results.ran[key] for key in sorted(results.ran)),
        templates=tuple(sorted(results.templates)),
        skipped=dict(sorted(results.skipped.items())),
        sources={file: results.sources[file] for file in sorted(results.sources)},
        fail_on=dict(sorted(results.fail_on.items())),
        severity={key: level for key, level in sorted(results.severity.items()) if key in results.ran},
        mandatory=frozenset().union(*(scope.selection.mandatory for scope in scopes)),
    )


def _wrong_suppressions(results: Results) -> list[Finding]:
    """A finding, once a run, for each suppression of the configuration that is wrong or, if asked for, not needed."""
    found: dict[Ignore, Finding] = {}
    for scope in results.scopes.values():
        own = next((rule for rule in scope.selection.rules if rule.scope == "suppression"), None)
        if own is None:
            continue
        policy = _policy(scope, "", frozenset())
        for entry in scope.accepted:
            ignore = configured(entry)
            rules, problem = judged(ignore, policy)
            unused = scope.report_unused and ignore not in results.used and any(one.id in results.ran for one in rules)
            if (problem or unused) and ignore not in found:
                found[ignore] = suppression_finding(own, ignore, problem, entry["file"])
                with open(entry["file"], encoding="utf-8", errors="replace") as stream:
                    results.sources[entry["file"]] = stream.read()
    return list(found.values())


def _finding_order(finding: Finding) -> tuple[Any, ...]:
    return (finding.file, finding.span.start, finding.rule.id, finding.span.end, finding.message)


def _failure_order(failure: Failure) -> tuple[Any, ...]:
    place = (failure.span.start.line, failure.span.start.column) if failure.span else (0, 0)
    return (failure.file, *place, failure.message)
