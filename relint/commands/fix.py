"""`relint check --fix`: apply fixes to the files, or show them as a diff."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

from relint import api
from relint._typing import TYPE_CHECKING, NamedTuple
from relint.commands.build_report import build_report
from relint.commands.check_options import check_arguments, split_selectors
from relint.discover.candidate import is_url
from relint.errors import OptionError, RelintError
from relint.finding import Failure
from relint.report.terminal import printable

if TYPE_CHECKING:
    import argparse

    from relint.finding import Finding, Report
    from relint.fixes.apply import AppliedFix, Unfixed

_GENERATED = {"cdk.out": "the AWS CDK", ".aws-sam": "SAM"}
"""Folders of templates that a program writes anew, so that a fix there is lost."""


class FixResult(NamedTuple):
    """The fixes of a run: those that were applied, those that were not, and the files that could not be written."""

    applied: tuple[AppliedFix, ...]
    unfixed: tuple[Unfixed, ...]
    failures: tuple[Failure, ...]


def fix_and_report(options: argparse.Namespace) -> Report:
    """Fix the files and return the report on what is left; with --diff or --dry-run print a diff and change nothing.

    What was fixed and what was not is printed on standard error. The report of a dry run is that of the fixed texts.
    """
    if options.diff and os.path.exists(options.diff):
        options.paths.append(options.diff)  # the option without a value stood before a path
    elif options.diff:
        raise OptionError("with --fix, --diff takes no value and prints what would be changed")
    options.dry_run = options.dry_run or options.diff is not None
    options.diff = None
    if "-" in options.paths:
        raise OptionError("--fix changes files; standard input is none")
    report = build_report(options, options.env)
    result = _fix_files(report, options)
    _print_result(result, is_dry_run=options.dry_run)
    if options.dry_run:
        gone = {finding.fingerprint for finding, _ in result.applied}
        left = tuple(result for result in report.results if result.fingerprint not in gone)
        return report._replace(results=left, failures=(*report.failures, *result.failures))
    after = build_report(options, options.env) if result.applied else report
    return after._replace(failures=(*after.failures, *result.failures))


def _fix_files(report: Report, options: argparse.Namespace) -> FixResult:
    """Fix files that the user named, and those in folders that the user named; in a dry run print a diff."""
    from relint.fixes.apply import Unfixed, fix_document  # a check without --fix needs none of this
    from relint.fixes.write import read_file, write_file
    from relint.source.read import read_document

    linter = api.Linter(**check_arguments(options), environment=options.env, reload_rules=True)
    selectors = _fix_only(options)
    applied: list[AppliedFix] = []
    unfixed: list[Unfixed] = []
    failures: list[Failure] = []
    for file, findings in _findings_by_file(report, selectors):
        reason = _reason_to_leave(file, options.paths)
        if reason:
            unfixed += [Unfixed(finding, reason) for finding in findings if finding.rule.edits]
            continue
        try:
            raw = read_file(file)
            document = read_document(raw, file)

            def check(text: str, file: str = file) -> Sequence[Finding]:
                return linter.check_text(text, file, allow_empty=True).findings

            fixed = fix_document(document, findings, check, unsafe=options.unsafe)
            if fixed.applied and options.dry_run:
                sys.stdout.writelines(_diff(file, document.source.text, fixed.document.source.text))
            elif fixed.applied:
                write_file(file, raw, fixed.document.source.text)
        except (RelintError, OSError) as error:
            failures.append(_failure(file, error))
            continue
        applied += fixed.applied
        unfixed += fixed.unfixed
    return FixResult(tuple(applied), tuple(unfixed), tuple(failures))


def _print_result(result: FixResult, *, is_dry_run: bool) -> None:
    """Print on standard error what was fixed and what was not."""
    verb = "would fix" if is_dry_run else "fixed"
    for finding, fix in result.applied:
        place = f"{finding.file}:{finding.span.start.line}"
        _say(f"{place}: {verb} {finding.rule.id}: {fix.description}")
    for finding, reason, needs_unsafe in result.unfixed:
        place = f"{finding.file}:{finding.span.start.line}"
        hint = f"{reason}; --unsafe applies it" if needs_unsafe else reason
        _say(f"{place}: {finding.rule.id} not fixed: {hint}")
    for failure in result.failures:
        _say(f"{failure.file}: not fixed: {failure.message}")
    files = len({one.finding.file for one in result.applied})
    counts = f"{_count(len(result.applied), 'finding')} in {_count(files, 'file')}"
    _say(f"{verb} {counts}; not fixed: {len(result.unfixed)}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _say(line: str) -> None:
    print(printable(line), file=sys.stderr)


def _fix_only(options: argparse.Namespace) -> list[str]:
    """Return the selectors of --fix-only; raises OptionError for one that no rule has."""
    selectors = split_selectors(options.fix_only)
    if selectors:
        from relint.catalog.selection import describe_unknown_rule, matching_rules

        rules = api.load_rules(*options.rules)
        for selector in selectors:
            if not matching_rules(rules, selector):
                raise OptionError(describe_unknown_rule(rules, selector))
    return selectors


def _findings_by_file(report: Report, selectors: Sequence[str]) -> Iterator[tuple[str, list[Finding]]]:
    """Yield the files with their findings that a fix may concern: those of rules that match one of the selectors."""
    from relint.catalog.selection import matching_rules

    by_file: dict[str, list[Finding]] = {}
    for finding in report.findings:
        is_wanted = not selectors or any(matching_rules([finding.rule], selector) for selector in selectors)
        if is_wanted and finding.is_decided and finding.suppression is None and finding.baseline_state != "unchanged":
            by_file.setdefault(finding.file, []).append(finding)
    yield from by_file.items()


def _reason_to_leave(file: str, paths: Sequence[str]) -> str:
    """Return why a file is not written, as a part of a sentence; "" if it may be."""
    if is_url(file) or file == "-":
        return "only files are fixed"
    for part in file.split("/"):
        if part in _GENERATED:
            return f"{_GENERATED[part]} writes this file anew; change what it is made from"
    real = os.path.realpath(file)
    named = [os.path.realpath(path) for path in paths]
    if not any(real == path or real.startswith(path.rstrip(os.sep) + os.sep) for path in named):
        return "the file was not named"
    return ""


def _failure(file: str, error: Exception) -> Failure:
    message = error.message if isinstance(error, RelintError) else (getattr(error, "strerror", "") or str(error))
    return Failure(file, "check", message)


def _diff(file: str, before: str, after: str) -> Iterator[str]:
    from difflib import unified_diff

    for line in unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{file}", f"b/{file}"
    ):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
