"""The built site in a real browser, opened from disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

from tests.browser.chromium import require_browser, started_browser

pytestmark = pytest.mark.browser

PHONE, DESKTOP = (390, 844), (1280, 900)


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    require_browser()
    driver = started_browser(javascript=True)
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def site(built: Path) -> Path:
    return built / "output"


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_no_page_has_an_error_in_the_console(browser: webdriver.Chrome, site: Path) -> None:
    assert len(pages(site)) >= 8
    for page in pages(site):
        browser.get(page.as_uri())
        assert browser.get_log("browser") == [], page.name


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_no_page_is_wider_than_its_window(
    browser: webdriver.Chrome, site: Path, size: tuple[int, int]
) -> None:
    browser.set_window_size(*size)
    for page in pages(site):
        browser.get(page.as_uri())
        width = browser.execute_script(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert width <= 0, page.name


def test_the_cable_is_readable_without_javascript(site: Path) -> None:
    require_browser()
    driver = started_browser(javascript=False)
    try:
        driver.get((site / "1959-06-18-cable.html").as_uri())
        shown = driver.find_element(By.TAG_NAME, "body").text
    finally:
        driver.quit()
    assert "Each time the Korean side asks about this" in shown
    assert "Li Chang Jong" in shown


def test_every_link_leads_somewhere(site: Path) -> None:
    documents = {page: html.parse(str(page)).getroot() for page in pages(site)}
    anchors = {page: set(root.xpath("//@id")) for page, root in documents.items()}
    checked = 0
    for page, root in documents.items():
        for target in root.xpath("//@href | //@src"):
            link = urlsplit(target)
            if link.scheme in ("http", "https", "mailto"):
                continue
            file = (page.parent / unquote(link.path)).resolve() if link.path else page
            assert file.is_file(), f"{page.name}: {target}"
            if link.fragment and file.suffix == ".html":
                assert unquote(link.fragment) in anchors[file], f"{page.name}: {target}"
            checked += 1
    assert checked > 50


def test_documents_and_registers_are_linked_both_ways(site: Path) -> None:
    cable = html.parse(str(site / "1959-06-18-cable.html")).getroot()
    assert cable.xpath("//a[@href='registers/persons.html#ri-chang-jeong']")
    persons = html.parse(str(site / "registers" / "persons.html")).getroot()
    entry = persons.xpath("//*[@id='ri-chang-jeong']")[0]
    assert entry.xpath(".//a[starts-with(@href, '../1959-06-18-cable.html#')]")


def test_no_identifier_is_used_twice_on_a_page(site: Path) -> None:
    for page in pages(site):
        ids = html.parse(str(page)).getroot().xpath("//@id")
        assert len(ids) == len(set(ids)), page.name


def searched(browser: webdriver.Chrome, site: Path, *typed: str) -> list[str]:
    """Search by keyboard and return the titles found."""
    browser.get((site / "edition" / "search.html").as_uri())
    WebDriverWait(browser, 10).until(
        lambda driver: driver.switch_to.active_element.get_attribute("name") == "q"
    )
    browser.switch_to.active_element.send_keys(*typed, Keys.ENTER)
    return [each.text for each in browser.find_elements(By.CSS_SELECTOR, ".results h2 a")]


def test_a_search_finds_words_of_both_layers_and_marks_them_on_the_page(
    browser: webdriver.Chrome, site: Path
) -> None:
    (title,) = searched(browser, site, "MONDAY letter")
    assert title == "Eliza Hartwell to Thomas Greave, 3 May 1848"
    assert searched(browser, site, "Tuesday") == [title]
    assert searched(browser, site, '"letter of Monday"') == [title]
    assert searched(browser, site, '"letter of Tuesday"') == [title]
    assert searched(browser, site, '"of letter"') == []
    assert searched(browser, site, "onday") == []
    searched(browser, site, "monday")
    browser.find_element(By.CSS_SELECTOR, ".results ul a").send_keys(Keys.ENTER)
    status = WebDriverWait(browser, 10).until(
        lambda driver: driver.find_element(By.CSS_SELECTOR, ".hits [role=status]")
    )
    assert status.text == "1 of 1: monday"
    assert [mark.text for mark in browser.find_elements(By.TAG_NAME, "mark")] == ["Monday"]


def test_a_hit_in_a_layer_that_is_not_shown_is_shown(browser: webdriver.Chrome, site: Path) -> None:
    page = (site / "1848-05-03-hartwell-to-greave.html").as_uri()
    browser.get(page)
    browser.find_element(By.CSS_SELECTOR, ".layers button[value=reading]").click()
    browser.get(f"{page}?q=monday")
    assert browser.find_element(By.TAG_NAME, "mark").is_displayed()
    pressed = browser.find_element(By.CSS_SELECTOR, ".layers [aria-pressed=true]")
    assert pressed.get_attribute("value") == "both"


def test_a_search_is_narrowed_down(browser: webdriver.Chrome, site: Path) -> None:
    assert len(searched(browser, site, "и а the")) == 0
    browser.get((site / "edition" / "search.html").as_uri())
    choices = {
        name: Select(browser.find_element(By.NAME, name))
        for name in ("person", "place", "kind", "language")
    }
    choices["language"].select_by_visible_text("German")
    assert [e.text for e in browser.find_elements(By.CSS_SELECTOR, ".results h2 a")] == [
        "Mondnacht"
    ]
    choices["language"].select_by_value("")
    choices["place"].select_by_visible_text("Riga (1)")
    assert len(browser.find_elements(By.CSS_SELECTOR, ".results h2 a")) == 1
    browser.find_element(By.NAME, "from").send_keys("1900", Keys.ENTER)
    assert browser.find_elements(By.CSS_SELECTOR, ".results h2 a") == []


def test_without_javascript_the_search_says_what_to_do(site: Path) -> None:
    require_browser()
    driver = started_browser(javascript=False)
    try:
        driver.get((site / "edition" / "search.html").as_uri())
        shown = driver.find_element(By.TAG_NAME, "main").text
        form = driver.find_element(By.ID, "ed:search").is_displayed()
    finally:
        driver.quit()
    assert "needs JavaScript" in shown
    assert not form
