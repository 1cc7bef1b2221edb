"""The fixes of the findings of a report, for reports that contain them."""

from __future__ import annotations

from collections.abc import Hashable

from relint._typing import TYPE_CHECKING
from relint.errors import TemplateError
from relint.system import today

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.finding import Finding, Report
    from relint.fixes.proposals import Proposal
    from relint.fixes.trials import Check
    from relint.source.document import Document


class FixFinder:
    """Finds the fixes of findings; a file is read, and a rule verifies its fixes there, when they are asked for."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._documents: dict[str, Document | None] = {}
        self._findings: dict[tuple[str, str], list[Finding]] = {}
        self._proposals: dict[tuple[str, str], dict[Hashable, list[Proposal]]] = {}

    def fixes(self, finding: Finding) -> list[Proposal]:
        """Return the fixes of a finding after which its rule, alone, no longer reports it, the default first.

        A finding that is open has none, and neither has one in a file that cannot be read again. A rule reports the
        first fault of a resource, so it may report the next one afterwards, which has another message.
        """
        if not finding.is_decided or not finding.rule.edits:
            return []
        key = finding.file, finding.rule.id
        if key not in self._proposals:
            self._proposals[key] = self._propose(*key)
        return self._proposals[key].get(_place(finding), [])

    def _propose(self, file: str, rule_id: str) -> dict[Hashable, list[Proposal]]:
        """Return the proposals of a rule for a file by the place of the finding."""
        from relint.fixes.plan import Fix, fixes_of  # few reports contain fixes
        from relint.fixes.proposals import propose_fixes

        document = self._document(file)
        if document is None:
            return {}
        findings = self._findings_of(file, rule_id)
        check = self._checker(file, findings[0].rule)
        before = check(document.source.text)
        fixes = [[fix for fix in fixes_of(document, finding) if isinstance(fix, Fix)] for finding in findings]
        proposals: dict[Hashable, list[Proposal]] = {}
        for number in range(max(map(len, fixes))):
            choices = [
                (finding, offer[number]) for finding, offer in zip(findings, fixes, strict=True) if offer[number:]
            ]
            for proposal in propose_fixes(document, choices, before, check):
                proposals.setdefault(_place(proposal.finding), []).append(proposal)
        return proposals

    def _document(self, file: str) -> Document | None:
        """Return a file of the report, or None if it cannot be read."""
        if file not in self._documents:
            self._documents[file] = _read(self._report.sources.get(file), file)
        return self._documents[file]

    def _findings_of(self, file: str, rule_id: str) -> list[Finding]:
        if not self._findings:
            for finding in self._report.findings:
                self._findings.setdefault((finding.file, finding.rule.id), []).append(finding)
        return self._findings[file, rule_id]

    def _checker(self, file: str, rule: Rule) -> Check:
        """Return the check of a text in the place of a file by one rule alone."""
        from relint.discover.candidate import Candidate
        from relint.run.runner import RunOptions, run
        from relint.settings.lint_config import config_for_single_rule

        config = config_for_single_rule(rule, self._report.rules, {}, today())
        return lambda text: run([Candidate(file, text, is_explicit=True)], lambda _: config, RunOptions())


def _place(finding: Finding) -> Hashable:
    return finding.path, finding.message


def _read(text: str | None, file: str) -> Document | None:
    from relint.source.read import read_document

    try:
        return None if text is None else read_document(text, file)
    except TemplateError:
        return None
