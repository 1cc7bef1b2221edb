"""HTML and SVG elements. Texts of templates are hostile: every text and every attribute is escaped here."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

from relint.report.terminal import printable


class Markup(str):
    """A text that is markup already, which is not escaped again."""

    __slots__ = ()


NOTHING = Markup("")
Content = str | int | float


def element(name: str, /, *content: Content, **attributes: Content | None) -> Markup:
    """Return an element; an attribute that is None is left out, and "_" in its name is "-"."""
    return Markup(f"<{name}{_attributes(attributes)}>{join(content)}</{name}>")


def void(name: str, /, **attributes: Content | None) -> Markup:
    """Return an element without content."""
    return Markup(f"<{name}{_attributes(attributes)}>")


def shape(name: str, /, **attributes: Content | None) -> Markup:
    """Return an element of SVG without content."""
    return Markup(f"<{name}{_attributes(attributes)}/>")


def join(content: Iterable[Content], separator: str = "") -> Markup:
    """Return contents one after another, with those that are not markup escaped."""
    return Markup(separator.join(part if isinstance(part, Markup) else escape(part) for part in content))


def escape(text: Content) -> Markup:
    """Return a text as markup, with control characters as escapes such as "\\x1b"."""
    return Markup(html.escape(_number(text) if isinstance(text, float) else printable(str(text)), quote=True))


def breakable(text: Content) -> Markup:
    """Return a name that a browser may break before a capital and after a separator."""
    if isinstance(text, Markup):
        return text
    return join(re.split(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[-_.:/])", str(text)), "<wbr>")


def table(caption: str, head: Sequence[Content], rows: Iterable[Sequence[Content]]) -> Markup:
    """Return a table, of which the first cell of each row is its header; nothing without rows."""
    lines = [
        element("tr", element("th", breakable(row[0]), scope="row"), *(element("td", cell) for cell in row[1:]))
        for row in rows
    ]
    if not lines:
        return NOTHING
    top = element("tr", *(element("th", cell, scope="col") for cell in head))
    content = element("table", element("caption", caption), element("thead", top), element("tbody", *lines))
    return element("div", content, **{"class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption})


def _attributes(attributes: dict[str, Content | None]) -> str:
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for name, value in attributes.items()
        if value is not None
    )


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
