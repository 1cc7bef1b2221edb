"""The system of templates as Mermaid, DOT or JSON."""

from __future__ import annotations

from collections.abc import Iterable

from relint._typing import TYPE_CHECKING
from relint.errors import OptionError

if TYPE_CHECKING:
    from relint.stacks.system_graph import SystemGraph

GRAPH_FORMATS = ("mermaid", "dot", "json")
DRAWN_KINDS = ("request", "data", "event", "part", "protection")
"""The kinds of dependencies that a drawing shows; zones stand in the resources, and the rest would hide the system."""


def render_graph(
    graph: SystemGraph, format: str = "mermaid", *, kinds: Iterable[str] = (), details: bool = False
) -> str:
    """Return a system as text: "mermaid", "dot" or "json".

    A drawing shows the dependencies of DRAWN_KINDS, or those of `kinds`, and leaves out the resources that only lead
    from one to another, such as listeners and routes, unless `details`. JSON contains everything, or the dependencies
    of `kinds`. Raises OptionError for an unknown format or kind.
    """
    from relint.model.system.relation import PLANES

    chosen = tuple(kinds)
    for kind in chosen:
        if kind not in PLANES:
            raise OptionError(f"'{kind}' is no kind of dependency; choose among {', '.join(PLANES)}")
    if format == "json":
        from relint.report.system_graph.json_graph import render_json_graph

        return render_json_graph(graph, chosen or tuple(PLANES))
    from relint.report.system_graph.drawing import build_drawing

    if format not in GRAPH_FORMATS:
        raise OptionError(f"'{format}' is no format of a graph; choose among {', '.join(GRAPH_FORMATS)}")
    drawing = build_drawing(graph, chosen or (tuple(PLANES) if details else DRAWN_KINDS), details=details)
    if format == "dot":
        from relint.report.system_graph.dot import render_dot

        return render_dot(drawing)
    from relint.report.system_graph.mermaid import render_mermaid

    return render_mermaid(drawing)
