"""`relint graph`: print the system that templates describe."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from relint import api
from relint._typing import TYPE_CHECKING
from relint.commands.check_options import config_argument, parameter_values, split_selectors
from relint.commands.exit_codes import CLEAN, FAILED
from relint.errors import OptionError, TemplateError, format_error
from relint.report.system_graph import render_graph
from relint.report.terminal import printable

if TYPE_CHECKING:
    import argparse

_MAX_MERMAID_LINES = 500
"""Lines that Mermaid draws, unless the page that shows the chart allows more: `maxEdges` of its configuration.

https://mermaid.js.org/config/schema-docs/config.html
"""


def run(options: argparse.Namespace) -> int:
    """Print the graph on standard output and what could not be read on standard error; return 2 for the latter."""
    stacks = stack_files(options.stack)
    paths = options.paths or ([] if stacks else [os.curdir])
    if "-" in paths:
        raise OptionError("a graph is drawn from files; standard input is none")
    parameters = parameter_values(options.parameters)
    if options.region:
        parameters["AWS::Region"] = options.region
    graph = api.graph(
        *paths, stacks=stacks, parameters=parameters, environment=options.env, config=config_argument(options)
    )
    for failure in graph.failures:
        error = TemplateError(failure.message, failure.file, failure.span)
        print(printable(format_error(error)), file=sys.stderr)
    if graph.stacks:
        text = render_graph(graph, options.format, kinds=split_selectors(options.kinds), details=options.all)
        sys.stdout.write(text)
        count = text.count('|"')
        if options.format == "mermaid" and count > _MAX_MERMAID_LINES:
            print(
                f"note: {count} lines; Mermaid draws {_MAX_MERMAID_LINES} unless its page allows more (maxEdges): "
                "use --kinds, fewer templates, or --format dot",
                file=sys.stderr,
            )
    return FAILED if graph.failures else CLEAN


def stack_files(options: Sequence[str]) -> dict[str, str]:
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
