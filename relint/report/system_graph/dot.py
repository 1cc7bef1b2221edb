"""A drawing of a system in the language DOT of Graphviz.

https://graphviz.org/doc/info/lang.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.model.system.relation import Kind
    from relint.report.system_graph.drawing import Box, Drawing, Frame, Line

_SHAPES = {"store": "cylinder", "queue": "cds", "resource": "box"}
_COLOURS: dict[Kind, str] = {
    "data": "#b5651d",
    "event": "#7a3fa0",
    "key": "#b8860b",
    "network": "#2e8b57",
    "protection": "#1e7b5a",
    "request": "#1f6feb",
}


def render_dot(drawing: Drawing) -> str:
    """Return the graph, with a line at its end."""
    lines = [
        "digraph system {",
        "  rankdir=LR;",
        '  node [shape=box, fontname="sans-serif", fontsize=10];',
        '  edge [fontname="sans-serif", fontsize=9];',
    ]
    for frame in drawing.frames:
        lines += _frame_lines(frame, "  ")
    lines += (f"  {line.source} -> {line.target} [{_attributes(_line_attributes(line))}];" for line in drawing.lines)
    return "\n".join([*lines, "}"]) + "\n"


def _frame_lines(frame: Frame, indent: str) -> Iterator[str]:
    yield f"{indent}subgraph cluster_{frame.key} {{"
    yield f"{indent}  label={_quoted(frame.title)};"
    if frame.is_conditional:
        yield f"{indent}  style=dashed;"
    for box in frame.boxes:
        yield f"{indent}  {box.key} [{_attributes(_box_attributes(box))}];"
    for inner in frame.frames:
        yield from _frame_lines(inner, f"{indent}  ")
    yield f"{indent}}}"


def _box_attributes(box: Box) -> Iterator[tuple[str, str]]:
    yield "label", "\n".join(box.lines)
    yield "shape", _SHAPES[box.shape]
    styles = ["rounded"] * box.is_entry + ["bold"] * box.is_entry + ["dashed"] * box.is_conditional
    if styles:
        yield "style", ",".join(styles)


def _line_attributes(line: Line) -> Iterator[tuple[str, str]]:
    yield "label", line.label
    yield "color", _COLOURS.get(line.kind, "#808080")
    if line.is_conditional:
        yield "style", "dashed"
    elif line.kind == "data":
        yield "style", "bold"
    if line.kind == "event":
        yield "arrowhead", "dot"
    if line.strength != "HARD":
        yield "penwidth", "0.5"


def _attributes(attributes: Iterator[tuple[str, str]]) -> str:
    return ", ".join(f"{name}={_quoted(value)}" for name, value in attributes)


def _quoted(text: str) -> str:
    """Return a text in quotes; a backslash is one of the text, a line feed begins a line of the label."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
