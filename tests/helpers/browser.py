"""A headless Chromium for tests of pages, and what it measures: texts with their boxes and colours."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

REQUIRED = "RELINT_REQUIRE_BROWSER"
"""The environment variable with which a missing browser is a failure; .ci/run sets it."""
_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

_COLOUR = """const colour = (element) => {
  for (let e = element; e; e = e.parentElement) {
    const value = getComputedStyle(e).backgroundColor;
    if (!/, 0\\)$/.test(value) && value !== 'transparent') return value;
  }
  return 'rgb(255, 255, 255)';
};"""

_DRAWN = f"""() => {{
  {_COLOUR}
  const found = [];
  for (const text of document.querySelectorAll('svg text')) {{
    const box = text.getBoundingClientRect();
    if (!box.width) continue;
    const group = text.closest('g');
    const rect = group && group.querySelector('rect:last-of-type');
    const owner = group && text.closest('a') ? group.querySelector('rect') : rect;
    const frame = owner ? owner.getBoundingClientRect() : null;
    const style = getComputedStyle(text);
    found.push({{text: text.textContent, box: [box.x, box.y, box.right, box.bottom],
      frame: frame && [frame.x, frame.y, frame.right, frame.bottom], colour: style.fill,
      background: owner ? getComputedStyle(owner).fill : colour(text.closest('svg'))}});
  }}
  return found;
}}"""

_WRITTEN = f"""() => {{
  {_COLOUR}
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {{
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || element.closest('svg')) continue;
    const box = element.getBoundingClientRect();
    if (!box.width || box.right < 0) continue;
    found.push({{text: element.textContent.slice(0, 60), box: [box.x, box.y, box.right, box.bottom], frame: null,
      colour: getComputedStyle(element).color, background: colour(element)}});
  }}
  return found;
}}"""


class Text(NamedTuple):
    """A visible text: its rectangle, that of the box to which it belongs, and its colours; left, top, right, bottom."""

    text: str
    box: tuple[float, float, float, float]
    frame: tuple[float, float, float, float] | None
    colour: str
    background: str

    def overlaps(self, other: Text) -> bool:
        """Whether the rectangles of two texts have more than a pixel in common."""
        left, top = max(self.box[0], other.box[0]), max(self.box[1], other.box[1])
        right, bottom = min(self.box[2], other.box[2]), min(self.box[3], other.box[3])
        return right - left > 1 and bottom - top > 3  # lines of a font are higher than its letters

    @property
    def leaves_frame(self) -> bool:
        """Whether the text is not in its box."""
        if self.frame is None:
            return False
        return self.box[0] < self.frame[0] or self.box[2] > self.frame[2] or self.box[3] > self.frame[3] + 3


class OpenPage(NamedTuple):
    """A page in the browser, what it wrote to the console, and the addresses that it asked for."""

    page: Page
    messages: list[str]
    requests: list[str]

    def drawn_texts(self) -> list[Text]:
        """Return the visible texts in drawings."""
        return [_text(item) for item in self.page.evaluate(_DRAWN)]

    def written_texts(self) -> list[Text]:
        """Return the visible texts outside of drawings."""
        return [_text(item) for item in self.page.evaluate(_WRITTEN)]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run the browser; skip the test where there is none, unless it is required."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        path = None
    if path is None:
        if os.environ.get(REQUIRED):
            pytest.fail(f"{REQUIRED} is set, and chromium or playwright is not installed")
        pytest.skip("chromium or playwright is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield browser
        browser.close()


def open_page(browser: Browser, path: Path, *, scheme: Any = "light", width: int = 1280) -> OpenPage:
    """Open a file in a new window."""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    opened = OpenPage(page, [], [])
    page.on("console", lambda message: opened.messages.append(message.text))
    page.on("pageerror", lambda error: opened.messages.append(str(error)))
    page.on("request", lambda request: opened.requests.append(request.url))
    page.goto(path.as_uri())
    return opened


def _text(item: dict[str, Any]) -> Text:
    frame = tuple(item["frame"]) if item["frame"] else None
    return Text(item["text"], tuple(item["box"]), frame, item["colour"], item["background"])


def contrast(left: str, right: str) -> float:
    """Return the contrast of two colours, as WCAG defines it: https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio."""
    brighter, darker = sorted((_luminance(left), _luminance(right)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [float(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
