"""What the tests in a browser share: the browser, and the built sample edition."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver

from tests.browser.chromium import require_browser, started_browser


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    """Return a browser with JavaScript, new for each module."""
    require_browser()
    driver = started_browser(javascript=True)
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def site(built: Path) -> Path:
    """Return the folder of the published sample edition."""
    return built / "output"
