"""The critical apparatus in a real browser, opened from disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

from tests.browser.test_gates import SAMPLES, page_of

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: webdriver.Chrome, tmp_path: Path) -> webdriver.Chrome:
    browser.get(page_of(SAMPLES / "apparatus.xml", tmp_path).as_uri())
    return browser


def choose(page: webdriver.Chrome, choice: str) -> str:
    """Choose where the readings stand, and return the text that is seen."""
    select = page.find_element(By.CSS_SELECTOR, ".apparatus-choice select")
    Select(select).select_by_visible_text(choice)
    return " ".join(page.find_element(By.ID, "ed:text").text.split())


def test_the_text_of_a_witness_has_its_readings_and_not_what_it_lacks(
    page: webdriver.Chrome,
) -> None:
    earlier = choose(page, "text of 1807")
    assert "A host, of dancing" in earlier
    assert "Continuous as the stars" not in earlier
    later = choose(page, "text of 1815")
    assert "A host, of golden" in later
    assert "Continuous as the stars" in later


def test_readings_in_the_text_stand_behind_what_they_replace(page: webdriver.Chrome) -> None:
    for choice, count in (("in the text", 1), ("at the foot", 0)):
        assert choose(page, choice).count("dancing 1807") == count
