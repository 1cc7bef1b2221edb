"""Comparison of files: old and new templates are paired, read, compared and judged by the rules about changes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.change.compare import compare
from relint.discover.candidate import Candidate
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
from relint.run.judge_comparison import judge
from relint.run.results import Results
from relint.run.runner import RunOptions, build_report
from relint.source.read import read_document
from relint.stacks.boundary import NO_NESTED_STACKS

if TYPE_CHECKING:
    from relint.change.records import Comparison
    from relint.discover.candidate import Input
    from relint.settings.lint_config import LintConfig
    from relint.source.document import Document
    from relint.stacks.boundary import SearchBoundary


class FilePair(NamedTuple):
    """The old and the new version of a file; one of them is None if the file is added or removed."""

    old: Candidate | None
    new: Candidate | None


class FileComparison(NamedTuple):
    """Two templates that were compared, by the names of their files."""

    old_file: str
    new_file: str
    comparison: Comparison


class Diff(NamedTuple):
    """The differences between old and new templates.

    `report` has the findings of the rules about changes, `comparisons` all that differs, by the new file. `added` and
    `removed` are the files of templates that only one side has; they are not judged, because nothing tells whether
    their stacks exist. `base` is the git revision whose files are the old ones, named "main:orders.yaml", or empty.
    """

    report: Report
    comparisons: tuple[FileComparison, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    base: str = ""


def pair_by_path(old: Iterable[Input], new: Iterable[Input], old_root: str, new_root: str) -> list[FilePair | Failure]:
    """Return the files of two inputs with the same path below their roots, and the failures of both.

    A single file on each side is a pair, whatever the names.
    """
    old_files, new_files = list(old), list(new)
    failures: list[FilePair | Failure] = [entry for entry in (*old_files, *new_files) if isinstance(entry, Failure)]
    old_by_path = _by_path(old_files, old_root)
    new_by_path = _by_path(new_files, new_root)
    names = sorted({*old_by_path, *new_by_path})
    return failures + [FilePair(old_by_path.get(name), new_by_path.get(name)) for name in names]


def _by_path(inputs: Sequence[Input], root: str) -> Mapping[str, Candidate]:
    is_folder = os.path.isdir(root)
    candidates = (entry for entry in inputs if isinstance(entry, Candidate))
    return {os.path.relpath(entry.file, root) if is_folder else "": entry for entry in candidates}


def compare_pairs(
    pairs: Iterable[FilePair | Failure],
    config_for_file: Callable[[str], LintConfig],
    search_label: str,
    boundary: SearchBoundary = NO_NESTED_STACKS,
    base: str = "",
    *,
    allow_empty: bool = False,
) -> Diff:
    """Return the differences between the templates of pairs, each with the configuration of the new file.

    `base` is the git revision of the old files. Without templates there is a failure, unless `allow_empty`.
    """
    results = Results()
    comparisons: list[FileComparison] = []
    unpaired: dict[str, list[str]] = {"added": [], "removed": []}
    for pair in pairs:
        if isinstance(pair, Failure):
            results.failures.append(pair)
            continue
        named = pair.new or pair.old
        assert named is not None, "a pair has at least one file"
        config = config_for_file(named.file)
        results.lint_configs[id(config)] = config
        old, new = (read_template(candidate, results, boundary) for candidate in pair)
        if pair.old is None or pair.new is None:
            if old or new:
                unpaired["added" if new else "removed"].append(named.file)
        elif old and new:
            comparison = judge(new.file, partial(compare, old, new, config.parameters), config, results)
            if comparison:
                comparisons.append(FileComparison(old.file, new.file, comparison))
    if not (allow_empty or comparisons or any(unpaired.values()) or results.failures):
        message = f"There is no CloudFormation template in '{search_label}'."
        results.failures.append(Failure(file=search_label, stage="discover", message=message))
    return Diff(
        report=build_report(results, RunOptions()),
        comparisons=tuple(sorted(comparisons, key=lambda entry: (entry.new_file, entry.old_file))),
        added=tuple(sorted(unpaired["added"])),
        removed=tuple(sorted(unpaired["removed"])),
        base=base,
    )


def read_template(candidate: Candidate | None, results: Results, boundary: SearchBoundary) -> Document | None:
    """Return the template of a file; None for a file that is none, or that cannot be read."""
    if candidate is None or not (candidate.is_explicit or can_be_template(candidate.raw)):
        return None
    try:
        document = read_document(candidate.raw, candidate.file)
        if may_include(document.text):
            from relint.stacks.includes import expand_includes  # few templates have includes

            document = expand_includes(document, boundary)
    except TemplateError as error:
        results.failures.append(Failure(error.file or candidate.file, "load", error.message, error.span))
        return None
    if has_template_shape(document.data):
        results.failures += include_errors(document)
        return document
    if is_meant_as_template(document.data):
        results.failures += [*include_errors(document), *slips(document)]
    else:
        results.skipped[candidate.file] = NOT_A_TEMPLATE
    return None
