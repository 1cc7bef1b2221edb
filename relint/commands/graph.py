"""`relint graph`: print the system that templates describe."""

from __future__ import annotations

import sys

from relint import api
from relint._typing import TYPE_CHECKING
from relint.commands.check_options import split_selectors
from relint.commands.exit_codes import CLEAN, FAILED
from relint.commands.system_input import print_failures, system_arguments
from relint.report.system_graph import render_graph

if TYPE_CHECKING:
    import argparse

_MAX_MERMAID_LINES = 500
"""Lines that Mermaid draws, unless the page that shows the chart allows more: `maxEdges` of its configuration.

https://mermaid.js.org/config/schema-docs/config.html
"""


def run(options: argparse.Namespace) -> int:
    """Print the graph on standard output and what could not be read on standard error; return 2 for the latter."""
    paths, arguments = system_arguments(options)
    graph = api.graph(*paths, **arguments)
    print_failures(graph.failures)
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
