"""Comparison by a change set: it and the templates beside it are read, compared and judged."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from relint._typing import TYPE_CHECKING
from relint.change.change_set.compare import compare_change_set
from relint.change.change_set.reader import COMMAND, read_change_set
from relint.discover.candidate import Candidate
from relint.errors import TemplateError
from relint.finding import Failure
from relint.run.comparison.compare_files import Diff, read_template
from relint.run.comparison.compare_stacks import FileComparison
from relint.run.comparison.judge_comparison import judge
from relint.run.results import Results
from relint.run.runner import RunOptions, build_report
from relint.source.read import read_document
from relint.stacks.boundary import NO_NESTED_STACKS

if TYPE_CHECKING:
    from relint.settings.lint_config import LintConfig
    from relint.source.document import Document
    from relint.stacks.boundary import SearchBoundary


def compare_by_change_set(
    change_set: Candidate,
    templates: Sequence[Candidate],
    config_for_file: Callable[[str], LintConfig],
    boundary: SearchBoundary = NO_NESTED_STACKS,
) -> Diff:
    """Return what a change set changes; `templates` are none, the new one, or the old and the new one.

    A change set that cannot be read, or of which the file has one page only, is a failure of the report.
    """
    results = Results()
    documents = [_read(candidate, results, boundary) for candidate in templates]
    comparison = None
    if None not in documents:
        comparison = _compare(change_set, [document for document in documents if document], config_for_file, results)
    return Diff(build_report(results, RunOptions()), (comparison,) if comparison else ())


def _read(candidate: Candidate, results: Results, boundary: SearchBoundary) -> Document | None:
    failures_before = len(results.failures)
    document = read_template(candidate, boundary, results.failures, results.skipped)
    if document is None and len(results.failures) == failures_before:
        message = "This is no CloudFormation template; name the templates of the stack whose change set it is."
        results.failures.append(Failure(candidate.file, "load", message))
    return document


def _compare(
    candidate: Candidate, templates: Sequence[Document], config_for_file: Callable[[str], LintConfig], results: Results
) -> FileComparison | None:
    try:
        change_set = read_change_set(read_document(candidate.raw, candidate.file))
    except TemplateError as error:
        results.failures.append(Failure(error.file or candidate.file, "load", error.message, error.span))
        return None
    if not change_set.is_complete:
        message = f"The change set has a NextToken, so changes are missing; let `{COMMAND}` print all pages."
        results.failures.append(Failure(candidate.file, "load", message))
    old = templates[0] if len(templates) > 1 else None
    new = templates[-1] if templates else None
    old_file, new_file = (document.file if document else candidate.file for document in (old, new))
    config = config_for_file(new_file)
    judged = judge(new_file, lambda: compare_change_set(change_set, old, new, config.parameters), config, results)
    if judged is None:
        return None
    results.findings[new_file] = judged.findings
    return FileComparison(old_file, new_file, judged.comparison)
