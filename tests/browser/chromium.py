"""Headless Chromium, which is let to reach no host."""

from __future__ import annotations

import os
import shutil

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service


def started_browser(*, javascript: bool) -> webdriver.Chrome:
    options = Options()
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        # A request to any host fails, and a page that makes one shows it in its console.
        "--host-resolver-rules=MAP * ~NOTFOUND",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    if not javascript:
        no_scripts = {"profile.managed_default_content_settings.javascript": 2}
        options.add_experimental_option("prefs", no_scripts)
    return webdriver.Chrome(options, Service(shutil.which("chromedriver") or "chromedriver"))


def require_browser() -> None:
    if shutil.which("chromium") and shutil.which("chromedriver"):
        return
    if os.environ.get("TEI_TOOLKIT_BROWSER") == "required":
        pytest.fail("Chromium and its driver are required here but not installed")
    pytest.skip("Chromium and its driver are not installed")
