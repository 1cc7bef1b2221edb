"""The page of an assessment, without a browser: what it contains, and that templates cannot put markup into it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.helpers.assessment_pages import FIXTURES, STACKS, page_of

VOID = {"meta", "input", "wbr"}
ACTIVE = {"script", "img", "iframe", "object", "link", "foreignobject"}


class Page(HTMLParser):
    """The elements of a page, and the texts of some."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts.append((self.open[-1], data))

    def texts_of(self, tag: str) -> list[str]:
        return [text for name, text in self.texts if name == tag]


@pytest.fixture(scope="module", params=[*FIXTURES, *STACKS])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    return page_of(request.param, tmp_path_factory.mktemp("page"))


def test_page_is_well_formed_and_has_no_script(page: str) -> None:
    parsed = Page(page)

    assert parsed.open == []
    assert {name for name, _ in parsed.elements} & {
        "script",
        "img",
        "iframe",
        "object",
        "link",
        "foreignobject",
    } == set()
    assert [name for _, attributes in parsed.elements for name in attributes if name.startswith("on")] == []


def test_page_loads_nothing(page: str) -> None:
    parsed = Page(page)
    addresses = [value or "" for _, attributes in parsed.elements for value in [attributes.get("href")] if value]

    assert [address for address in addresses if not address.startswith(("#", "https://"))] == []
    assert "src" not in {name for _, attributes in parsed.elements for name in attributes}
    assert re.findall(r"url\((?!#)", page) == []
    assert "@import" not in page


def test_identifiers_are_unique_and_links_lead_somewhere(page: str) -> None:
    elements = Page(page).elements
    identifiers = [attributes["id"] for _, attributes in elements if "id" in attributes]
    links = {str(attributes["href"])[1:] for _, attributes in elements if str(attributes.get("href")).startswith("#")}

    assert len(identifiers) == len(set(identifiers))
    assert links <= set(identifiers)


def test_each_picture_has_at_most_sixty_boxes(page: str) -> None:
    for drawing in re.findall(r"<svg viewBox.*?</svg>", page, re.DOTALL):
        assert 0 < drawing.count('<g class="b ') <= 60


def test_page_is_the_same_twice(tmp_path: Path) -> None:
    assert page_of("hostile", tmp_path) == page_of("hostile", tmp_path)


def test_failover_is_drawn_and_the_lost_one_is_struck(tmp_path: Path) -> None:
    page = page_of("available-web", tmp_path)
    zone = re.findall(r"<section aria-labelledby.*?</section>", page, re.DOTALL)[1]

    assert 'aria-label="ShopDatabase, RDS DBInstance, Zone 1, lost"' in zone
    assert 'aria-label="ShopDatabase, RDS DBInstance, Zone 2, takes over, 60 to 120 s"' in zone
    assert "a struck" in zone
    assert "rds-standby-failover" in zone
    assert "available-web/template.yaml:116" in zone.replace("\\", "/")


def test_page_without_entries_has_a_sentence_and_no_picture(tmp_path: Path) -> None:
    page = page_of("nothing", tmp_path)

    assert "Nothing to assess" in page
    assert "<svg viewBox" not in page
