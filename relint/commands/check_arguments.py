"""The arguments of `relint check`, in a module of its own because other commands need none of it."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.commands.common_arguments import add_config_options
from relint.commands.report_arguments import (
    USUAL_FORMAT,
    add_file_options,
    add_report_options,
    add_rule_options,
    add_value_options,
)

if TYPE_CHECKING:
    import argparse

_PATHS_HELP = "templates, folders or s3:// URLs of them, or - for standard input (default: .)"


def add_check_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `relint check` to its parser."""
    add = parser.add_argument
    add("paths", metavar="PATH", nargs="*", help=_PATHS_HELP)
    _add_fix_options(parser)
    add_config_options(parser)
    add_value_options(parser)
    add_rule_options(parser)
    add("--with", dest="other_linter", choices=("cfn-lint",), help="report what cfn-lint finds as well")
    add_report_options(parser, USUAL_FORMAT)
    add("--jobs", metavar="N", type=int, default=0, help="processes (default: as many as pay for themselves)")
    add("--no-cache", action="store_true", help="judge everything anew, and keep nothing for the next run")
    add("--shard", metavar="I/N", help="only the I-th of N parts of the files; relint merge joins their logs")
    add("--report-unused", action="store_true", help="report suppressions that suppress nothing")
    add("--baseline", metavar="FILE", help="report only what this file does not hold")
    add("--write-baseline", metavar="FILE", help="write what is found to a file, and accept it")
    add("--prune-baseline", action="store_true", help="take what is gone out of the baseline")
    add("--diff", metavar="BASE", nargs="?", const="", help="report only what was not in this git revision")
    add_file_options(parser)
    add("--strict-files", action="store_true", help="a named file that is no template is a failure")
    add("--stdin-filename", metavar="NAME", help="the file that standard input is, or will be (stdin.yaml)")


def _add_fix_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--fix", action="store_true", help="apply the safe fixes to the files, and report what is left")
    add("--unsafe", action="store_true", help="with --fix: also fixes that cost, interrupt or change what happens")
    add("--dry-run", action="store_true", help="with --fix: print a diff, as --fix --diff does, and change nothing")
    add("--fix-only", metavar="RULES", action="append", default=[], help="with --fix: only these rules")
