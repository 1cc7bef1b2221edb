"""Draw the picture of docs/assess.md: what the loss of a zone does to a fixture, and beside it to its fragile twin.

    python scripts/assessment_picture.py [FOLDER]

writes docs/images/assessment.svg, or the same file into another folder.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from html import escape
from pathlib import Path

import relint
from relint.assessment.facts import facts
from relint.assessment.result import Assessment, Result
from relint.assessment.scene.build import scene_of
from relint.report.assessment.html.drawing import DEFINITIONS, draw
from relint.report.assessment.html.layout import lay_out
from relint.report.assessment.html.picture import pictures_of
from relint.report.assessment.html.style import style_sheet
from relint.report.assessment.html.words import outcome_words, recovery_words

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
FIXTURES = ("available-web", "fragile-web")
EVENT = "Zone 1 lost"

_GAP, _HEADER, _LINE = 40, 40, 22
_LEFT_OUT = re.compile(r"<title>.*?</title>|</?a[^>]*>", re.DOTALL)
"""The evidence and the links of the page, which an image does not show."""


def main() -> None:
    """Write the picture."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "assessment.svg").write_text(draw_twins(), encoding="utf-8")


def draw_twins() -> str:
    """Return an SVG image with the pictures of the fixtures side by side."""
    os.chdir(ROOT)  # the evidence contains the paths of the files as they are given
    x, height, parts = 20.0, 0.0, []
    for name in FIXTURES:
        part, width, part_height = draw_fixture(name)
        parts.append(f'<g transform="translate({x:.0f},20)">{part}</g>')
        x, height = x + width + _GAP, max(height, part_height)
    width, height = x - _GAP + 20, height + 40
    style = style_sheet(0) + "svg{width:auto;font-family:system-ui,'Segoe UI',Roboto,'DejaVu Sans',sans-serif}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}">'
        f"<title>{EVENT}: what it does to {' and to '.join(FIXTURES)}</title><style>{style}</style>"
        f"{DEFINITIONS[DEFINITIONS.index('<defs>') : DEFINITIONS.index('</svg>')]}"
        f'<rect class="head" width="{width:.0f}" height="{height:.0f}" rx="12"/>{"".join(parts)}</svg>\n'
    )


def draw_fixture(name: str) -> tuple[str, float, float]:
    """Return the drawing of a fixture without its outermost element, its width and its height."""
    assessment = relint.assess(Path("fixtures") / name, config=None)
    picture = pictures_of(scene_of(assessment))[0]
    event = next(event for event in picture.events if event.title == EVENT)
    layout = lay_out(picture, width=0)
    drawing = draw(picture, layout, event, {fact.id: fact for fact in facts()}, EVENT)
    lines = list(caption(assessment, event.results))
    texts = [f'<text class="zt" style="font-size:18px" x="4" y="18">{name}: {EVENT.lower()}</text>']
    texts += [
        f'<text style="font-size:14px" x="4" y="{_HEADER + number * _LINE}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    ]
    top = _HEADER + _LINE * 3
    inner = _LEFT_OUT.sub("", drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")])
    return f'{"".join(texts)}<g transform="translate(0,{top})">{inner}</g>', layout.width, layout.height + top


def caption(assessment: Assessment, results: Mapping[str, Result]) -> list[str]:
    """Return what the clients of each entry see."""
    entries = {entry.part: entry.id for entry in assessment.entries}
    return [
        f"{entries[part]}: {outcome_words(result)}, RTO: {recovery_words(result)}" for part, result in results.items()
    ]


if __name__ == "__main__":
    main()
