"""Arguments of the commands that judge templates and report findings: values, rules, and how to report."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.commands.common_arguments import add_colour_option
from relint.level import LEVELS
from relint.report.formats import FORMATS_AND_PROFILES, SARIF_PROFILES

if TYPE_CHECKING:
    import argparse

_SELECT_HELP = "only these rules: ids, names, prefixes (RDS, RDS-7), or ids of other tools"
USUAL_FORMAT = "text on a terminal, github in GitHub Actions, else concise"


def add_value_options(parser: argparse.ArgumentParser) -> None:
    """Add the options with values of parameters and pseudo parameters."""
    add = parser.add_argument
    add("--parameters", metavar="FILE|K=V", action="append", default=[], help="parameter values; may be repeated")
    add("--region", metavar="REGION", help="the value of AWS::Region")
    add("--account-id", metavar="ID", help="the value of AWS::AccountId")
    add("--stack-name", metavar="NAME", help="the value of AWS::StackName")


def add_rule_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose rules and levels."""
    add = parser.add_argument
    add("--select", metavar="RULES", action="append", default=[], help=_SELECT_HELP)
    add("--ignore", metavar="RULES", action="append", default=[], help="not these rules")
    add("--ruleset", metavar="SET", help="core, recommended (default) or all; as of a release: 2026.1, all@2026.1")
    add("--preview", action="store_true", help="run rules in preview, too")
    add("--profile", choices=("dev", "standard", "critical"), help="how much the templates matter (default: standard)")
    add("--rules", metavar="DIR", action="append", default=[], help="add the rules of a folder")


def add_file_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which files count as templates."""
    add = parser.add_argument
    add("--allow-empty", action="store_true", help="finding no template is no failure")
    add("--no-gitignore", action="store_true", help="search files and folders that git ignores, too")
    add("--skip-non-templates", action="store_true", help="skip named files that are no templates, even if unreadable")


def add_report_options(parser: argparse.ArgumentParser, usual_format: str) -> None:
    """Add the options that say what is printed and written; `usual_format` is the default in words."""
    add = parser.add_argument
    add("--format", choices=FORMATS_AND_PROFILES, help=f"what to print ({usual_format})")
    add("--output", metavar="FORMAT=FILE", action="append", default=[], help="also write a report to a file")
    add("--statistics", action="store_true", help="print the number of findings of each rule instead of the findings")
    add_colour_option(parser)
    add(
        "--fail-on",
        choices=(*LEVELS, "never"),
        help="the least level that makes the exit code 1 (default: warning); findings to review and open ones do not",
    )
    add("--fail-on-review", action="store_true", help="findings to review make the exit code 1 as well")
    add("--show-open", action="store_true", help="list what cannot be told from these files; sarif:github too")
    add("--sarif-profile", choices=SARIF_PROFILES, help="fit the log to its reader")
    add("--sarif-category", metavar="ID", default="relint/reliability/", help="automationDetails.id of the log")
    add("-q", "--quiet", action="store_true", help="print findings and failures only: no summary, no progress")
    add("-v", "--verbose", action="store_true", help="say which files were skipped, and why")
