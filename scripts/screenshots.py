"""Draw the screenshots of README.md: run relint in a terminal and write what it prints as SVG.

    python scripts/screenshots.py [FOLDER]

writes docs/images/*.svg, or the same files into another folder. It needs a system with pseudo-terminals.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
COLUMNS = 100
STACKS = ("data-platform", "fragile-web")
"""Fixtures that become stacks/*.yaml."""

_WIDTH, _HEIGHT, _MARGIN, _BAR = 8.4, 19, 18, 34
"""Pixels of a character and of a line at a font size of 14, and of the frame of the window."""
_SEQUENCE = re.compile(r"\x1b\[([\d;]*)m|\x1b\]8;;.*?\x1b\\")
_CLASSES = {"1": "b", "4": "u", "31": "red", "33": "yellow", "34": "blue", "35": "magenta", "36": "cyan"}
_STYLE = """
    .window { fill: #ffffff; stroke: #d0d7de } .text { fill: #1f2328 } .dim { fill: #8c959f }
    .red { fill: #cf222e } .yellow { fill: #9a6700 } .blue { fill: #0969da } .magenta { fill: #8250df }
    .cyan { fill: #1b7c83 } .b { font-weight: 700 } .u { text-decoration: underline }
    text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; white-space: pre }
    @media (prefers-color-scheme: dark) {
      .window { fill: #0d1117; stroke: #30363d } .text { fill: #e6edf3 } .dim { fill: #6e7681 }
      .red { fill: #ff7b72 } .yellow { fill: #d29922 } .blue { fill: #79c0ff } .magenta { fill: #d2a8ff }
      .cyan { fill: #56d4dd }
    }
"""


class Screenshot(NamedTuple):
    """A command line of relint, which runs in a folder with shop.yaml, the template of README.md, and stacks/."""

    name: str
    command: str
    description: str


SCREENSHOTS = (
    Screenshot("finding", "relint check shop.yaml --select TOPO-702", "A finding in a terminal"),
    Screenshot("statistics", "relint check stacks --statistics", "The numbers of findings by rule"),
)


def main() -> None:
    """Write the screenshots."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as directory:
        workplace = Path(directory)
        (workplace / "shop.yaml").write_text(readme_template(), encoding="utf-8")
        (workplace / "stacks").mkdir()
        for name in STACKS:
            template = (ROOT / "fixtures" / name / "template.yaml").read_bytes()
            (workplace / "stacks" / f"{name}.yaml").write_bytes(template)
        for screenshot in SCREENSHOTS:
            text = run_in_terminal(screenshot.command.split()[1:], workplace)
            svg = draw(f"$ {screenshot.command}\n{text}", screenshot.description)
            (folder / f"{screenshot.name}.svg").write_text(svg, encoding="utf-8")


def readme_template() -> str:
    """Return the template that README.md shows first."""
    match = re.search(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    if match is None:
        raise SystemExit("README.md contains no template")
    return match[1]


def run_in_terminal(arguments: list[str], folder: Path) -> str:
    """Return what relint prints in a terminal of 256 colours, without carriage returns."""
    import pty

    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        names = ("NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS", "TERM_PROGRAM", "VTE_VERSION")
        environment = {name: value for name, value in os.environ.items() if name not in names}
        environment.update(TERM="xterm-256color", COLUMNS=str(COLUMNS), PYTHONPATH=str(ROOT))
        command = [sys.executable, "-m", "relint", *arguments, "--no-cache", "--no-config"]
        os.execve(sys.executable, command, environment)
    parts: list[bytes] = []
    try:
        while part := os.read(terminal, 65536):
            parts.append(part)
    except OSError:  # Linux reports the end of the terminal as an error
        pass
    os.waitpid(process, 0)
    return b"".join(parts).decode("utf-8").replace("\r\n", "\n")


def draw(text: str, description: str) -> str:
    """Return an SVG image of a window with a text that contains ANSI colours."""
    lines = text.rstrip("\n").split("\n")
    columns = max(COLUMNS, *(len(_SEQUENCE.sub("", line)) for line in lines))
    width, height = columns * _WIDTH + 2 * _MARGIN, len(lines) * _HEIGHT + _BAR + _MARGIN
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" xml:space="preserve"'
        f' viewBox="0 0 {width:.0f} {height}" width="{width:.0f}">',
        f"  <title>{escape(description)}</title>",
        f"  <style>{_STYLE}  </style>",
        f'  <rect class="window" x="0.5" y="0.5" width="{width - 1:.0f}" height="{height - 1}" rx="8"/>',
        *(f'  <circle class="dim" cx="{_MARGIN + 4 + 18 * number}" cy="17" r="5"/>' for number in range(3)),
    ]
    for number, line in enumerate(lines):
        parts += draw_line(line, _BAR + (number + 1) * _HEIGHT - 5)
    return "\n".join([*parts, "</svg>", ""])


def draw_line(line: str, y: int) -> list[str]:
    """Return the text elements of a line, one for each colour, each at the column of its first character."""
    elements: list[str] = []
    classes, column, start = ["text"], 0, 0
    for match in [*_SEQUENCE.finditer(line), None]:
        text = line[start : match.start() if match else len(line)]
        if text.strip():
            x = _MARGIN + (column + len(text) - len(text.lstrip())) * _WIDTH
            elements.append(f'  <text class="{" ".join(classes)}" x="{x:.1f}" y="{y}">{escape(text.strip())}</text>')
        column += len(text)
        if match:
            start = match.end()
            names = [_CLASSES[code] for code in (match[1] or "").split(";") if code in _CLASSES]
            classes = names if {"red", "yellow", "blue", "magenta", "cyan"} & {*names} else ["text", *names]
    return elements


if __name__ == "__main__":
    main()
