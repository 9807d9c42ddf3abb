"""The built site in a real browser, opened from disk."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from selenium import webdriver
from selenium.webdriver.common.by import By

from toolkit.publish import Publication, publish_document
from toolkit.tei.parse import parse

pytestmark = pytest.mark.browser

PHONE, DESKTOP = (390, 844), (1280, 900)


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


def test_the_cable_is_readable_without_javascript(
    browser_without_javascript: webdriver.Chrome, site: Path
) -> None:
    browser_without_javascript.get((site / "1959-06-18-cable.html").as_uri())
    shown = browser_without_javascript.find_element(By.TAG_NAME, "body").text
    assert "Each time the Korean side asks about this" in shown
    assert "Li Chang Jong" in shown


def test_the_contents_stand_open_where_the_margin_is_wide(
    browser: webdriver.Chrome, tmp_path: Path
) -> None:
    parts = "".join(f"<div><head>Part {n}</head><p>words</p></div>" for n in range(3))
    tei = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{parts}</body></text></TEI>'
    made = publish_document("html", "a", parse("a.xml", tei.encode()), Publication(title=""))
    for name, content in made.files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    for size, shown in ((DESKTOP, False), ((1800, 900), True)):
        browser.set_window_size(*size)
        browser.get((tmp_path / "a.html").as_uri())
        assert browser.find_element(By.CSS_SELECTOR, ".contents a").is_displayed() is shown


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
