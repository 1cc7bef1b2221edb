"""Check of one template: read, evaluate rules, apply suppressions; and second check of nested stacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from relint._typing import TYPE_CHECKING
from relint.discover.template_detection import (
    NOT_A_TEMPLATE,
    has_template_shape,
    is_flawless,
    is_meant_as_template,
    may_include,
)
from relint.errors import DEFECT, TemplateError
from relint.evaluate.engine import RuleCrash, judge
from relint.evaluate.finding_builder import build_crash, build_finding, without_duplicates
from relint.finding import Failure, Finding
from relint.model.template import Template
from relint.run.unjudged import find_unjudged
from relint.source.plain_scalars import may_have_treacherous_scalars
from relint.source.read import read_document
from relint.stacks.boundary import NO_NESTED_STACKS
from relint.stacks.cross_stack import cross_stack_relations
from relint.suppressions.metadata import has_suppressions

if TYPE_CHECKING:
    from relint.evaluate.engine import Judgement
    from relint.run.results import Results
    from relint.settings.lint_config import LintConfig
    from relint.source.document import Document
    from relint.stacks.boundary import SearchBoundary
    from relint.stacks.traversal import Stack


def check_text(
    file: str, text: str | bytes, config: LintConfig, results: Results, boundary: SearchBoundary = NO_NESTED_STACKS
) -> None:
    """Add the findings in a text, or the reason why there are none.

    A text that is not a template is skipped; a text that cannot be read is a failure. Files that it includes are read
    within `boundary`.
    """
    try:
        document = read_document(text, file)
        if may_include(document.text):
            from relint.stacks.includes import expand_includes  # few templates have includes

            document = expand_includes(document, boundary)
        if not has_template_shape(document.data):
            if is_meant_as_template(document.data):
                results.failures += include_errors(document)
                results.failures += slips(document)
            else:
                results.skipped[file] = NOT_A_TEMPLATE
            return
        template = Template(document, config.parameters)
        _add_template(template, config, results)
        results.findings[file] = _check_template(template, config, results)
        results.cross_stack.add(cross_stack_relations(document.text), lambda: template, config)
    except TemplateError as error:
        results.failures.append(Failure(file=file, stage="load", message=error.message, span=error.span))
    except Exception as error:  # the findings in other templates must not be lost
        results.failures.append(_defect(file, error))


def recheck_stacks(results: Results, config_for_file: Callable[[str], LintConfig], boundary: SearchBoundary) -> None:
    """Check stacks again with the values that other stacks pass to them: nested stacks, and importers of exports.

    A nested stack that several parents deploy has the worst findings of its deployments.
    """
    from relint.stacks.combine import findings_of_deployments  # most templates are no nested stacks

    deployments: dict[str, list[tuple[Stack, list[Finding]]]] = {}
    for stack in results.cross_stack.stacks_to_recheck(
        results.templates, config_for_file, boundary, results.failures, results.skipped, results.unjudged
    ):
        if stack.is_rejected:
            continue
        if stack.file not in results.templates:
            _add_template(stack.template, stack.config, results)
        try:
            findings = _check_template(stack.template, stack.config, results)
        except Exception as error:  # as in `check_text`
            results.failures.append(_defect(stack.file, error))
            continue
        if stack.nested_stack is None:
            results.findings[stack.file] = findings
            continue
        deployments.setdefault(stack.file, []).append((stack, findings))
    for file, judged in deployments.items():
        results.findings[file] = findings_of_deployments(judged, results.findings.get(file, ()))


def _defect(file: str, error: Exception) -> Failure:
    message = f"relint cannot check this template ({type(error).__name__}: {error}); {DEFECT}."
    return Failure(file=file, stage="check", message=message)


def _add_template(template: Template, config: LintConfig, results: Results) -> None:
    results.add_template(template.document.file, template.deployments.parameters, config)
    for part in template.document.parts[1:]:
        results.add_included(part.file, template.document.file, config)
    results.unjudged += find_unjudged(template, config)
    results.failures += include_errors(template.document)
    if not is_flawless(template.document.data):
        results.failures += slips(template.document)


def _check_template(template: Template, config: LintConfig, results: Results) -> list[Finding]:
    """Return the findings in a template, those that are suppressed included; add failures and facts to the results."""
    document = template.document
    failure_count = len(results.failures)
    results.failures += rejected_parameters(template)
    rules_run = {rule.id: rule for key in ("*", *template.by_type) for rule in config.rules_by_type.get(key, ())}
    rules_run.update((rule.id, rule) for rule in config.selection.rules if rule.scope == "document")
    results.rules_run.update(rules_run)
    results.rules_run.update((rule.id, rule) for rule in config.selection.rules if rule.scope == "suppression")
    judgements = judge(template, config.rules_by_type, include_notes=config.selection.include_notes)
    all_findings: Iterable[Finding] = without_duplicates(_build_findings(template, judgements, results))
    if any(part.duplicates or may_have_treacherous_scalars(part) for part in document.parts):
        all_findings = [*all_findings, *_text_findings(template, config, results)]
    if config.honored_tools or config.configured_suppressions or has_suppressions(template):
        from relint.run.suppress import suppress  # most templates suppress nothing

        rule_ids = frozenset(rule.id for rule in config.selection.rules)
        all_findings = suppress(template, all_findings, config, rule_ids, results)
    if "Globals" in document.data:
        from relint.evaluate.shared_findings import merge_shared_findings  # few templates have Globals

        all_findings = merge_shared_findings(template, all_findings)
    findings = [_with_effective_level(finding, config) for finding in all_findings]
    if findings or len(results.failures) > failure_count:
        results.sources.update((part.file, part.source.text) for part in document.parts)
    return findings


def _with_effective_level(finding: Finding, config: LintConfig) -> Finding:
    level = config.selection.effective_level(finding.rule, finding.level, lenient=config.is_dev_profile)
    return finding if level == finding.level else finding._replace(level=level)


def _build_findings(
    template: Template, judgements: Iterable[Judgement | RuleCrash], results: Results
) -> Iterator[Finding]:
    """Yield a finding for each judgement that is reported; add a failure for each rule that crashed."""
    for judgement in judgements:
        if isinstance(judgement, RuleCrash):
            results.failures.append(build_crash(template, judgement.rule, judgement.resource, judgement.error))
        elif judgement.verdict in ("fail", "review", "open"):
            yield build_finding(template, judgement)


def _text_findings(template: Template, config: LintConfig, results: Results) -> Iterator[Finding]:
    """Yield the findings of rules about how the template is written; add a failure for each rule that crashed."""
    from relint.evaluate.document_rules import find_text_problems  # most templates give no cause

    rules = [rule for rule in config.selection.rules if rule.scope == "document"]
    for result in find_text_problems(template, rules, include_notes=config.selection.include_notes):
        if isinstance(result, Finding):
            yield result
        else:
            results.failures.append(result)


def include_errors(document: Document) -> Iterator[Failure]:
    """Yield a failure for each include that cannot be expanded."""
    for error in document.include_errors:
        yield Failure(file=error.file or document.file, stage="load", message=error.message, span=error.span)


def slips(document: Document) -> Iterator[Failure]:
    """Yield a failure for each slip that hides resources in a template, or in a document that is meant as one."""
    from relint.discover.template_slips import find_slips  # most templates have none

    for path, message in find_slips(document.data):
        yield Failure(file=document.file_of(path), stage="load", message=message, span=document.key_span(path))


def rejected_parameters(template: Template) -> Iterator[Failure]:
    """Yield a failure for each parameter whose value is not among its AllowedValues."""
    document = template.document
    for name, value, allowed_values in template.deployments.parameters.disallowed_values():
        message = f"Parameter '{name}' was given '{value}', but allows only {', '.join(allowed_values)}."
        path = ("Parameters", name, "AllowedValues")
        yield Failure(file=document.file_of(path), stage="options", message=message, span=document.span_of(path))
