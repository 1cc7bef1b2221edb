"""Fixes as proposals: edits of the text that a program or a person may apply to one finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.fixes.edit import EditError, TextEdit
from relint.fixes.plan import Fix, fixes_of
from relint.fixes.text_edits import edit_document

if TYPE_CHECKING:
    from relint.catalog.rule_edits import Safety
    from relint.finding import Finding
    from relint.source.document import Document


class ProposedFix(NamedTuple):
    """A fix of one finding: `edits` of the text, in code points, of which none overlap."""

    title: str
    safety: Safety
    because: str
    edits: tuple[TextEdit, ...]

    @property
    def description(self) -> str:
        """The title and, of an unsafe fix, what it costs, interrupts or changes."""
        return f"{self.title} ({self.because})" if self.safety == "unsafe" and self.because else self.title


def proposed_fixes(
    document: Document, finding: Finding, is_fixed: Callable[[str, Finding], bool]
) -> Iterator[ProposedFix]:
    """Yield the fixes of a finding that are possible in the text, the default first.

    `is_fixed` says whether the finding has gone from an edited text; fixes after which it has not are left out.
    """
    for fix in fixes_of(document, finding):
        if isinstance(fix, Fix):
            edited = document
            text_edits: list[TextEdit] = []
            try:
                for edit in fix.edits:
                    edited, text_edits = edit_document(edited, edit)
            except EditError:
                continue
            if is_fixed(edited.source.text, finding):
                if len(fix.edits) > 1:
                    text_edits = [_spanning_edit(document.source.text, edited.source.text)]
                yield ProposedFix(fix.title, fix.safety, fix.because, tuple(text_edits))


def _spanning_edit(before: str, after: str) -> TextEdit:
    """Return one edit that makes a text of another: from the first difference to the last one."""
    start = _common_length(before, after)
    end = _common_length(before[start:][::-1], after[start:][::-1])
    return TextEdit(start, len(before) - end, after[start : len(after) - end])


def _common_length(left: str, right: str) -> int:
    """Return how many characters two texts have in common at their start."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[:middle] == right[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
