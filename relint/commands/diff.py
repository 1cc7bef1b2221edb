"""`relint diff`: print what a change does to what is deployed."""

from __future__ import annotations

import sys

from relint._typing import TYPE_CHECKING, Any
from relint.commands.check_options import config_argument, parameter_values, split_selectors
from relint.commands.exit_codes import exit_code
from relint.discover.candidate import Candidate
from relint.errors import OptionError
from relint.report.change import render_diff
from relint.template_diff import diff

if TYPE_CHECKING:
    import argparse

STANDARD_INPUT = "stdin.yaml"
"""The name of a template that is read from standard input."""


def run(options: argparse.Namespace) -> int:
    """Print the differences and the findings; return the exit code, as `relint check` does."""
    result = diff(**_sources(options), **_arguments(options))
    sys.stdout.write(render_diff(result, options.format, show_open=options.show_open))
    return exit_code(result.report, options.fail_on)


def _sources(options: argparse.Namespace) -> dict[str, Any]:
    """Return the arguments that name templates; raises OptionError unless they are two, or a revision and any."""
    if options.base is not None:
        if "-" in options.paths:
            raise OptionError("--base compares files with a git revision; standard input is none")
        return {"base": options.base, "paths": options.paths}
    if len(options.paths) != 2:
        raise OptionError("name the old and the new template, or folders of them: relint diff OLD NEW")
    if options.paths == ["-", "-"]:
        raise OptionError("standard input is one template; name a file for the other")
    old, new = (_source(path) for path in options.paths)
    return {"old": old, "new": new}


def _source(path: str) -> str | Candidate:
    return Candidate(STANDARD_INPUT, sys.stdin.buffer.read(), is_explicit=True) if path == "-" else path


def _arguments(options: argparse.Namespace) -> dict[str, Any]:
    parameters = parameter_values(options.parameters)
    if options.region:
        parameters["AWS::Region"] = options.region
    return {
        "parameters": parameters,
        "select": split_selectors(options.select),
        "ignore": split_selectors(options.ignore),
        "ruleset": options.ruleset,
        "rules": options.rules,
        "environment": options.env,
        "config": config_argument(options),
    }
