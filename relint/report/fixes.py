"""The fixes of the findings of a report, for reports that contain them."""

from __future__ import annotations

from collections import Counter
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
        self._findings_before: dict[tuple[str, str], Counter[tuple[str | None, str]]] = {}

    def fixes(self, finding: Finding) -> list[ProposedFix]:
        """Return the fixes of a finding after which its rule no longer reports it, the default first.

        A finding that is open has none, and neither has one in a file that cannot be read again.
        """
        if not finding.is_decided or not finding.rule.edits:
            return []
        document = self._document(finding.file)
        return [] if document is None else list(self._fixes_in(document, finding))

    def _fixes_in(self, document: Document, finding: Finding) -> Iterator[ProposedFix]:
        from relint.fixes.edit import EditError  # few reports contain fixes
        from relint.fixes.plan import fixes_of
        from relint.fixes.text_edits import edit_document

        for fix in fixes_of(document, finding):
            if isinstance(fix, EditError):
                continue
            try:
                edited, text_edits = edit_document(document, fix.edits)
            except EditError:
                continue
            if self._is_fixed(edited.source.text, finding):
                yield ProposedFix(document, fix, text_edits)

    def _document(self, file: str) -> Document | None:
        """Return a file of the report, or None if it cannot be read."""
        if file not in self._documents:
            self._documents[file] = _read(self._report.sources.get(file), file)
        return self._documents[file]

    def _is_fixed(self, text: str, finding: Finding) -> bool:
        """Whether the rule of a finding, alone, reports its resource less often in a text, at least in this way.

        A rule reports the first fault of a resource, so a fix may uncover the next one, which has another message.
        """
        key = finding.file, finding.rule.id
        if key not in self._findings_before:
            self._findings_before[key] = self._count(self._report.sources[finding.file], finding)
        before, after = self._findings_before[key], self._count(text, finding)
        kind = finding.logical_id, finding.message_id.removesuffix("-when")
        return after[kind] < before[kind] and _of_resource(after, finding) <= _of_resource(before, finding)

    def _count(self, text: str, finding: Finding) -> Counter[tuple[str | None, str]]:
        """Return how often the rule of a finding reports each resource of a text with each message."""
        from relint.discover.candidate import Candidate
        from relint.run.runner import RunOptions, run
        from relint.settings.lint_config import config_for_single_rule

        config = config_for_single_rule(finding.rule, self._report.rules, {}, today())
        report = run([Candidate(finding.file, text, is_explicit=True)], lambda _: config, RunOptions())
        return Counter((other.logical_id, other.message_id.removesuffix("-when")) for other in report.findings)


def _of_resource(counts: Counter[tuple[str | None, str]], finding: Finding) -> int:
    return sum(count for (logical_id, _), count in counts.items() if logical_id == finding.logical_id)


def _read(text: str | None, file: str) -> Document | None:
    from relint.source.read import read_document

    try:
        return None if text is None else read_document(text, file)
    except TemplateError:
        return None
