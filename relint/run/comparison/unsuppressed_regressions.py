"""Regressions between two templates that neither the new template nor the configuration suppresses."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.evaluate.regressions import find_regressions
from relint.finding import Failure
from relint.level import LEVELS
from relint.settings.lint_config import index_by_type
from relint.suppressions.metadata import has_suppressions

if TYPE_CHECKING:
    from relint.change.records import Comparison, Regression
    from relint.run.results import Results
    from relint.settings.lint_config import LintConfig


def unsuppressed_regressions(comparison: Comparison, config: LintConfig, results: Results) -> list[Regression]:
    """Return the regressions of the rules that judge templates.

    Their level is at least warning, unless the configuration lowers that of the rule. A rule that crashed is a failure
    in the results.
    """
    selection, template = config.selection, comparison.new.template
    rules = selection.judging_rules
    regressions: list[Regression] = []
    for entry in find_regressions(comparison, index_by_type(rules)):
        if isinstance(entry, Failure):
            results.failures.append(entry)
            continue
        finding = entry.finding
        level = max(finding.level, "warning", key=LEVELS.index)  # the old value was a decision
        level = selection.effective_level(finding.rule, level, lenient=config.is_dev_profile)
        regressions.append(entry._replace(finding=finding._replace(level=level)))
    if not regressions or not (config.honored_tools or config.configured_suppressions or has_suppressions(template)):
        return regressions
    from relint.run.suppress import suppress  # most templates suppress nothing

    findings = [entry.finding for entry in regressions]
    rule_ids = frozenset(rule.id for rule in rules)
    kept = [entry for entry in suppress(template, findings, config, rule_ids, results) if not entry.suppression]
    return [entry for entry in regressions if entry.finding in kept]
