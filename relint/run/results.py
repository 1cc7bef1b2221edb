"""What a run has found so far."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from relint.stacks.cross_stack import CrossStackIndex

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.finding import Failure, Finding
    from relint.level import Level
    from relint.settings.lint_config import LintConfig
    from relint.suppressions.entry import SuppressionEntry


class Results:
    """What has been found in some templates, or in one.

    `used` are the suppressions of the configuration that suppressed something. `dated` says whether the day decided
    about anything, as it does where a suppression has a day on which it ends.
    """

    def __init__(self) -> None:
        self.findings: dict[str, list[Finding]] = {}
        self.failures: list[Failure] = []
        self.templates: list[str] = []
        self.skipped: dict[str, str] = {}
        self.sources: dict[str, str] = {}
        self.declared: set[str] = set()
        self.ran: dict[str, Rule] = {}
        self.fail_on: dict[str, str] = {}
        self.severity: dict[str, Level] = {}
        self.scopes: dict[int, LintConfig] = {}
        self.used: set[SuppressionEntry] = set()
        self.dated = False
        self.stacks = CrossStackIndex()

    def enter(self, file: str, declared: Iterable[str], config: LintConfig) -> None:
        """Takes a template into the report: its name, the parameters that it declares, and what holds for it."""
        self.scopes[id(config)] = config
        self.templates.append(file)
        self.declared.update(declared)
        self.severity.update(config.selection.severity)
        if config.fail_on != "warning":
            self.fail_on[file] = config.fail_on

    def absorb(self, other: Results) -> None:
        """Adds what was found elsewhere."""
        self.failures += other.failures
        self.templates += other.templates
        for name in ("findings", "skipped", "sources", "declared", "ran", "fail_on", "severity", "used", "scopes"):
            getattr(self, name).update(getattr(other, name))
        self.dated |= other.dated
        self.stacks.merge(other.stacks)
