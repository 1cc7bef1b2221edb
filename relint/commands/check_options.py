"""Options of relint check, as relint.check takes them."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from relint.errors import OptionError
from relint.report.formats import FORMATS, PROFILES

if TYPE_CHECKING:
    import argparse


_PSEUDO = {"region": "AWS::Region", "account_id": "AWS::AccountId", "stack_name": "AWS::StackName"}


def _shard(option: str | None) -> tuple[int, int] | None:
    if option is None:
        return None
    index, _, count = option.partition("/")
    if not (index.isdecimal() and count.isdecimal() and 1 <= int(index) <= int(count)):
        raise OptionError(f"--shard takes the number of a part and how many there are, such as 3/16, not '{option}'")
    return int(index), int(count)


def arguments(options: argparse.Namespace) -> dict[str, Any]:
    """The options that choose rules and values, as `relint.check` takes them."""
    parameters = _parameters(options.parameters)
    parameters.update((name, getattr(options, key)) for key, name in _PSEUDO.items() if getattr(options, key))
    settings = {"profile": options.profile, "report-unused": options.report_unused, "fail-on": options.fail_on}
    return {
        "parameters": parameters,
        "select": _words(options.select),
        "ignore": _words(options.ignore),
        "ruleset": options.ruleset,
        "rules": options.rules,
        "settings": {key: value for key, value in settings.items() if value},
        "config": configuration_source(options),
    }


def configuration_source(options: argparse.Namespace) -> str | None:
    """What `config` of `relint.check` is, by the options."""
    return None if options.no_config else options.config or "find"


def _output(option: str) -> tuple[str, str]:
    kind, _, file = option.partition("=")
    form, colon, profile = kind.partition(":")
    if form not in FORMATS or not file or (colon and (form != "sarif" or profile not in PROFILES)):
        raise OptionError(
            f"--output takes FORMAT=FILE with a format of {', '.join(FORMATS)} or sarif:PROFILE, not '{option}'"
        )
    return kind, file


def _default_format() -> str:
    if sys.stdout.isatty():
        return "text"
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "concise"


def _parameters(options: Sequence[str]) -> dict[str, str]:
    if not options:
        return {}
    from relint.settings.parameter_files import read_parameter_options

    return read_parameter_options(options)


def _words(options: Sequence[str]) -> list[str]:
    return [word.strip() for option in options for word in option.split(",") if word.strip()]


def _colour() -> bool:
    """Colour on a terminal, unless NO_COLOR is set; FORCE_COLOR asks for it anywhere (https://no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")
