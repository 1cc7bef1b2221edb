"""Charts as SVG, readable on light and on dark pages."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

_STYLE = (
    "<style>text{font:13px sans-serif;fill:#24292f}.grid{stroke:#8c959f;stroke-opacity:.35}.relint{fill:#1a7f37}"
    ".other{fill:#8c959f}.line{fill:none;stroke-width:2}"
    "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.relint{fill:#3fb950}}</style>"
)
_COLOURS = ("#1a7f37", "#0969da", "#bc4c00")


def bars(title: str, seconds: Mapping[str, float]) -> str:
    """A bar for each name, as long as the logarithm of its seconds, with the time at its end."""
    left, width, row, top = 190, 430, 30, 46
    low = 10.0 ** math.floor(math.log10(min(seconds.values())))
    decades = math.ceil(math.log10(max(seconds.values()) / low))
    step = width / decades
    parts = [f'<text x="10" y="22" font-weight="bold">{escape(title)}</text>']
    bottom = top + row * len(seconds)
    for decade in range(decades + 1):
        x = left + step * decade
        parts.append(f'<line class="grid" x1="{x:.0f}" y1="{top - 8}" x2="{x:.0f}" y2="{bottom}"/>')
        parts.append(f'<text x="{x:.0f}" y="{bottom + 18}" text-anchor="middle">{low * 10**decade:g}</text>')
    for number, (name, value) in enumerate(seconds.items()):
        y = top + row * number
        length = step * math.log10(value / low)
        kind = "relint" if name.startswith("relint") else "other"
        parts.append(f'<text x="{left - 8}" y="{y + 15}" text-anchor="end">{escape(name)}</text>')
        parts.append(f'<rect class="{kind}" x="{left}" y="{y}" width="{length:.1f}" height="20" rx="2"/>')
        parts.append(f'<text x="{left + length + 6:.1f}" y="{y + 15}">{value:.3g} s</text>')
    parts.append(f'<text x="{left + width / 2:.0f}" y="{bottom + 38}" text-anchor="middle">seconds, logarithmic</text>')
    return _svg(700, bottom + 50, title, parts)


def lines(title: str, curves: Mapping[str, Sequence[tuple[int, float]]]) -> str:
    """A line for each curve: both axes start at one and count doublings; a straight diagonal is linear cost."""
    left, top, size = 70, 46, 320
    most = max(math.log2(number / points[0][0]) for points in curves.values() for number, _ in points)
    parts = [f'<text x="10" y="22" font-weight="bold">{escape(title)}</text>']
    for step in range(round(most) + 1):
        at = size * step / most
        parts += [
            f'<path class="grid" d="M{left} {top + size - at:.0f}h{size}"/>',
            f'<text x="{left - 8}" y="{top + size - at + 4:.0f}" text-anchor="end">{2**step}x</text>',
            f'<text x="{left + at:.0f}" y="{top + size + 18}" text-anchor="middle">{2**step}x</text>',
        ]
    for colour, (number, (name, points)) in zip(_COLOURS, enumerate(curves.items()), strict=False):
        first = points[0]
        places = [
            (left + size * math.log2(n / first[0]) / most, top + size - size * math.log2(max(s / first[1], 1)) / most)
            for n, s in points
        ]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline class="line" stroke="{colour}" points="{path}"/>')
        label = f"{name}: {points[0][0]} to {points[-1][0]}"
        parts.append(f'<rect x="{left + size + 20}" y="{top + 24 * number}" width="12" height="12" fill="{colour}"/>')
        parts.append(f'<text x="{left + size + 38}" y="{top + 24 * number + 11}">{escape(label)}</text>')
    parts.append(f'<text x="{left + size / 2}" y="{top + size + 38}" text-anchor="middle">size of the input</text>')
    parts.append(
        f'<text transform="translate(16 {top + size / 2}) rotate(-90)" text-anchor="middle">seconds above start</text>'
    )
    return _svg(700, top + size + 50, title, parts)


def _svg(width: int, height: float, title: str, parts: Sequence[str]) -> str:
    box = f'viewBox="0 0 {width} {height:.0f}" role="img" aria-label="{escape(title)}"'
    return "\n".join([f'<svg xmlns="http://www.w3.org/2000/svg" {box}>', _STYLE, *parts, "</svg>", ""])
