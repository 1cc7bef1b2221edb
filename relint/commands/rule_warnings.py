"""Warnings about rules of users that name types or properties which CloudFormation does not have."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from relint.catalog.loader import find_rule_files


def warn_of_doubtful_names(paths: Iterable[str]) -> None:
    """Print a line on standard error for each doubtful name in rule files, or in those below folders."""
    files = [file for path in dict.fromkeys(paths) for file in find_rule_files(path)]
    if not files:
        return
    from relint.catalog.doubtful_names import doubtful_names

    for doubt in doubtful_names(files):
        start = doubt.span.start
        location = f"{doubt.file}:{start.line}:{start.column}"
        print(f"{location}: warning: {doubt.rule_id}: {doubt.message}", file=sys.stderr)
