"""Places of findings in the new templates, to which the readers of a pull request point."""

from __future__ import annotations

from collections.abc import Sequence

from relint._typing import TYPE_CHECKING
from relint.finding import Related, finding_sort_key

if TYPE_CHECKING:
    from relint.finding import Failure, Finding, Report
    from relint.run.comparison.compare_files import Diff
    from relint.run.comparison.compare_stacks import FileComparison


def report_on_new_templates(diff: Diff) -> Report:
    """Return the report of a comparison with every finding in a new template, as far as there is one.

    What is gone is reported at what contained it, with the old place as related location; in a template that is gone,
    at its place there. No file has the name of a git revision, and the related locations say it in words.
    """
    report = diff.report
    comparisons: dict[str, list[FileComparison]] = {}
    for entry in diff.comparisons:
        for file in _old_files(entry):
            comparisons.setdefault(file, []).append(entry)
    prefix = f"{diff.base}:" if diff.base else ""
    results = (_in_new_template(finding, comparisons.get(finding.file, ())) for finding in report.results)
    texts = {file: report.sources[name] for name, file in report.earlier.items() if file not in report.sources}
    return report._replace(
        results=tuple(sorted((_with_revision(result, diff.base) for result in results), key=finding_sort_key)),
        failures=tuple(_without_revision(failure, diff.base) for failure in report.failures),
        sources={**texts, **report.sources},
        included={name.removeprefix(prefix): templates for name, templates in report.included.items()},
    )


def _old_files(entry: FileComparison) -> set[str]:
    """Return the files that only the old template has."""
    old, new = entry.comparison.old.template.document, entry.comparison.new.template.document
    return {part.file for part in old.parts} - {part.file for part in new.parts}


def _in_new_template(finding: Finding, entries: Sequence[FileComparison]) -> Finding:
    """Return a finding in an old template, which these comparisons have, as one at the nearest place in a new one."""
    entry = next((entry for entry in entries if finding.logical_id in entry.comparison.by_id()), None)
    if entry is None or (entry.gone and entry.gone.span is None):
        return finding
    if entry.gone and entry.gone.span:
        file, span = entry.gone.file, entry.gone.span
    else:
        document = entry.comparison.new.template.document
        file, span = document.file_of(finding.path), document.span_of(finding.path)
    old_place = Related("It was here.", finding.path, finding.span, finding.logical_id, finding.file)
    related = (old_place, *(place._replace(file=place.file or finding.file) for place in finding.related))
    return finding._replace(file=file, span=span, related=related)


def _with_revision(finding: Finding, revision: str) -> Finding:
    """Return a finding whose places in a git revision name it in their sentence, and in no file of the finding."""
    if not revision:
        return finding
    prefix = f"{revision}:"
    related = (
        place._replace(message=f"{place.message} This is the line in the revision {revision}.", revision=revision)
        if (place.file or "").startswith(prefix)
        else place
        for place in finding.related
    )
    return finding._replace(file=finding.file.removeprefix(prefix), related=tuple(related))


def _without_revision(failure: Failure, revision: str) -> Failure:
    prefix = f"{revision}:"
    if not (revision and failure.file.startswith(prefix)):
        return failure
    file = failure.file.removeprefix(prefix)
    return failure._replace(file=file, span=None, message=f"In the revision {revision}: {failure.message}")
