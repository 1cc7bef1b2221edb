"""One template -> what is found in it: read, judge, suppress; and once more if other stacks decide about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from relint.discover.template_detection import NOT_A_TEMPLATE, has_template_shape
from relint.errors import TemplateError
from relint.evaluate.engine import RuleCrash, judge
from relint.evaluate.finding_builder import build_finding, without_duplicates
from relint.finding import Failure, Finding
from relint.model.template import Template
from relint.settings.lint_config import applies_to_file
from relint.source.read import read_document
from relint.stacks.combine import findings_of_nested_stack, worst_findings
from relint.stacks.cross_stack import cross_stack_relations
from relint.suppressions.apply import apply_suppressions
from relint.suppressions.from_configuration import entry_from_configuration
from relint.suppressions.in_template import template_suppressions
from relint.suppressions.policy import SuppressionPolicy

if TYPE_CHECKING:
    from relint.run.results import Results
    from relint.settings.lint_config import LintConfig
    from relint.source.document import Document
    from relint.stacks.boundary import SearchBoundary


def judge_text(file: str, raw: str | bytes, config: LintConfig, results: Results) -> None:
    """Takes what is found in a text, or why it is no template, into the results."""
    try:
        document = read_document(raw, file)
        if not has_template_shape(document.data):
            results.skipped[file] = NOT_A_TEMPLATE
            return
        template = Template(document, config.parameters)
    except TemplateError as error:
        results.failures.append(Failure(file, "load", error.message, error.span))
        return
    _enter(template, config, results)
    results.findings[file] = _judged(template, config, results)
    results.stacks.add(cross_stack_relations(document.text), lambda: template, config)


def judge_again(results: Results, config_for_file: Callable[[str], LintConfig], reach: SearchBoundary) -> None:
    """Judges again what other stacks of the set decide about: nested stacks as deployed, and who is handed values."""
    deployed: dict[str, list[list[Finding]]] = {}
    for stack in results.stacks.stacks_to_recheck(results.templates, config_for_file, reach, results.failures):
        if stack.file not in results.templates:
            _enter(stack.template, stack.config, results)
        found = _judged(stack.template, stack.config, results)
        if stack.nested_stack is None:
            results.findings[stack.file] = found
            continue
        named = findings_of_nested_stack(found, stack.nested_stack, results.findings.get(stack.file, ()))
        deployed.setdefault(stack.file, []).append(named)
    results.findings.update((file, worst_findings(every)) for file, every in deployed.items())


def _enter(template: Template, config: LintConfig, results: Results) -> None:
    """Takes a template into the report."""
    results.enter(template.document.file, template.deployments.parameters, config)
    results.failures += _duplicates(template.document)


def _judged(template: Template, config: LintConfig, results: Results) -> list[Finding]:
    """What the rules of a config find in a template, suppressions applied."""
    document = template.document
    failures = len(results.failures)
    results.failures += _refused(template)
    ran = {rule.id: rule for kind in ("*", *template.by_type) for rule in config.rules_by_type.get(kind, ())}
    results.ran.update(ran)
    results.ran.update((rule.id, rule) for rule in config.selection.rules if rule.scope == "suppression")
    judged_here = judge(template, config.rules_by_type, config.selection.include_notes)
    policy = policy_of(config, document.file, frozenset(ran))
    written = list(template_suppressions(template, config.honored_tools))
    results.dated |= any(ignore.until for ignore in (*written, *policy.configured_entries))
    told = without_duplicates(_findings(template, judged_here, results))
    found = [
        _leveled(finding, config) for finding in apply_suppressions(document.file, told, written, policy, results.used)
    ]
    if found or document.duplicates or len(results.failures) > failures:
        results.sources[document.file] = document.text
    return found


def policy_of(config: LintConfig, file: str, ran: frozenset[str]) -> SuppressionPolicy:
    """How suppressions are judged in a file on which the rules with the ids `ran` run."""
    accepted = tuple(
        entry_from_configuration(entry) for entry in config.configured_suppressions if applies_to_file(entry, file)
    )
    mandatory = config.selection.mandatory
    return SuppressionPolicy(config.all_rules, config.today, ran, mandatory, accepted, config.report_unused)


def _leveled(finding: Finding, config: LintConfig) -> Finding:
    level = config.selection.effective_level(finding.rule, finding.level, lenient=config.is_dev_profile)
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
            yield build_finding(template, judgement)


def _duplicates(document: Document) -> Iterator[Failure]:
    for duplicate in document.duplicates:
        first, second = duplicate.first.start.line, duplicate.second.start.line
        message = (
            f"Key '{duplicate.key}' stands on line {first} and again on line {second}; the first is lost, remove one."
        )
        yield Failure(document.file, "load", message, duplicate.second)


def _refused(template: Template) -> Iterator[Failure]:
    document = template.document
    for name, value, allowed in template.deployments.parameters.disallowed_values():
        message = f"Parameter '{name}' was given '{value}', but allows only {', '.join(allowed)}."
        yield Failure(document.file, "options", message, document.span_of(("Parameters", name, "AllowedValues")))
