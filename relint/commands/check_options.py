"""Command-line options of `relint check`, converted to the arguments of `relint.check`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from relint._typing import TYPE_CHECKING, Any
from relint.errors import OptionError
from relint.report.formats import FORMATS, FORMATS_AND_PROFILES

if TYPE_CHECKING:
    import argparse


_PSEUDO_PARAMETERS = {"region": "AWS::Region", "account_id": "AWS::AccountId", "stack_name": "AWS::StackName"}


def parse_shard(option: str | None) -> tuple[int, int] | None:
    """Return the number of a shard (from 1) and the number of shards; raises OptionError for anything but I/N."""
    if option is None:
        return None
    index, _, count = option.partition("/")
    if not (index.isdecimal() and count.isdecimal() and 1 <= int(index) <= int(count)):
        raise OptionError(f"--shard takes the number of a part and how many there are, such as 3/16, not '{option}'")
    return int(index), int(count)


def check_arguments(options: argparse.Namespace) -> dict[str, Any]:
    """Return the arguments of `relint.check` that select rules and set values."""
    if options.ruleset:
        from relint.catalog.rule_sets import parse_rule_set

        parse_rule_set(options.ruleset)
    parameters = parameter_values(options.parameters)
    parameters.update(
        (name, getattr(options, key)) for key, name in _PSEUDO_PARAMETERS.items() if getattr(options, key)
    )
    settings = {
        "profile": options.profile,
        "report-unused": options.report_unused,
        "fail-on": options.fail_on,
        "preview": options.preview,
    }
    gitignore = {"gitignore": False} if options.no_gitignore else {}
    return {
        "parameters": parameters,
        "select": split_selectors(options.select),
        "ignore": split_selectors(options.ignore),
        "ruleset": options.ruleset,
        "rules": options.rules,
        "settings": {**{key: value for key, value in settings.items() if value}, **gitignore},
        "config": config_argument(options),
    }


def settle_fix_options(options: argparse.Namespace) -> None:
    """Make `dry_run` say whether files stay as they are, and take the path that --diff stood before out of `diff`.

    Raises OptionError for options that need --fix in a run without it, and for those that --fix does not go with.
    """
    if not options.fix:
        if options.diff == "":
            raise OptionError("--diff takes a git revision, such as --diff main; with --fix it takes none")
        for option in ("unsafe", "dry_run", "fix_only"):
            if getattr(options, option):
                raise OptionError(f"--{option.replace('_', '-')} needs --fix")
        return
    if options.diff and os.path.exists(options.diff):
        options.paths.append(options.diff)
    elif options.diff:
        raise OptionError("with --fix, --diff takes no value and prints what would be changed")
    options.dry_run = options.dry_run or options.diff is not None
    options.diff = None
    if options.dry_run and options.format not in (None, "text", "concise"):
        raise OptionError(f"a dry run prints the diff; write the report to a file: --output {options.format}=FILE")
    if options.dry_run and (options.write_baseline or options.prune_baseline):
        raise OptionError("a dry run changes nothing, so it writes no baseline")
    if "-" in options.paths:
        raise OptionError("--fix changes files; standard input is none")
    if options.env and (options.env == "all" or "," in options.env):
        raise OptionError("--fix changes files in one environment: --env NAME")


def config_argument(options: argparse.Namespace) -> str | None:
    """Return the argument `config` of `relint.check`: a file, "find" to search for one, or None."""
    return None if options.no_config else options.config or "find"


def parse_output(option: str) -> tuple[str, str]:
    """Return the format (for SARIF perhaps with a profile, `sarif:github`) and the file of an --output option.

    Raises OptionError for an unknown format or profile, and for a missing file.
    """
    format_name, _, file = option.partition("=")
    if not (format_name in FORMATS_AND_PROFILES and file):
        raise OptionError(
            f"--output takes FORMAT=FILE with a format of {', '.join(FORMATS)} or sarif:PROFILE, not '{option}'"
        )
    return format_name, file


def default_format(*, has_table: bool = False) -> str:
    """Return the format to print without --format: text on a terminal, github in GitHub Actions, else concise.

    A table of numbers (`has_table`) is text everywhere.
    """
    if sys.stdout.isatty() or has_table:
        return "text"
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "concise"


def parameter_values(options: Sequence[str]) -> dict[str, str]:
    """Return the values in --parameters options, by name."""
    if not options:
        return {}
    from relint.settings.parameter_files import read_parameter_options

    return read_parameter_options(options)


def split_selectors(options: Sequence[str]) -> list[str]:
    """Return the members of options that are repeated or have commas."""
    return [selector.strip() for option in options for selector in option.split(",") if selector.strip()]
