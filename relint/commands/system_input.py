"""Input of `relint graph` and `relint assess`: templates, the names of their stacks, and values."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence

from relint._typing import TYPE_CHECKING, Any
from relint.commands.check_options import config_argument, parameter_values
from relint.errors import OptionError, TemplateError, format_error
from relint.report.terminal import printable

if TYPE_CHECKING:
    import argparse

    from relint.finding import Failure


def system_arguments(options: argparse.Namespace) -> tuple[Sequence[str], dict[str, Any]]:
    """Return the paths, and the other arguments of `relint.graph` and `relint.assess`.

    Raises OptionError for standard input, which has no folder with other stacks, and for a wrong --stack.
    """
    if "-" in options.paths:
        raise OptionError("a system is read from files; standard input is none")
    stacks = _stack_files(options.stack)
    parameters = parameter_values(options.parameters)
    if options.region:
        parameters["AWS::Region"] = options.region
    arguments = {
        "stacks": stacks,
        "parameters": parameters,
        "environment": options.env,
        "config": config_argument(options),
    }
    return options.paths or ([] if stacks else [os.curdir]), arguments


def print_failures(failures: Iterable[Failure]) -> None:
    """Print on standard error what could not be read."""
    for failure in failures:
        error = TemplateError(failure.message, failure.file, failure.span)
        print(printable(format_error(error)), file=sys.stderr)


def _stack_files(options: Sequence[str]) -> dict[str, str]:
    """Return the files by the name of their stack; raises OptionError for a name twice, and what is not NAME=FILE."""
    files: dict[str, str] = {}
    for option in options:
        name, _, file = option.partition("=")
        if not (name and file):
            raise OptionError(f"--stack takes a stack and the file of its template, NAME=FILE, not '{option}'")
        if name in files:
            raise OptionError(f"--stack names '{name}' twice; a stack has one template")
        files[name] = file
    return files
