"""What was found before, in a baseline or in a git revision, told apart from what is new."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from relint import api
from relint.errors import OptionError
from relint.report.baseline import build_baseline, mark_known_findings, prune, read_baseline, write_baseline

if TYPE_CHECKING:
    import argparse

    from relint.finding import Report


def compare(report: Report, options: argparse.Namespace, environment: str | None) -> Report:
    """The report as --write-baseline, --baseline or --diff have it; writes the files of the first two."""
    if sum(map(bool, (options.baseline, options.write_baseline, options.diff))) > 1:
        raise OptionError("choose one of --baseline, --write-baseline and --diff")
    if options.diff:
        return _since(report, options, environment)
    file = options.write_baseline or options.baseline
    folder = os.path.dirname(os.path.abspath(file))
    if options.write_baseline:
        known = build_baseline((one for one in report.findings if one.rule.id not in report.mandatory_ids), folder)
        write_baseline(file, known)
    else:
        known = read_baseline(file)
        if options.prune_baseline:
            known = prune(known, report, folder)
            write_baseline(file, known)
    return mark_known_findings(report, known, folder)


def _since(report: Report, options: argparse.Namespace, environment: str | None) -> Report:
    """The report against that of the same files in a git revision.

    What has not changed is not checked again, unless it belongs together with other templates: a change of a parent
    changes what is found in its nested stacks.
    """
    from relint.commands.check_options import check_arguments
    from relint.discover.candidate import Candidate, is_url
    from relint.discover.files import discover
    from relint.discover.git import find_changed_templates
    from relint.stacks.boundary import SearchBoundary, search_roots
    from relint.stacks.related_files import related_templates

    if "-" in options.paths:
        raise OptionError("--diff compares files with a git revision; standard input is in none")
    for url in filter(is_url, options.paths):
        raise OptionError(f"--diff compares files with a git revision; '{url}' is in none")
    changed, old = find_changed_templates(report.templates, options.diff)
    unchanged = discover(file for file in report.templates if file not in changed)
    there = [one for one in (*old, *unchanged) if isinstance(one, Candidate)]
    candidates = {one.file: one for one in (*old, *related_templates(there)) if isinstance(one, Candidate)}
    found = api.configuration(**check_arguments(options), environment=environment)
    reach = SearchBoundary(
        search_roots(options.paths), found.excluded_by, {file: one.raw for file, one in candidates.items()}
    )
    before = api.check_candidates(candidates.values(), api.scopes(found), None, reach=reach)
    known = build_baseline(before.findings, os.curdir)
    same = {file for file in report.templates if file not in changed and file not in candidates}
    known += build_baseline([one for one in report.findings if one.file in same], os.curdir)
    return mark_known_findings(report, Counter(known), os.curdir)
