"""Report of `relint check` in one environment, compared with a baseline or a git revision on request."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial

from relint import api
from relint._typing import TYPE_CHECKING
from relint.commands.check_options import check_arguments, parse_shard
from relint.discover.candidate import is_url
from relint.discover.template_detection import NAMED_NO_TEMPLATE
from relint.errors import OptionError, RelintError, format_error
from relint.finding import Failure, Report
from relint.run.work_estimate import SECONDS_PER_PROCESS, process_count
from relint.system import cache_directory

if TYPE_CHECKING:
    import argparse
    from concurrent.futures import Executor


def build_report(options: argparse.Namespace, environment: str | None, unsaved: Mapping[str, str] = {}) -> Report:
    """Return the report of a run in one environment, after the comparison that the options request.

    `unsaved` are texts that count instead of those of files, by the name of the file in a report. Errors that the user
    must correct are printed and become a failure in the report, so that every format includes them.
    """
    try:
        report = _check(options, environment, unsaved)
        if options.strict_files:
            report = _with_strict_files(report, options)
        if options.other_linter:
            report = _add_other_findings(report, options)
        if options.baseline or options.write_baseline or options.diff:
            from relint.commands.compare import compare

            report = compare(report, options, environment)
        return report
    except RelintError as error:
        return report_error(error)


def report_error(error: RelintError) -> Report:
    """Print an error that the user must correct, and return the report with it, which every format includes."""
    print(format_error(error), file=sys.stderr)
    failure = Failure(file=error.file or "relint", stage="options", message=error.message, span=error.span)
    return Report(failures=(failure,))


@contextmanager
def workers(paths: Sequence[str], jobs: int) -> Iterator[Executor | None]:
    """Yield the processes for a run: `jobs`, or if that is 0 as many as pay; None if this process checks alone."""
    if jobs < 0:
        raise OptionError("--jobs takes the number of processes, or 0 for as many as pay for themselves")
    count = jobs or process_count(paths)
    if count == 1:
        yield None
        return
    from concurrent.futures import BrokenExecutor

    from relint.run.processes import ProcessPool

    executor = ProcessPool(count, minimum_seconds=0 if jobs else 2 * SECONDS_PER_PROCESS)
    try:
        yield executor
    except BrokenExecutor as error:
        raise OptionError("a process has been killed, perhaps for want of memory; --jobs 1 starts none") from error
    finally:
        executor.shutdown(cancel_futures=True)


def _add_other_findings(report: Report, options: argparse.Namespace) -> Report:
    from relint.integrations.cfn_lint import add_cfn_lint_findings

    if "-" in options.paths:
        raise OptionError("--with cfn-lint reads files; standard input is none")
    for url in filter(is_url, options.paths):
        raise OptionError(f"--with cfn-lint reads files; '{url}' is none")
    return add_cfn_lint_findings(report, [options.region] if options.region else [])


def _with_strict_files(report: Report, options: argparse.Namespace) -> Report:
    """Return the report with a failure for each named file that is not a template."""
    if options.skip_non_templates:
        raise OptionError("choose one of --strict-files and --skip-non-templates")
    from relint.run.runner import failure_sort_key  # has been imported to check

    named = [file for file, reason in report.skipped.items() if reason == NAMED_NO_TEMPLATE]
    message = "'{}' is not a CloudFormation template; leave it out, or --strict-files."
    failures = [Failure(file, "discover", message.format(file)) for file in named]
    return report._replace(failures=tuple(sorted({*report.failures, *failures}, key=failure_sort_key)))


def warn_of_rules(reports: Sequence[Report]) -> None:
    """Say on standard error which selected rules are retired, and which rules of the user name what does not exist."""
    for selector, rule_id in sorted({pair for report in reports for pair in report.retired.items()}):
        print(f"note: '{selector}' is retired; {rule_id} replaces it, so write that", file=sys.stderr)
    folders = dict.fromkeys(folder for report in reports for folder in report.rule_folders)
    if folders:
        from relint.commands.rule_warnings import warn_of_doubtful_names

        warn_of_doubtful_names(folders)


def has_only_option_failures(report: Report) -> bool:
    """Whether an option or a configuration file prevented the whole run."""
    return not report.templates and [failure.stage for failure in report.failures] == ["options"]


def _check(options: argparse.Namespace, environment: str | None, unsaved: Mapping[str, str]) -> Report:
    linter = api.Linter(**check_arguments(options), environment=environment, reload_rules=True)
    common = {"allow_empty": options.allow_empty, "skip_non_templates": options.skip_non_templates}
    if "-" not in options.paths:
        with workers(options.paths, options.jobs) as executor:
            check = partial(
                linter.check,
                *options.paths,
                **common,
                executor=executor,
                shard=parse_shard(options.shard),
                cache=None if options.no_cache else cache_directory(),
                unsaved=unsaved,
            )
            return _with_progress(lambda progress: check(progress=progress), options, environment)
    if len(options.paths) > 1:
        raise OptionError("- (standard input) cannot be mixed with other paths")
    return linter.check_text(sys.stdin.buffer.read(), options.stdin_filename, **common, name="stdin.yaml")


def _with_progress(
    check: Callable[[Callable[[str], object] | None], Report], options: argparse.Namespace, environment: str | None
) -> Report:
    """Return the report of `check`, with a progress line if standard error is a terminal, unless --quiet."""
    if options.quiet or not sys.stderr.isatty():
        return check(None)
    from relint.commands.progress import Progress

    progress = Progress(sys.stderr, partial(_count_files, options, environment))
    try:
        return check(progress)
    finally:
        progress.clear()


def _count_files(options: argparse.Namespace, environment: str | None) -> int | None:
    """Return the number of files of a run, or None for a shard and for URLs, whose number costs requests."""
    if options.shard or any(map(is_url, options.paths)):
        return None
    from relint.discover.files import count_files

    configuration = api.Linter(**check_arguments(options), environment=environment).configuration()
    return count_files(options.paths, configuration.excluded_by, configuration.respects_gitignore)
