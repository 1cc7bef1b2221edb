"""`relint check --fix`: apply fixes to the files, or show them as a diff."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from copy import copy

from relint import api
from relint._typing import TYPE_CHECKING
from relint.commands.build_report import build_report, has_only_option_failures
from relint.commands.check_options import check_arguments, split_selectors
from relint.commands.fix_output import FixResult, print_counts, print_diff, print_result
from relint.discover.template_detection import may_include
from relint.errors import OptionError, RelintError, working_on
from relint.finding import Failure
from relint.fixes.apply import fix_document
from relint.fixes.refusals import generator_of, reason_to_leave
from relint.fixes.write import read_file, write_file
from relint.source.encoding import decode
from relint.source.read import read_document
from relint.stacks.cross_stack import may_deploy_stacks

if TYPE_CHECKING:
    import argparse

    from relint.finding import Finding, Report
    from relint.fixes.trials import Check


def fix_and_report(options: argparse.Namespace) -> Report:
    """Fix the files and return the report on what is left; in a dry run print a diff and change nothing.

    What was fixed and what was not is printed on standard error. The report of a dry run is that of the fixed texts.
    """
    before = build_report(_without_written_baseline(options), options.env)
    if has_only_option_failures(before):
        return before
    results = list(_fix_files(before, options))
    if not options.quiet:
        print_counts(results, is_dry_run=options.dry_run)
    failures = tuple(Failure(one.file, "check", f"not fixed: {one.refusal}") for one in results if one.is_failure)
    fixed = {one.file: one.text for one in results if one.applied}
    is_final = not fixed and not options.write_baseline and not options.prune_baseline
    after = before if is_final else build_report(options, options.env, fixed if options.dry_run else {})
    return after._replace(failures=(*after.failures, *failures))


def _without_written_baseline(options: argparse.Namespace) -> argparse.Namespace:
    """Return the options without those that write a baseline, which is that of what the fixes leave."""
    changed = copy(options)
    changed.write_baseline, changed.prune_baseline = None, False
    return changed


def _fix_files(report: Report, options: argparse.Namespace) -> Iterator[FixResult]:
    """Fix the files one by one, and say so of each; in a dry run print a diff instead."""
    linter = api.Linter(**check_arguments(options), environment=options.env, reload_rules=True)
    parents = dict(_parents(report.templates))
    may_fix = _fix_only(options)
    for file, findings in _findings_by_file(report, may_fix):
        with working_on(file):
            result = _fix_file(file, findings, options, linter, parents, may_fix)
        if not options.quiet:
            print_result(result, is_dry_run=options.dry_run)
        if result.applied and file in parents:
            parents[file] = result.text
        yield result


def _fix_file(
    file: str,
    findings: Sequence[Finding],
    options: argparse.Namespace,
    linter: api.Linter,
    parents: Mapping[str, str],
    may_fix: Callable[[Finding], bool],
) -> FixResult:
    """Fix a file, or return why it is left alone."""
    count = len(findings)
    refusal = reason_to_leave(file, options.paths, linter.configuration().respects_gitignore)
    if refusal:
        return FixResult(file, refused=count, refusal=refusal)
    try:
        raw = read_file(file)
        document = read_document(raw, file)
        refusal = generator_of(document.source.text, findings)
        if refusal:
            return FixResult(file, refused=count, refusal=refusal)
        check = _checker(linter, file, parents)
        fixed = fix_document(document, findings, check, unsafe=options.unsafe, may_fix=may_fix)
        if fixed.applied and not options.dry_run:
            write_file(file, raw, fixed.document.source.text)
    except (RelintError, OSError) as error:
        reason = error.message if isinstance(error, RelintError) else error.strerror or str(error)
        return FixResult(file, refused=count, refusal=reason, is_failure=True)
    if fixed.applied and options.dry_run:
        print_diff(file, document.source.text, fixed.document.source.text)
    return FixResult(file, fixed.document.source.text, fixed.applied, fixed.unfixed)


def _checker(linter: api.Linter, file: str, parents: Mapping[str, str]) -> Check:
    """Return the check of a text in the place of a file.

    Templates that name the file are checked, too, because they may deploy it, and so decide its parameters.
    """
    name = os.path.basename(file)
    others = {other: text for other, text in parents.items() if name in text}

    def check(text: str) -> Report:
        return linter.check_text(text, file, allow_empty=True, unsaved=others)

    return check


def _parents(files: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the templates that may deploy or include others, with their texts."""
    for file in files:
        with suppress(RelintError, OSError):
            text = decode(read_file(file), file).text
            if may_deploy_stacks(text) or may_include(text):
                yield file, text


def _fix_only(options: argparse.Namespace) -> Callable[[Finding], bool]:
    """Return what is true of findings of the rules of --fix-only; raises OptionError for one that no rule has."""
    from relint.catalog.selection import describe_unknown_rule, matching_rules

    selectors = split_selectors(options.fix_only)
    rules = api.load_rules(*options.rules) if selectors else ()
    for selector in selectors:
        if not matching_rules(rules, selector):
            raise OptionError(describe_unknown_rule(rules, selector))
    return lambda finding: not selectors or any(matching_rules([finding.rule], selector) for selector in selectors)


def _findings_by_file(report: Report, may_fix: Callable[[Finding], bool]) -> Iterator[tuple[str, list[Finding]]]:
    """Yield the files with their findings that may be fixed, but for those that are accepted."""
    by_file: dict[str, list[Finding]] = {}
    for finding in report.findings:
        is_accepted = finding.suppression is not None or finding.baseline_state == "unchanged"
        if finding.rule.edits and may_fix(finding) and not is_accepted:
            by_file.setdefault(finding.file, []).append(finding)
    yield from by_file.items()
