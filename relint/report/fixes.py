"""The fixes of the findings of a report, for reports that contain them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.errors import TemplateError
from relint.system import today

if TYPE_CHECKING:
    from relint.finding import Finding, Report
    from relint.fixes.edit import TextEdit
    from relint.fixes.plan import Fix
    from relint.source.document import Document


class ProposedFix(NamedTuple):
    """A fix of a finding in a file, and the edits of the text of the file, of which no two touch, that carry it out."""

    document: Document
    fix: Fix
    text_edits: Sequence[TextEdit]


class FixFinder:
    """Finds the fixes of findings; each file is read once, and only if a rule offers an edit for it."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._documents: dict[str, Document | None] = {}
        self._reports_before: dict[tuple[str, str], Report] = {}

    def fixes(self, finding: Finding) -> Iterator[ProposedFix]:
        """Yield the fixes of a finding after which its rule, alone, no longer reports it, the default first.

        A finding that is open has none, and neither has one in a file that cannot be read again. A rule reports the
        first fault of a resource, so it may report the next one afterwards, which has another message.
        """
        document = self._document(finding.file) if finding.is_decided and finding.rule.edits else None
        if document is None:
            return
        from relint.fixes.apply import apply_fixes  # few reports contain fixes
        from relint.fixes.plan import Fix, fixes_of
        from relint.fixes.trials import Offer

        for fix in fixes_of(document, finding):
            if isinstance(fix, Fix):
                offer = Offer(finding, [fix])
                fixed = apply_fixes(document, [offer], lambda text: self._check(text, document, finding))
                if fixed.applied:
                    yield ProposedFix(document, fix, fixed.text_edits)

    def _document(self, file: str) -> Document | None:
        """Return a file of the report, or None if it cannot be read."""
        if file not in self._documents:
            self._documents[file] = _read(self._report.sources.get(file), file)
        return self._documents[file]

    def _check(self, text: str, document: Document, finding: Finding) -> Report:
        """Return what the rule of a finding, alone, reports on a text in the place of its file."""
        key = finding.file, finding.rule.id
        if text != document.source.text:
            return self._run(text, finding)
        if key not in self._reports_before:
            self._reports_before[key] = self._run(text, finding)
        return self._reports_before[key]

    def _run(self, text: str, finding: Finding) -> Report:
        from relint.discover.candidate import Candidate
        from relint.run.runner import RunOptions, run
        from relint.settings.lint_config import config_for_single_rule

        config = config_for_single_rule(finding.rule, self._report.rules, {}, today())
        return run([Candidate(finding.file, text, is_explicit=True)], lambda _: config, RunOptions())


def _read(text: str | None, file: str) -> Document | None:
    from relint.source.read import read_document

    try:
        return None if text is None else read_document(text, file)
    except TemplateError:
        return None
