"""Charts as SVG, for light and dark pages."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

_STYLE = (
    "<style>text{font:13px sans-serif;fill:#24292f}.grid{stroke:#8c959f;stroke-opacity:.35}.relint{fill:#1a7f37}"
    ".other{fill:#8c959f}.line{fill:none;stroke:#1a7f37;stroke-width:2}"
    "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.relint{fill:#3fb950}.line{stroke:#3fb950}}</style>"
)


def bars(title: str, seconds: Mapping[str, float]) -> str:
    """Return a bar chart: seconds by name, on a logarithmic axis."""
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
        css_class = "relint" if name.startswith("relint") else "other"
        parts.append(f'<text x="{left - 8}" y="{y + 15}" text-anchor="end">{escape(name)}</text>')
        parts.append(f'<rect class="{css_class}" x="{left}" y="{y}" width="{length:.1f}" height="20" rx="2"/>')
        parts.append(f'<text x="{left + length + 6:.1f}" y="{y + 15}">{value:.3g} s</text>')
    parts.append(f'<text x="{left + width / 2:.0f}" y="{bottom + 38}" text-anchor="middle">seconds, logarithmic</text>')
    return _svg(700, bottom + 50, title, parts)


def curves(title: str, curves_by_name: Mapping[str, Sequence[tuple[int, float]]]) -> str:
    """Return a panel for each curve: seconds by number, from zero. A dashed line shows linear growth."""
    width, size, top = 230, 170, 56
    parts = [f'<text x="10" y="22" font-weight="bold">{escape(title)}</text>']
    for index, (name, points) in enumerate(curves_by_name.items()):
        left, bottom = 40 + width * index, top + size
        across, up = points[-1][0], max(seconds for _, seconds in points)
        coordinates = [(left + size * n / across, bottom - size * seconds / up) for n, seconds in points]
        (x1, y1), *_, (x2, y2) = coordinates
        parts += [
            f'<path class="grid" fill="none" d="M{left} {top}v{size}h{size}"/>',
            f'<line class="grid" stroke-dasharray="5 4" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>',
            f'<polyline class="line" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in coordinates)}"/>',
            *(f'<circle class="relint" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>' for x, y in coordinates),
            f'<text x="{left}" y="{top - 8}">{up:.2g} s</text>',
            f'<text x="{left + size}" y="{bottom + 18}" text-anchor="end">{across:,} {escape(name)}</text>',
            f'<text x="{left}" y="{bottom + 18}" text-anchor="middle">0</text>',
        ]
    return _svg(700, top + size + 34, title, parts)


def _svg(width: int, height: float, title: str, parts: Sequence[str]) -> str:
    box = f'viewBox="0 0 {width} {height:.0f}" role="img" aria-label="{escape(title)}"'
    return "\n".join([f'<svg xmlns="http://www.w3.org/2000/svg" {box}>', _STYLE, *parts, "</svg>", ""])
