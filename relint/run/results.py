"""Results of a run so far."""

from __future__ import annotations

from collections.abc import Iterable

from relint._typing import TYPE_CHECKING
from relint.stacks.cross_stack import CrossStackIndex

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.finding import Failure, Finding, Unjudged
    from relint.level import Level
    from relint.settings.lint_config import LintConfig
    from relint.suppressions.entry import SuppressionEntry


class Results:
    """Findings and failures of templates, with the facts that the report needs.

    `findings`, `skipped` (reasons), `sources` (texts) and `fail_on` are by file, `rules_run`, `level_overrides` by rule
    id, `lint_configs` by `id()`. `used_suppressions` are those of the configuration that suppressed a finding.
    `included` are the templates that include a file. `depends_on_today` is true if a result depends on the current
    date, for example because a suppression has an `until:` date; such results are cached for one day only.
    """

    def __init__(self) -> None:
        self.findings: dict[str, list[Finding]] = {}
        self.failures: list[Failure] = []
        self.templates: list[str] = []
        self.skipped: dict[str, str] = {}
        self.sources: dict[str, str] = {}
        self.declared_parameters: set[str] = set()
        self.rules_run: dict[str, Rule] = {}
        self.fail_on: dict[str, str] = {}
        self.fail_on_review: set[str] = set()
        self.level_overrides: dict[str, Level] = {}
        self.lint_configs: dict[int, LintConfig] = {}
        self.used_suppressions: set[SuppressionEntry] = set()
        self.unjudged: list[Unjudged] = []
        self.included: dict[str, set[str]] = {}
        self.depends_on_today = False
        self.cross_stack = CrossStackIndex()

    def add_template(self, file: str, declared_parameters: Iterable[str], config: LintConfig) -> None:
        """Add a template: its name, the parameters that it declares, and its configuration."""
        self.lint_configs[id(config)] = config
        self.templates.append(file)
        self.declared_parameters.update(declared_parameters)
        self.level_overrides.update(config.selection.severity)
        self._set_fail_on(file, config)

    def add_included(self, file: str, template: str, config: LintConfig) -> None:
        """Add a file that a template includes, whose findings count as those of the template do."""
        self.included.setdefault(file, set()).add(template)
        self._set_fail_on(file, config)

    def _set_fail_on(self, file: str, config: LintConfig) -> None:
        if config.fail_on != "warning":
            self.fail_on[file] = config.fail_on
        if config.fail_on_review:
            self.fail_on_review.add(file)

    def merge(self, results: Results) -> None:
        """Add the results of further templates."""
        self.findings.update(results.findings)
        self.failures += results.failures
        self.templates += results.templates
        self.skipped.update(results.skipped)
        self.sources.update(results.sources)
        self.declared_parameters |= results.declared_parameters
        self.rules_run.update(results.rules_run)
        self.fail_on.update(results.fail_on)
        self.fail_on_review.update(results.fail_on_review)
        self.level_overrides.update(results.level_overrides)
        self.lint_configs.update(results.lint_configs)
        self.used_suppressions |= results.used_suppressions
        self.unjudged += results.unjudged
        for file, templates in results.included.items():
            self.included.setdefault(file, set()).update(templates)
        self.depends_on_today |= results.depends_on_today
        self.cross_stack.merge(results.cross_stack)
