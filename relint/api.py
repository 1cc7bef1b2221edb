"""The pipeline on one screen: discover, read, judge, suppress, report."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from relint.catalog.load import load_builtin_rules, load_rule_files, rule_files
from relint.catalog.select import Selection, select_rules
from relint.discover import Candidate, Skipped, cache_directory, discover
from relint.errors import OptionError, TemplateError
from relint.evaluate.engine import RuleCrash, judge, plan
from relint.evaluate.findings import to_finding, without_echoes
from relint.evaluate.suppress import suppress
from relint.finding import Failure, Finding, Report
from relint.model.template import Template
from relint.source.read import read
from relint.source.template_shape import looks_like_template, may_be_template

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.source.document import Document


class _Results:
    """What has been found so far."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.failures: list[Failure] = []
        self.templates: list[str] = []
        self.skipped: dict[str, str] = {}
        self.sources: dict[str, str] = {}
        self.declared: set[str] = set()
        self.ran: set[str] = set()


def check(
    *paths: str | os.PathLike[str],
    parameters: Mapping[str, str] | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    ruleset: str | None = None,
    rules: Iterable[str | os.PathLike[str]] = (),
    skip_non_templates: bool = False,
    allow_empty: bool = False,
) -> Report:
    """Checks the templates among files and folders and returns what was found.

    `parameters` are values for this run, by the name of the parameter or pseudo parameter ("AWS::Region"). `select`,
    `ignore` and `ruleset` choose among the rules, `rules` adds folders of rule files. What cannot be read is a failure
    of the report, and so is an empty set of templates unless `allow_empty`. Raises OptionError and RuleError.
    """
    known = load_rules(*rules)
    selection = select_rules(known, select, ignore, ruleset)
    names = [os.fspath(path) for path in paths]
    candidates = discover(names, skip_non_templates=skip_non_templates)
    searched = None if allow_empty else ", ".join(names)
    return check_candidates(candidates, known, selection, parameters or {}, searched)


def check_text(
    text: str | bytes,
    file: str = "template.yaml",
    *,
    parameters: Mapping[str, str] | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    ruleset: str | None = None,
    rules: Iterable[str | os.PathLike[str]] = (),
    skip_non_templates: bool = False,
    allow_empty: bool = False,
) -> Report:
    """Checks one template given as text; `file` is the name that findings bear. See `check` for the rest."""
    known = load_rules(*rules)
    selection = select_rules(known, select, ignore, ruleset)
    candidate = Candidate(file, text, named=not skip_non_templates)
    return check_candidates([candidate], known, selection, parameters or {}, None if allow_empty else file)


def check_candidates(
    candidates: Iterable[Candidate | Skipped | Failure],
    known: Sequence[Rule],
    selection: Selection,
    parameters: Mapping[str, str],
    searched: str | None,
) -> Report:
    """Checks what was discovered with the rules of a selection; `known` are all rules that an ignore may name.

    `searched` is where templates were expected: if there are none, that is a failure, unless it is None.
    """
    results = _Results()
    planned = plan(selection.rules)
    for found in candidates:
        if isinstance(found, Failure):
            results.failures.append(found)
        elif isinstance(found, Skipped):
            results.skipped[found.file] = found.reason
        else:
            _check_candidate(found, known, planned, selection.notes, parameters, results)
    if not (results.templates or results.failures or searched is None):
        message = f"There is no CloudFormation template in '{searched}'; --allow-empty accepts that."
        results.failures.append(Failure(searched, "discover", message))
    return _report(results, selection, parameters)


def load_rules(*directories: str | os.PathLike[str]) -> tuple[Rule, ...]:
    """The rules that ship with relint and those of further folders, sorted by id; raises RuleError."""
    own = load_builtin_rules(cache_directory())
    if not directories:
        return own
    more = load_rule_files([file for directory in directories for file in rule_files(os.fspath(directory))])
    taken = {key for rule in own for key in (rule.id, rule.name)}
    for rule in more:
        if rule.id in taken or rule.name in taken:
            raise OptionError(f"{rule.file}: rule '{rule.id}' ({rule.name}) is already one of relint's own; rename it")
    return tuple(sorted((*own, *more), key=lambda rule: rule.id))


def _check_candidate(
    found: Candidate,
    known: Sequence[Rule],
    planned: Mapping[str, Sequence[Rule]],
    notes: bool,
    parameters: Mapping[str, str],
    results: _Results,
) -> None:
    if not (found.named or may_be_template(found.raw)):
        results.skipped[found.file] = "not a CloudFormation template"
        return
    try:
        document = read(found.raw, found.file)
        if not looks_like_template(document.data):
            results.skipped[found.file] = "not a CloudFormation template"
            return
        template = Template(document, parameters)
    except TemplateError as error:
        results.failures.append(Failure(found.file, "load", error.message, error.span))
        return
    results.templates.append(found.file)
    failures = len(results.failures)
    results.declared.update(template.deployments.parameters)
    results.failures += _duplicates(document)
    results.failures += _refused(template)
    results.ran.update(rule.id for kind in ("*", *template.by_type) for rule in planned.get(kind, ()))
    judged = judge(template, planned, notes)
    found_here = list(suppress(template, without_echoes(_findings(template, judged, results)), known))
    results.findings += found_here
    if found_here or len(results.failures) > failures:
        results.sources[found.file] = document.text


def _findings(template: Template, judged: Iterable[Any], results: _Results) -> Iterator[Finding]:
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


def _report(results: _Results, selection: Selection, parameters: Mapping[str, str]) -> Report:
    if results.templates:
        for name in sorted(set(parameters) - results.declared):
            message = f"Parameter '{name}' was given a value, but no template declares it."
            results.failures.append(Failure("--parameters", "options", message))
    return Report(
        findings=tuple(sorted(results.findings, key=_finding_order)),
        failures=tuple(sorted(results.failures, key=_failure_order)),
        rules=tuple(rule for rule in selection.rules if rule.id in results.ran or _watches(rule, results)),
        templates=tuple(sorted(results.templates)),
        skipped=dict(sorted(results.skipped.items())),
        sources={file: results.sources[file] for file in sorted(results.sources)},
    )


def _watches(rule: Rule, results: _Results) -> bool:
    """Whether a rule of the engine has looked at what users suppress."""
    return rule.scope == "suppression" and bool(results.templates)


def _finding_order(finding: Finding) -> tuple[Any, ...]:
    return (finding.file, finding.span.start, finding.rule.id, finding.span.end, finding.message)


def _failure_order(failure: Failure) -> tuple[Any, ...]:
    place = (failure.span.start.line, failure.span.start.column) if failure.span else (0, 0)
    return (failure.file, *place, failure.message)
