"""What the tests in a browser share: the browser, and the built sample edition."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver

from tests.browser.chromium import require_browser, started_browser


@pytest.fixture(scope="session")
def chromium() -> Iterator[webdriver.Chrome]:
    """Return a browser with JavaScript, which takes a second to start: one serves all tests."""
    require_browser()
    driver = started_browser(javascript=True)
    yield driver
    driver.quit()


@pytest.fixture
def browser(chromium: webdriver.Chrome) -> webdriver.Chrome:
    """Return the browser with JavaScript, which knows nothing of the tests before."""
    chromium.get("about:blank")
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    stored = {"origin": "file://", "storageTypes": "all"}
    chromium.execute_cdp_cmd("Storage.clearDataForOrigin", stored)
    chromium.set_window_size(1200, 900)
    chromium.get_log("browser")
    return chromium


@pytest.fixture(scope="session")
def browser_without_javascript() -> Iterator[webdriver.Chrome]:
    """Return a browser that runs no script, one for all tests."""
    require_browser()
    driver = started_browser(javascript=False)
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def site(built: Path) -> Path:
    """Return the folder of the published sample edition."""
    return built / "output"
