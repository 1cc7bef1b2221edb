"""Comparison of a report with a baseline file or a git revision."""

from __future__ import annotations

import os

from relint import api
from relint._typing import TYPE_CHECKING
from relint.errors import OptionError
from relint.report.baseline import build_baseline, mark_known_findings, prune, read_baseline, write_baseline

if TYPE_CHECKING:
    import argparse

    from relint.finding import Report


def compare(report: Report, options: argparse.Namespace, environment: str | None) -> Report:
    """Return the report with each finding marked as new or unchanged, as --write-baseline, --baseline or --diff.

    Writes the file of --write-baseline, and of --baseline with --prune-baseline. Raises OptionError if options
    conflict.
    """
    if sum(map(bool, (options.baseline, options.write_baseline, options.diff))) > 1:
        raise OptionError("choose one of --baseline, --write-baseline and --diff")
    if options.diff:
        return _compare_with_revision(report, options, environment)
    file = options.write_baseline or options.baseline
    folder = os.path.dirname(os.path.abspath(file))
    if options.write_baseline:
        optional = (finding for finding in report.findings if finding.rule.id not in report.mandatory_ids)
        baseline = build_baseline(optional, folder)
        write_baseline(file, baseline)
    else:
        baseline = read_baseline(file)
        if options.prune_baseline:
            baseline = prune(baseline, report, folder)
            write_baseline(file, baseline)
    return mark_known_findings(report, baseline, folder)


def _compare_with_revision(report: Report, options: argparse.Namespace, environment: str | None) -> Report:
    """Return the report compared with the findings in the same files at a git revision.

    Unchanged templates are not checked again, unless they are related to other templates: a change of a parent
    changes the findings in its nested stacks. Raises OptionError for standard input and URLs.
    """
    from relint.commands.check_options import check_arguments
    from relint.discover.candidate import Candidate, is_url
    from relint.discover.files import discover
    from relint.discover.git import find_changed_templates
    from relint.run.runner import RunOptions, run
    from relint.stacks.boundary import SearchBoundary, search_roots
    from relint.stacks.related_files import related_templates

    if "-" in options.paths:
        raise OptionError("--diff compares files with a git revision; standard input is in none")
    for url in filter(is_url, options.paths):
        raise OptionError(f"--diff compares files with a git revision; '{url}' is in none")
    files = tuple(dict.fromkeys((*report.templates, *report.included)))
    changed, previous_versions = find_changed_templates(files, options.diff)
    unchanged = discover(file for file in report.templates if file not in changed)
    candidates = [item for item in (*previous_versions, *unchanged) if isinstance(item, Candidate)]
    to_check = {candidate.file: candidate for candidate in (*previous_versions, *related_templates(candidates))}
    configuration = api.Linter(**check_arguments(options), environment=environment).configuration()
    boundary = SearchBoundary(
        folders=search_roots(options.paths),
        excluded_by=configuration.excluded_by,
        content_of={file: candidate.raw for file, candidate in to_check.items()}.get,
    )
    previous_report = run(to_check.values(), api.config_resolver(configuration), RunOptions(boundary=boundary))
    same_in_both = {file for file in report.templates if file not in changed and file not in to_check}
    unchanged_findings = (finding for finding in report.findings if finding.file in same_in_both)
    baseline = build_baseline((*previous_report.findings, *unchanged_findings), os.curdir)
    return mark_known_findings(report, baseline, os.curdir)
