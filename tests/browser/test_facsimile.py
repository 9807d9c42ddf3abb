"""Images of the source beside the text, in a real browser, opened from disk."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.chromium import require_browser
from tests.sample import build

pytestmark = pytest.mark.browser

HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>Letter</title></titleStmt><publicationStmt><p>x</p>"
    "</publicationStmt><sourceDesc><p>x</p></sourceDesc></fileDesc></teiHeader>"
)


def png(width: int, height: int) -> bytes:
    """Return a grey image of this size."""
    rows = zlib.compress((b"\0" + b"\x99" * width) * height)
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", rows),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of a letter of two pages, each with an image, the first with zones."""
    require_browser()
    folder = tmp_path_factory.mktemp("images")
    (folder / "tei").mkdir()
    (folder / "edition.toml").write_text('title = "E"\nlanguage = "en"\noutputs = ["html"]\n')
    for number in (1, 2):
        (folder / "tei" / f"p{number}.png").write_bytes(png(200, 100 * number))
    words = "Words of a page that is long enough to be scrolled. " * 90
    (folder / "tei" / "letter.xml").write_text(
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{HEADER}<facsimile>'
        '<surface xml:id="s1" ulx="0" uly="0" lrx="1000" lry="500"><graphic url="p1.png"/>'
        '<zone xml:id="z1" ulx="100" uly="50" lrx="600" lry="100"/>'
        '<zone xml:id="z2" points="100,150 600,150 600,200 100,200"/></surface>'
        '<surface xml:id="s2"><graphic url="p2.png"/></surface></facsimile><text><body>'
        '<pb n="1" facs="#s1"/><p><lb facs="#z1"/>The first line <lb facs="#z2"/>and the second'
        f'</p><p>{words}</p><pb n="2" facs="#s2"/><p>{words}</p></body></text></TEI>'
    )
    build(folder)
    return folder / "output" / "letter.html"


@pytest.fixture
def browser(browser: webdriver.Chrome, page: Path) -> Iterator[webdriver.Chrome]:
    """Return the browser with the page open."""
    browser.set_window_size(1400, 900)
    browser.get(page.as_uri())
    WebDriverWait(browser, 10).until(lambda d: d.find_elements(By.CLASS_NAME, "zone"))
    yield browser
    assert browser.get_log("browser") == []


def image_shown(browser: webdriver.Chrome) -> str:
    source = browser.find_element(By.CSS_SELECTOR, ".facsimile-sheet img").get_attribute("src")
    return (source or "").rpartition("/")[2].partition("-")[0]


def test_the_image_follows_the_page_that_is_read(browser: webdriver.Chrome) -> None:
    assert image_shown(browser) == "p1"
    browser.execute_script("document.getElementById('page-2').scrollIntoView()")
    WebDriverWait(browser, 10).until(lambda driver: image_shown(driver) == "p2")
    browser.execute_script("scrollTo(0, 0)")
    WebDriverWait(browser, 10).until(lambda driver: image_shown(driver) == "p1")


def test_a_zone_lies_where_the_encoding_says_and_leads_to_its_line(
    browser: webdriver.Chrome,
) -> None:
    first, second = browser.find_elements(By.CLASS_NAME, "zone")
    sheet = browser.find_element(By.CLASS_NAME, "facsimile-sheet").rect
    for zone, top in ((first, 0.1), (second, 0.3)):
        assert zone.rect["x"] == pytest.approx(sheet["x"] + 0.1 * sheet["width"], abs=2)
        assert zone.rect["y"] == pytest.approx(sheet["y"] + top * sheet["height"], abs=2)
        assert zone.rect["width"] == pytest.approx(0.5 * sheet["width"], abs=2)
    assert first.get_attribute("aria-label") == "The first line"
    second.send_keys(Keys.ENTER)
    assert browser.current_url.endswith("#p1.lb2")
    marked = "return Array.from(CSS.highlights.get('facsimile'), String).join()"
    assert browser.execute_script(marked).strip() == "and the second"


def test_a_line_under_the_pointer_shows_its_zone(browser: webdriver.Chrome) -> None:
    line = browser.find_element(By.ID, "p1")
    webdriver.ActionChains(browser).move_to_element_with_offset(
        line, -int(line.rect["width"] / 2) + 40, int(line.rect["height"] / 2) - 10
    ).perform()
    zones = browser.find_elements(By.CLASS_NAME, "zone")
    assert ["current" in (z.get_attribute("class") or "").split() for z in zones] == [False, True]


def test_the_image_is_brought_nearer_by_keyboard(browser: webdriver.Chrome) -> None:
    sheet = browser.find_element(By.CLASS_NAME, "facsimile-sheet")
    before = sheet.rect["width"]
    browser.find_element(By.CLASS_NAME, "facsimile-frame").send_keys("+")
    assert sheet.rect["width"] == pytest.approx(1.4 * before, rel=0.02)
    browser.find_element(By.CLASS_NAME, "facsimile-frame").send_keys("0")
    assert sheet.rect["width"] == pytest.approx(before, rel=0.02)


TWO_FINGERS = """
const [frame] = arguments;
const box = frame.getBoundingClientRect();
const touch = (type, pointerId, x) => frame.dispatchEvent(new PointerEvent(type,
  {pointerId, bubbles: true, clientX: box.left + x, clientY: box.top + 50}));
touch("pointerdown", 1, 100); touch("pointerdown", 2, 200); touch("pointermove", 2, 300);
touch("pointerup", 1, 100); touch("pointerup", 2, 300); touch("pointermove", 2, 500);
"""


def test_the_image_is_brought_nearer_by_two_fingers(browser: webdriver.Chrome) -> None:
    sheet = browser.find_element(By.CLASS_NAME, "facsimile-sheet")
    before = sheet.rect["width"]
    frame = browser.find_element(By.CLASS_NAME, "facsimile-frame")
    browser.execute_script(TWO_FINGERS, frame)
    assert sheet.rect["width"] == pytest.approx(2 * before, rel=0.02)


def test_without_javascript_the_images_are_links(
    browser_without_javascript: webdriver.Chrome, page: Path
) -> None:
    browser_without_javascript.get(page.as_uri())
    links = browser_without_javascript.find_elements(By.CSS_SELECTOR, ".facsimiles a")
    assert [link.text for link in links] == ["Page 1", "Page 2"]
    assert all(link.is_displayed() for link in links)
