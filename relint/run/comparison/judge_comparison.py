"""Judgement of a comparison by the rules about changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.errors import DEFECT, TemplateError
from relint.evaluate.change_rules import find_change_problems
from relint.evaluate.comparison_rules import find_comparison_problems
from relint.evaluate.finding_builder import without_duplicates
from relint.finding import Failure, Finding
from relint.run.comparison.unsuppressed_regressions import unsuppressed_regressions
from relint.suppressions.metadata import has_suppressions

if TYPE_CHECKING:
    from relint.catalog.rule import Rule, Scope
    from relint.change.records import Comparison
    from relint.run.results import Results
    from relint.settings.lint_config import LintConfig


UPDATE: tuple[Scope, ...] = ("change", "comparison")
RECOVERY: tuple[Scope, ...] = ("recovery",)
"""Scopes of the rules that judge an update, and of those that judge a recovery template beside its primary."""


class Judged(NamedTuple):
    """A comparison, and the findings in it."""

    comparison: Comparison
    findings: list[Finding]


def judge(
    file: str,
    build: Callable[[], Comparison],
    config: LintConfig,
    results: Results,
    configured_name: Callable[[str], str] = str,
    scopes: tuple[Scope, ...] = UPDATE,
) -> Judged | None:
    """Return the comparison that `build` makes, and its findings; None if it fails. Other facts go to the results.

    `file` is the new template, or what stands for it. `configured_name` returns the name by which the configuration
    knows a file of the old side. Only rules of the scopes judge.
    """
    try:
        comparison = build()
        if file not in results.templates:  # several stacks may have one template
            results.add_template(file, comparison.new.template.deployments.parameters, config)
        for part in comparison.old.template.document.parts:
            if part.file != file:
                results.add_included(part.file, file, config)  # findings in the old template count as those of the new
        results.declared_parameters.update(comparison.old.template.deployments.parameters)
        rules = [rule for rule in config.selection.rules if rule.scope in scopes]
        results.rules_run.update((rule.id, rule) for rule in rules)
        findings = list(_findings(comparison, rules, config, results, configured_name))
    except TemplateError as error:
        results.failures.append(Failure(error.file or file, "load", error.message, error.span))
        return None
    except Exception as error:  # the findings in other templates must not be lost
        message = f"relint cannot compare this template ({type(error).__name__}: {error}); {DEFECT}."
        results.failures.append(Failure(file, "check", message))
        return None
    levels = [config.selection.effective_level(finding.rule, finding.level) for finding in findings]
    if findings:
        documents = (comparison.old.template.document, comparison.new.template.document)
        parts = (part for document in documents for part in document.parts)
        results.sources.update((part.file, part.source.text) for part in parts if part.source.text)
    return Judged(comparison, [finding._replace(level=level) for finding, level in zip(findings, levels, strict=True)])


def _findings(
    comparison: Comparison,
    rules: Sequence[Rule],
    config: LintConfig,
    results: Results,
    configured_name: Callable[[str], str],
) -> Iterator[Finding]:
    """Yield the findings, those that either template or the configuration suppresses included."""
    found: list[Finding] = []
    for result in _problems(comparison, rules, config, results):
        if isinstance(result, Finding):
            found.append(result)
        else:
            results.failures.append(result)
    found = without_duplicates(found)
    rule_ids = frozenset(rule.id for rule in rules)
    for template in (comparison.old.template, comparison.new.template):
        if not (config.honored_tools or config.configured_suppressions or has_suppressions(template)):
            continue
        from relint.run.suppress import suppress  # most templates suppress nothing

        files = {part.file for part in template.document.parts}
        own = [finding for finding in found if finding.file in files]
        suppressed = suppress(template, own, config, rule_ids, results, configured_name)
        found = [finding for finding in found if finding not in own]
        found += [finding for finding in suppressed if finding.rule.compares_templates]
    yield from found


def _problems(
    comparison: Comparison, rules: Sequence[Rule], config: LintConfig, results: Results
) -> Iterator[Finding | Failure]:
    """Yield the findings of rules about changes and of those about both templates, and a failure for each crash.

    Rules about both templates need them whole.
    """
    include_notes = config.selection.include_notes
    about_changes = [rule for rule in rules if rule.scope == "change"]
    yield from find_change_problems(comparison, about_changes, include_notes=include_notes)
    about_templates = [rule for rule in rules if rule.scope != "change"]
    if about_templates and not comparison.is_partial:
        regressions = unsuppressed_regressions(comparison, config, results)
        yield from find_comparison_problems(comparison, about_templates, regressions, include_notes=include_notes)
