"""Notes that open where they are called, in a real browser, opened from disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.test_site import DESKTOP, PHONE

pytestmark = pytest.mark.browser

LETTER = "1848-05-03-hartwell-to-greave.html"


def test_a_note_opens_where_it_is_called_and_escape_leads_back(
    browser: webdriver.Chrome, site: Path
) -> None:
    browser.set_window_size(*PHONE)
    browser.get((site / LETTER).as_uri())
    call = browser.find_element(By.CSS_SELECTOR, "a.call")
    call.send_keys(Keys.ENTER)
    box = browser.find_element(By.CLASS_NAME, "note-box")
    assert box.is_displayed()
    assert "The tree stood until the storm of 1863." in box.text
    assert box.accessible_name == "Notes 1"
    assert browser.switch_to.active_element.accessible_name == "Close"
    assert not browser.current_url.endswith("#note1")
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert not box.is_displayed()
    assert browser.switch_to.active_element == call


def test_a_note_opened_leads_to_its_place_among_the_notes(
    browser: webdriver.Chrome, site: Path
) -> None:
    browser.set_window_size(*PHONE)
    browser.get((site / LETTER).as_uri())
    browser.find_element(By.CSS_SELECTOR, "a.call").send_keys(Keys.ENTER)
    browser.find_element(By.CSS_SELECTOR, ".note-box a").send_keys(Keys.ENTER)
    note = browser.find_element(By.CSS_SELECTOR, ".footnote:target")
    assert note.text.endswith("The tree stood until the storm of 1863.")
    assert not browser.find_element(By.CLASS_NAME, "note-box").is_displayed()


def test_a_note_that_stands_beside_its_call_does_not_open(
    browser: webdriver.Chrome, site: Path
) -> None:
    browser.set_window_size(*DESKTOP)
    browser.get((site / LETTER).as_uri())
    call = browser.find_element(By.CSS_SELECTOR, "a.call")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", call)
    call.send_keys(Keys.ENTER)
    assert not browser.find_element(By.CLASS_NAME, "note-box").is_displayed()
    assert browser.find_elements(By.CSS_SELECTOR, ".footnote:target")
