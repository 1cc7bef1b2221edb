"""The arguments of `relint check`, in a module of its own because other commands need none of it."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.commands.common_arguments import add_colour_option, add_config_options
from relint.level import LEVELS
from relint.report.formats import FORMATS_AND_PROFILES, SARIF_PROFILES

if TYPE_CHECKING:
    import argparse

_PATHS_HELP = "templates, folders or s3:// URLs of them, or - for standard input (default: .)"
_SELECT_HELP = "only these rules: ids, names, prefixes (RDS, RDS-7), or ids of other tools"


def add_check_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `relint check` to its parser."""
    add = parser.add_argument
    add("paths", metavar="PATH", nargs="*", help=_PATHS_HELP)
    _add_fix_options(parser)
    add_config_options(parser)
    add("--parameters", metavar="FILE|K=V", action="append", default=[], help="parameter values; may be repeated")
    add("--region", metavar="REGION", help="the value of AWS::Region")
    add("--account-id", metavar="ID", help="the value of AWS::AccountId")
    add("--stack-name", metavar="NAME", help="the value of AWS::StackName")
    add("--select", metavar="RULES", action="append", default=[], help=_SELECT_HELP)
    add("--ignore", metavar="RULES", action="append", default=[], help="not these rules")
    add("--ruleset", metavar="SET", help="core, recommended (default) or all; as of a release: 2026.1, all@2026.1")
    add("--preview", action="store_true", help="run rules in preview, too")
    add("--profile", choices=("dev", "standard", "critical"), help="how much the templates matter (default: standard)")
    add("--rules", metavar="DIR", action="append", default=[], help="add the rules of a folder")
    add("--with", dest="other_linter", choices=("cfn-lint",), help="report what cfn-lint finds as well")
    add(
        "--format",
        choices=FORMATS_AND_PROFILES,
        help="what to print (text on a terminal, github in GitHub Actions, else concise)",
    )
    add("--output", metavar="FORMAT=FILE", action="append", default=[], help="also write a report to a file")
    add("--statistics", action="store_true", help="print the number of findings of each rule instead of the findings")
    add_colour_option(parser)
    add(
        "--fail-on",
        choices=(*LEVELS, "never"),
        help="the least level that makes the exit code 1 (default: warning); findings to review and open ones do not",
    )
    add("--fail-on-review", action="store_true", help="findings to review make the exit code 1 as well")
    add("--jobs", metavar="N", type=int, default=0, help="processes (default: as many as pay for themselves)")
    add("--no-cache", action="store_true", help="judge everything anew, and keep nothing for the next run")
    add("--shard", metavar="I/N", help="only the I-th of N parts of the files; relint merge joins their logs")
    add("--show-open", action="store_true", help="list what cannot be told from these files; sarif:github too")
    add("--report-unused", action="store_true", help="report suppressions that suppress nothing")
    add("--baseline", metavar="FILE", help="report only what this file does not hold")
    add("--write-baseline", metavar="FILE", help="write what is found to a file, and accept it")
    add("--prune-baseline", action="store_true", help="take what is gone out of the baseline")
    add("--diff", metavar="BASE", nargs="?", const="", help="report only what was not in this git revision")
    add("--allow-empty", action="store_true", help="finding no template is no failure")
    add("--no-gitignore", action="store_true", help="search files and folders that git ignores, too")
    add("--skip-non-templates", action="store_true", help="skip named files that are no templates, even if unreadable")
    add("--strict-files", action="store_true", help="a named file that is no template is a failure")
    add("--stdin-filename", metavar="NAME", help="the file that standard input is, or will be (stdin.yaml)")
    add("--sarif-profile", choices=SARIF_PROFILES, help="fit the log to its reader")
    add("--sarif-category", metavar="ID", default="relint/reliability/", help="automationDetails.id of the log")
    add("-q", "--quiet", action="store_true", help="print findings and failures only: no summary, no progress")
    add("-v", "--verbose", action="store_true", help="say which files were skipped, and why")


def _add_fix_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--fix", action="store_true", help="apply the safe fixes to the files, and report what is left")
    add("--unsafe", action="store_true", help="with --fix: also fixes that cost, interrupt or change what happens")
    add("--dry-run", action="store_true", help="with --fix: print a diff, as --fix --diff does, and change nothing")
    add("--fix-only", metavar="RULES", action="append", default=[], help="with --fix: only these rules")
