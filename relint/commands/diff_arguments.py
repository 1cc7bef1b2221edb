"""The arguments of `relint diff`."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.level import LEVELS

if TYPE_CHECKING:
    import argparse


def add_diff_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments to the parser of the command."""
    add = parser.add_argument
    add("paths", metavar="PATH", nargs="*", help="OLD and NEW: templates, folders of them, or - for standard input")
    add("--base", metavar="REVISION", help="compare PATH, or this folder, with a git revision instead")
    add("--parameters", metavar="FILE|K=V", action="append", default=[], help="parameter values; may be repeated")
    add("--region", metavar="REGION", help="the value of AWS::Region")
    add("--select", metavar="RULES", action="append", default=[], help="only these rules about changes")
    add("--ignore", metavar="RULES", action="append", default=[], help="not these rules")
    add("--ruleset", metavar="SET", help="core, recommended (default) or all")
    add("--rules", metavar="DIR", action="append", default=[], help="add the rules of a folder")
    add("--format", choices=("text", "json"), default="text", help="what to print (default: text)")
    add("--show-open", action="store_true", help="list what cannot be told from these files")
    add("--fail-on", choices=(*LEVELS, "never"), help="the least level that makes the exit code 1 (default: warning)")
    add("--config", metavar="FILE", help="read this configuration, and look for no other")
    add("--no-config", action="store_true", help="read no configuration")
    add("--env", metavar="NAME", help="an environment of the configuration")
