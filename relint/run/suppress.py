"""Suppressions of a template and of its configuration, applied to its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from relint._typing import TYPE_CHECKING
from relint.settings.lint_config import applies_to_file
from relint.suppressions.apply import apply_suppressions
from relint.suppressions.from_configuration import entry_from_configuration
from relint.suppressions.in_template import template_suppressions
from relint.suppressions.policy import SuppressionPolicy

if TYPE_CHECKING:
    from relint.finding import Finding
    from relint.model.template import Template
    from relint.run.results import Results
    from relint.settings.lint_config import LintConfig
    from relint.suppressions.entry import SuppressionEntry


def suppress(
    template: Template,
    findings: Iterable[Finding],
    config: LintConfig,
    rule_ids: frozenset[str],
    results: Results,
    configured_name: Callable[[str], str] = str,
) -> Iterator[Finding]:
    """Return the findings, suppressed or not, and those about suppressions; add facts to the results.

    `configured_name` returns the name by which the configuration knows a file, such as one of a git revision.
    """
    policy = suppression_policy(config, configured_name(template.document.file), rule_ids)
    for part in template.document.parts[1:] if config.configured_suppressions else ():
        configured = _configured_entries(config, configured_name(part.file))
        entries = [entry._replace(file=part.file) for entry in configured]
        policy = policy._replace(configured_entries=(*policy.configured_entries, *entries))
    suppressions = list(template_suppressions(template, config.honored_tools))
    results.depends_on_today |= any(suppression.until for suppression in (*suppressions, *policy.configured_entries))
    return apply_suppressions(template.document.file, findings, suppressions, policy, results.used_suppressions)


def suppression_policy(config: LintConfig, file: str, rule_ids: frozenset[str]) -> SuppressionPolicy:
    """Return the policy for suppressions in a file on which these rules run."""
    return SuppressionPolicy(
        all_rules=config.all_rules,
        today=config.today,
        rules_run=rule_ids,
        mandatory_ids=config.selection.mandatory,
        configured_entries=_configured_entries(config, file) if config.configured_suppressions else (),
        report_unused=config.report_unused,
    )


def _configured_entries(config: LintConfig, file: str) -> tuple[SuppressionEntry, ...]:
    """Return the suppressions of the configuration that apply to a file."""
    entries = config.configured_suppressions
    return tuple(entry_from_configuration(entry) for entry in entries if applies_to_file(entry, file))
