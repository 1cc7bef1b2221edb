"""Comparison of files: old and new templates are read, their stacks compared and judged by the rules about changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.discover.template_detection import (
    NOT_A_TEMPLATE,
    can_be_template,
    has_template_shape,
    is_meant_as_template,
    may_include,
)
from relint.errors import TemplateError
from relint.finding import Failure, Report
from relint.run.check_template import include_errors, slips
from relint.run.comparison.compare_stacks import FileComparison, StackJudge
from relint.run.comparison.stack_pairs import DocumentPair, pair_stacks
from relint.run.results import Results
from relint.run.runner import RunOptions, build_report
from relint.source.read import read_document

if TYPE_CHECKING:
    from relint.discover.candidate import Candidate
    from relint.run.comparison.file_pairs import FilePair, FilePairs, Sides
    from relint.run.comparison.stack_pairs import StackPair
    from relint.settings.lint_config import LintConfig
    from relint.source.document import Document
    from relint.stacks.boundary import SearchBoundary


class Diff(NamedTuple):
    """The differences between old and new templates.

    `report` has the findings of the rules about changes, `comparisons` all that differs, by the new file. `added` and
    `removed` are the files of templates that only one side has: the first change nothing that runs, and what the stacks
    of the others contain is among the comparisons. `base` is the git revision of the old files, whose names begin with
    it ("main:orders.yaml"), or empty. If it `is_of_sites`, a primary and its recovery template, it has findings only.
    """

    report: Report
    comparisons: tuple[FileComparison, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    base: str = ""
    is_of_sites: bool = False


def compare_files(
    files: FilePairs, config_for_file: Callable[[str], LintConfig], search_label: str, *, allow_empty: bool = False
) -> Diff:
    """Return the differences between the templates of pairs, each with the configuration of the new file.

    Without templates there is a failure, unless `allow_empty`.
    """
    results = Results()
    results.failures += files.failures
    sides = files.sides
    old_failures: list[Failure] = []
    documents = [_read_pair(pair, sides, (old_failures, results.failures), results.skipped) for pair in files.pairs]
    stacks = list(pair_stacks(documents, config_for_file, sides, (old_failures, results.failures)))
    results.failures += [entry._replace(file=sides.name_of_old(entry.file)) for entry in old_failures]
    comparisons = StackJudge(results, sides).compare_all(stacks)
    if not (allow_empty or any(pair.old or pair.new for pair in documents) or results.failures):
        message = f"There is no CloudFormation template in '{search_label}'."
        results.failures.append(Failure(file=search_label, stage="discover", message=message))
    added, removed = _one_sided(documents, stacks)
    prefix = f"{sides.base}:"
    earlier = {file: file.removeprefix(prefix) for file in results.sources if sides.base and file.startswith(prefix)}
    return Diff(
        report=build_report(results, RunOptions())._replace(earlier=earlier),
        comparisons=tuple(sorted(comparisons, key=lambda entry: (entry.new_file, entry.old_file))),
        added=tuple(sorted(added)),
        removed=tuple(sorted(map(sides.name_of_old, removed))),
        base=sides.base,
    )


def _read_pair(
    pair: FilePair, sides: Sides, failures: tuple[list[Failure], list[Failure]], skipped: dict[str, str]
) -> DocumentPair:
    """Return the templates of a pair; failures to read the old and the new one go to `failures`."""
    numbers = [len(entries) for entries in failures]
    old = read_template(pair.old, sides.old, failures[0], skipped)
    new = read_template(pair.new, sides.new, failures[1], skipped)
    has_failed = [len(entries) > number for entries, number in zip(failures, numbers, strict=True)]
    return DocumentPair(old, new, not (has_failed[0] and old is None) and not (has_failed[1] and new is None))


def _one_sided(documents: Sequence[DocumentPair], stacks: Sequence[StackPair]) -> tuple[set[str], set[str]]:
    """Return the files of templates that only the new and only the old side has, and no stack has on both."""
    lasting = [pair for pair in stacks if pair.new]
    added = {pair.new.file for pair in documents if pair.new and not pair.old and pair.is_readable}
    removed = {pair.old.file for pair in documents if pair.old and not pair.new and pair.is_readable}
    return added - {pair.new.file for pair in lasting if pair.new}, removed - {pair.old.file for pair in lasting}


def read_template(
    candidate: Candidate | None, boundary: SearchBoundary, failures: list[Failure], skipped: dict[str, str]
) -> Document | None:
    """Return the template of a file; None for a file that is none, or that cannot be read."""
    if candidate is None or not (candidate.is_explicit or can_be_template(candidate.raw)):
        return None
    try:
        document = read_document(candidate.raw, candidate.file)
        if may_include(document.text):
            from relint.stacks.includes import expand_includes  # few templates have includes

            document = expand_includes(document, boundary)
    except TemplateError as error:
        failures.append(Failure(error.file or candidate.file, "load", error.message, error.span))
        return None
    if has_template_shape(document.data):
        failures += include_errors(document)
        return document
    if is_meant_as_template(document.data):
        failures += [*include_errors(document), *slips(document)]
    else:
        skipped[candidate.file] = NOT_A_TEMPLATE
    return None
