"""The search in a real browser, opened from disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

from tests.browser.chromium import require_browser
from tests.sample import build

pytestmark = pytest.mark.browser

HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>{0}</title></titleStmt><publicationStmt><p>x</p>"
    "</publicationStmt><sourceDesc><p>x</p></sourceDesc></fileDesc></teiHeader>"
)
TEXTS = {
    "Chinese": "<p>北京大学的老师</p><p>第3回</p>",
    "French": "<p>L’École de Strasbourg, le petit garçon</p><p>garçons petits</p>",
    "Greek": "<p>ὁ λόγος</p>",
}


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site of texts in several scripts."""
    require_browser()
    folder = tmp_path_factory.mktemp("scripts")
    (folder / "tei").mkdir()
    (folder / "edition.toml").write_text('title = "E"\nlanguage = "en"\noutputs = ["html"]\n')
    for title, body in TEXTS.items():
        text = f"{HEADER.format(title)}<text><body>{body}</body></text>"
        tei = f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{text}</TEI>'
        (folder / "tei" / f"{title}.xml").write_text(tei, "utf-8")
    build(folder)
    return folder / "output"


def searched(browser: webdriver.Chrome, site: Path, *typed: str) -> list[str]:
    """Search by keyboard and return the titles found."""
    browser.get((site / "edition" / "search.html").as_uri())
    WebDriverWait(browser, 10).until(
        lambda driver: driver.switch_to.active_element.get_attribute("name") == "q"
    )
    browser.switch_to.active_element.send_keys(*typed, Keys.ENTER)
    return titles_found(browser)


def titles_found(browser: webdriver.Chrome) -> list[str]:
    WebDriverWait(browser, 10).until(
        lambda driver: (
            driver.find_element(By.ID, "ed:search-results").get_attribute("aria-busy") != "true"
        )
    )
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
    passage = WebDriverWait(browser, 10).until(
        lambda driver: driver.find_element(By.CSS_SELECTOR, ".results ul a")
    )
    passage.send_keys(Keys.ENTER)
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
    WebDriverWait(browser, 10).until(
        lambda driver: driver.find_element(By.ID, "ed:search").is_displayed()
    )
    choices = {
        name: Select(browser.find_element(By.NAME, name))
        for name in ("person", "place", "kind", "language")
    }
    choices["language"].select_by_visible_text("German")
    assert titles_found(browser) == ["Mondnacht"]
    choices["language"].select_by_value("")
    choices["place"].select_by_visible_text("Riga (1)")
    assert len(titles_found(browser)) == 1
    browser.find_element(By.NAME, "from").send_keys("1900", Keys.ENTER)
    assert titles_found(browser) == []


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("大学", "Chinese"),
        ("师", "Chinese"),
        ("京大学的", "Chinese"),
        ("第3回", "Chinese"),
        ("大师", None),
        ("ecole", "French"),
        ("ÉCO strasb", "French"),
        ("garcon", "French"),
        ('"petit garçon"', "French"),
        ('"petit garço"', None),
        ('"garçon petit"', None),
        ("cole", None),
        ("ΛΟΓΟΣ", "Greek"),
    ],
)
def test_words_of_many_scripts_are_found(
    browser: webdriver.Chrome, scripts: Path, typed: str, title: str | None
) -> None:
    assert searched(browser, scripts, typed) == ([title] if title else [])
    status = browser.find_element(By.CSS_SELECTOR, "[role=status]").text
    assert status.startswith("1 document, passages: " if title else "Nothing found.")


def test_data_that_cannot_be_loaded_are_told(browser: webdriver.Chrome, scripts: Path) -> None:
    file = scripts / "edition" / "words" / "0.js"
    file.rename(file.with_suffix(".gone"))
    try:
        assert searched(browser, scripts, "garçon") == []
        told = browser.find_element(By.CSS_SELECTOR, "[role=status]").text
    finally:
        file.with_suffix(".gone").rename(file)
    assert told == "The data of the search could not be loaded. Try again."
    browser.get_log("browser")


def test_without_javascript_the_search_says_what_to_do(
    browser_without_javascript: webdriver.Chrome, site: Path
) -> None:
    driver = browser_without_javascript
    driver.get((site / "edition" / "search.html").as_uri())
    assert "needs JavaScript" in driver.find_element(By.TAG_NAME, "main").text
    assert not driver.find_element(By.ID, "ed:search").is_displayed()
