"""A drawing of a system as a Mermaid flowchart, which GitHub and GitLab show in Markdown.

https://mermaid.js.org/syntax/flowchart.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from relint._typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.model.system.relation import Kind
    from relint.report.system_graph.drawing import Box, Drawing, Frame, Line

_SHAPES = {"store": ("[(", ")]"), "queue": ("[[", "]]"), "resource": ("[", "]"), "entry": ("([", "])")}
_ARROWS: dict[Kind, str] = {"data": "==>", "event": "--o", "monitoring": "---", "placement": "---"}
_COLOURS: dict[Kind, str] = {
    "data": "#b5651d",
    "event": "#7a3fa0",
    "key": "#b8860b",
    "network": "#2e8b57",
    "part": "#808080",
    "protection": "#1e7b5a",
    "monitoring": "#808080",
    "placement": "#808080",
    "request": "#1f6feb",
}
"""Colours that can be seen on a white and on a black ground."""


def render_mermaid(drawing: Drawing) -> str:
    """Return the flowchart, with a line at its end."""
    lines = ["flowchart LR"]
    for frame in drawing.frames:
        lines += _frame_lines(frame, "  ")
    lines += (f"  {line.source} {_arrow(line)}|{_quoted(line.label)}| {line.target}" for line in drawing.lines)
    lines += _styles(drawing)
    return "\n".join(lines) + "\n"


def _frame_lines(frame: Frame, indent: str) -> Iterator[str]:
    yield f"{indent}subgraph {frame.key}[{_quoted(frame.title)}]"
    for box in frame.boxes:
        before, after = _SHAPES["entry" if box.is_entry else box.shape]
        yield f"{indent}  {box.key}{before}{_quoted(*box.lines)}{after}"
    for inner in frame.frames:
        yield from _frame_lines(inner, f"{indent}  ")
    yield f"{indent}end"


def _arrow(line: Line) -> str:
    return "-.->" if line.is_conditional else _ARROWS.get(line.kind, "-->")


def _styles(drawing: Drawing) -> Iterator[str]:
    boxes = [box for frame in _all_frames(drawing.frames) for box in frame.boxes]
    yield from _class_lines("entry", "stroke-width:3px", [box.key for box in boxes if box.is_entry])
    conditional: list[Box | Frame] = [box for box in boxes if box.is_conditional]
    conditional += [frame for frame in _all_frames(drawing.frames) if frame.is_conditional]
    yield from _class_lines("conditional", "stroke-dasharray:5 5", [part.key for part in conditional])
    numbers: dict[str, list[int]] = {}
    for number, line in enumerate(drawing.lines):
        width = "" if line.strength == "HARD" else ",stroke-width:1px"
        numbers.setdefault(f"stroke:{_COLOURS[line.kind]}{width}", []).append(number)
    for style, lines in numbers.items():
        yield f"  linkStyle {','.join(map(str, lines))} {style}"


def _class_lines(name: str, style: str, keys: list[str]) -> Iterator[str]:
    if keys:
        yield f"  classDef {name} {style}"
        yield f"  class {','.join(keys)} {name}"


def _all_frames(frames: tuple[Frame, ...]) -> Iterator[Frame]:
    for frame in frames:
        yield frame
        yield from _all_frames(frame.frames)


def _quoted(*lines: str) -> str:
    """Return a label in quotes; characters that Mermaid, Markdown or HTML could interpret are codes.

    A number with a point at the beginning would be a list, which Mermaid refuses.
    """
    pattern = r"[^\w \-./:,()'=+@]|(?<=^\d)[.)]|^-"
    return '"' + "<br/>".join(re.sub(pattern, _code, line, flags=re.ASCII) for line in lines) + '"'


def _code(match: re.Match[str]) -> str:
    return f"#{ord(match[0])};"
