"""The fixes of the findings of a report, for reports that contain them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from relint._typing import TYPE_CHECKING
from relint.errors import TemplateError
from relint.system import today

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.finding import Finding, Report
    from relint.fixes.proposals import Proposal
    from relint.fixes.trials import Check
    from relint.source.document import Document


_MOST_CHECKS = 60
"""Checks of one file that verify fixes, so that the time for a report is bounded; what needs more has no fix."""


class FixFinder:
    """Finds the fixes of findings; a file is read, and its fixes are verified, when one of them is asked for."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._findings: dict[str, list[Finding]] = {}
        self._proposals: dict[str, dict[Hashable, list[Proposal]]] = {}

    def fixes(self, finding: Finding) -> list[Proposal]:
        """Return the fixes of a finding after which it is gone, the default first.

        All rules of the report verify them, with the values of the file's own parameters alone. A finding that is open
        has none, and neither has one in a file that cannot be read again. A rule reports the first fault of a resource,
        so it may report the next one afterwards, which has another message.
        """
        if not finding.is_decided or not finding.rule.edits:
            return []
        if finding.file not in self._proposals:
            self._proposals[finding.file] = self._propose(finding.file)
        return self._proposals[finding.file].get(_place(finding), [])

    def _propose(self, file: str) -> dict[Hashable, list[Proposal]]:
        """Return the proposals for a file by the place of the finding."""
        from relint.fixes.plan import Fix, fixes_of  # few reports contain fixes
        from relint.fixes.proposals import propose_fixes

        document = _read(self._report.sources.get(file), file)
        if document is None:
            return {}
        findings = self._findings_in(file)
        check = self._checker(file, self._report.rules)
        before = check(document.source.text)
        trials = iter(range(_MOST_CHECKS))

        def check_trial(text: str) -> Report:
            return check(text) if next(trials, None) is not None else before  # nothing is fixed then

        fixes = [[fix for fix in fixes_of(document, finding) if isinstance(fix, Fix)] for finding in findings]
        proposals: dict[Hashable, list[Proposal]] = {}
        for number in range(max(map(len, fixes))):
            offered = zip(findings, fixes, strict=True)
            choices = [(finding, offer[number]) for finding, offer in offered if len(offer) > number]
            for proposal in propose_fixes(document, choices, before, check_trial):
                proposals.setdefault(_place(proposal.finding), []).append(proposal)
        return proposals

    def _findings_in(self, file: str) -> list[Finding]:
        """Return the findings in a file for which a rule offers edits."""
        if not self._findings:
            for finding in self._report.findings:
                if finding.rule.edits:
                    self._findings.setdefault(finding.file, []).append(finding)
        return self._findings[file]

    def _checker(self, file: str, rules: Sequence[Rule]) -> Check:
        """Return the check of a text in the place of a file by some rules."""
        from relint.discover.candidate import Candidate
        from relint.run.runner import RunOptions, run
        from relint.settings.lint_config import config_for_rules

        config = config_for_rules(rules, self._report.rules, {}, today())
        return lambda text: run([Candidate(file, text, is_explicit=True)], lambda _: config, RunOptions())


def _place(finding: Finding) -> Hashable:
    return finding.rule.id, finding.path, finding.message


def _read(text: str | None, file: str) -> Document | None:
    from relint.source.read import read_document

    try:
        return None if text is None else read_document(text, file)
    except TemplateError:
        return None
