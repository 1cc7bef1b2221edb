"""The page of an assessment in a real browser: every tab shows something, nothing overlaps, everybody can read it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.helpers.assessment_pages import FIXTURES, STACKS, page_of
from tests.helpers.browser import OpenPage, chromium, contrast, open_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow
PICTURED = [name for name in (*FIXTURES, *STACKS) if name != "nothing"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    paths = {}
    for name in (*FIXTURES, *STACKS):
        paths[name] = folder / f"{name}.html"
        paths[name].write_text(page_of(name, folder), encoding="utf-8")
    return paths


def tabs_of(opened: OpenPage) -> Iterator[tuple[str, str]]:
    """Choose each tab of the page in turn, at most a dozen, and yield the id of its title, and its name."""
    tabs = opened.page.query_selector_all("input[type=radio]")  # by role would read the whole tree for each
    for tab in tabs[:: 1 + len(tabs) // 12]:
        tab.check()
        yield f"h{tab.get_attribute('id')}", str(tab.evaluate("tab => tab.labels[0].lastChild.textContent"))


@pytest.mark.parametrize("name", PICTURED)
def test_every_tab_shows_a_picture_and_its_title(browser: Browser, pages: dict[str, Path], name: str) -> None:
    opened = open_page(browser, pages[name])
    images: set[bytes] = set()
    titles = 0
    for identifier, title in tabs_of(opened):
        titles += 1
        section = opened.page.query_selector(f"section[aria-labelledby='{identifier}']")
        assert section is not None
        assert section.is_visible()
        assert section.inner_text().startswith(title)
        images.add(section.screenshot())

    assert titles >= 3
    assert len(images) == titles, "two tabs look the same"
    assert min(map(len, images)) > 4_000, "a picture is empty"


@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("name", PICTURED)
def test_no_text_overlaps_another_one_or_leaves_its_box(
    browser: Browser, pages: dict[str, Path], name: str, width: int
) -> None:
    opened = open_page(browser, pages[name], width=width)
    for _, title in tabs_of(opened):
        drawn = opened.drawn_texts()
        assert drawn
        assert [text for text in drawn if text.leaves_frame] == [], title
        assert [(left, right) for left, right in combinations(drawn, 2) if left.overlaps(right)] == [], title


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["available-web", "fragile-web", "data-platform", "nothing"])  # all states and tables
def test_every_text_has_enough_contrast(browser: Browser, pages: dict[str, Path], name: str, scheme: str) -> None:
    opened = open_page(browser, pages[name], scheme=scheme)
    colours: set[tuple[str, str]] = set()
    for _ in chain(tabs_of(opened), [None]):
        for text in chain(opened.drawn_texts(), opened.written_texts()):
            colours.add((text.colour, text.background))

    assert [pair for pair in colours if contrast(*pair) < 4.5] == []


@pytest.mark.parametrize("name", [*PICTURED, "nothing"])
def test_page_asks_for_nothing_and_reports_no_error(browser: Browser, pages: dict[str, Path], name: str) -> None:
    opened = open_page(browser, pages[name])
    list(tabs_of(opened))

    assert opened.messages == []
    assert opened.requests == [pages[name].as_uri()]


def test_accessibility_tree_has_headings_tabs_boxes_and_table_headers(browser: Browser, pages: dict[str, Path]) -> None:
    page = open_page(browser, pages["available-web"]).page

    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("heading", name="Failure by failure").count() == 1
    assert page.get_by_role("group", name="Choose a failure").count() == 1
    for name in (
        "No failure",
        "Zone 1 lost",
        "Zone 2 lost",
        "Host of ShopDatabase lost",
        "Region lost",
        "Data damaged",
    ):
        assert page.get_by_role("radio", name=name).count() == 1
    assert page.get_by_role("link", name="ShopDatabase, RDS DBInstance, Zone 2, takes over, 60 to 120 s").count() == 1
    for name in ("Software", "Hardware", "AZ", "Region"):
        assert page.get_by_role("columnheader", name=name, exact=True).count() >= 1
    assert page.get_by_role("rowheader", name="ShopDatabase", exact=True).count() >= 1


def test_arrow_keys_move_through_the_tabs(browser: Browser, pages: dict[str, Path]) -> None:
    page = open_page(browser, pages["available-web"]).page
    page.get_by_role("radio", name="Zone 1 lost").focus()

    page.keyboard.press("ArrowRight")

    assert page.get_by_role("radio", name="Zone 2 lost").is_checked()
    assert page.get_by_role("heading", name="Zone 2 lost").is_visible()
    assert not page.get_by_role("heading", name="Zone 1 lost").is_visible()


def test_paper_has_all_tabs(browser: Browser, pages: dict[str, Path]) -> None:
    page = open_page(browser, pages["available-web"]).page
    page.emulate_media(media="print")

    panels = page.locator(".panels > section")

    assert panels.count() == 7
    assert all(panel.is_visible() for panel in panels.all())
    assert page.pdf()[:4] == b"%PDF"
