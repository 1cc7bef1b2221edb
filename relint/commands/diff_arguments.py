"""The arguments of `relint diff`."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.commands.common_arguments import add_config_options
from relint.commands.report_arguments import add_file_options, add_report_options, add_rule_options, add_value_options

if TYPE_CHECKING:
    import argparse


def add_diff_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments to the parser of the command."""
    add = parser.add_argument
    add("paths", metavar="PATH", nargs="*", help="OLD and NEW: templates, folders of them, or - for standard input")
    add("--base", metavar="REVISION", help="compare PATH, or this folder, with a git revision instead")
    add("--change-set", metavar="FILE", help="judge the output of aws cloudformation describe-change-set; - for input")
    add(
        "--recovery",
        action="store_true",
        help="OLD is a primary, NEW its recovery template: say where they drift apart",
    )
    add(
        "--recovery-parameters",
        metavar="FILE|K=V",
        action="append",
        default=[],
        help="with --recovery: parameter values of the recovery template, which may be the primary itself",
    )
    add("--recovery-region", metavar="REGION", help="with --recovery: AWS::Region of the recovery template")
    add_config_options(parser)
    add_value_options(parser)
    add_rule_options(parser)
    add_report_options(parser, "default: text")
    add_file_options(parser)
    parser.set_defaults(report_unused=False)  # one change does not show what a suppression is for
