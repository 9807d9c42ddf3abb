"""Pages of every kind, before the judges: the Nu HTML checker, and axe-core in a browser."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver

from tests.browser.test_site import DESKTOP, PHONE
from tests.java import java_program
from toolkit.publish import Publication, publish_document
from toolkit.tei.parse import parse_file

pytestmark = pytest.mark.browser

JUDGES = Path(__file__).parent / "node_modules"
"""Where ``npm ci --prefix tests/browser`` puts them."""

SAMPLES = Path(__file__).parents[1] / "publish" / "samples"

# The checker's parser of CSS does not know anchors (CSS Anchor Positioning), by which notes find
# their place in the margin.
NO_ANCHORS = "CSS: .*"

AXE = """
const done = arguments[0];
axe.run({resultTypes: ["violations"], preload: false}).then(found => done(found.violations.map(
  each => each.id + ": " + each.nodes.slice(0, 3).map(node => node.html).join(" "))));
"""


def judge(name: str) -> Path:
    file = JUDGES / name
    if not file.is_file():
        reason = f"{name} is not there: npm ci --prefix tests/browser"
        if os.environ.get("TEI_TOOLKIT_BROWSER") == "required":
            pytest.fail(reason)
        pytest.skip(reason)
    return file


@pytest.fixture(scope="module")
def site_pages(built: Path) -> list[Path]:
    """Pages of the sample edition: one of each kind, and the documents with most to show."""
    output = built / "output"
    names = ("index.html", "1959-06-18-cable.html", "1837-mondnacht.html", "1911-*.html")
    documents = [page for name in names for page in output.glob(name)]
    return [*documents, *sorted(output.glob("registers/p*.html")), *output.glob("edition/*.html")]


@pytest.fixture(scope="module")
def genre_pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A page of each kind of text: the samples of these tests, and one document of each corpus."""
    documents = sorted(SAMPLES.glob("*.xml"))
    data = os.environ.get("TEI_TOOLKIT_DATA")
    if data:
        corpora = sorted(folder for folder in (Path(data) / "corpora").iterdir() if folder.is_dir())
        documents += [file for corpus in corpora for file in small_documents(corpus)[:1]]
    folder = tmp_path_factory.mktemp("genres")
    return [page_of(file, folder) for file in documents]


def small_documents(corpus: Path) -> list[Path]:
    """Documents of moderate size, the largest first; the smallest of all where there are none."""
    files = sorted(corpus.rglob("*.xml"), key=lambda file: file.stat().st_size, reverse=True)
    return [file for file in files if file.stat().st_size < 30_000] or files[-1:]


def page_of(file: Path, folder: Path) -> Path:
    made = publish_document("html", file.stem, parse_file(file), Publication(title="Genres"))
    for name, content in made.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder / f"{file.stem}.html"


def test_pages_are_valid_html(site_pages: list[Path], genre_pages: list[Path]) -> None:
    checker = java_program(judge("vnu-jar/build/dist/vnu.jar"))
    pages = [str(page) for page in (*site_pages, *genre_pages)]
    command = [*checker, "--errors-only", "--filterpattern", NO_ANCHORS]
    run = subprocess.run(
        [*command, "--format", "json", *pages], check=False, capture_output=True, text=True
    )
    found = json.loads(run.stderr)["messages"]
    assert [f"{each['url']}:{each['lastLine']}: {each['message']}" for each in found] == []


def violations(browser: webdriver.Chrome, page: Path, axe: str) -> list[Any]:
    browser.get(page.as_uri())
    assert browser.get_log("browser") == [], page.name
    browser.execute_script(axe)
    found: list[Any] = browser.execute_async_script(AXE)
    wide = browser.execute_script(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return [*found, *([f"wider than the window by {wide} px"] if wide > 0 else [])]


@pytest.mark.parametrize(
    ("size", "scheme", "turn"),
    [(PHONE, "dark", 0), (DESKTOP, "light", 1)],
    ids=["phone-dark", "desktop-light"],
)
def test_pages_are_accessible(
    browser: webdriver.Chrome,
    site_pages: list[Path],
    genre_pages: list[Path],
    size: tuple[int, int],
    scheme: str,
    turn: int,
) -> None:
    """Pages of the sample edition in each way, those of the corpora by turns."""
    axe = judge("axe-core/axe.min.js").read_text(encoding="utf-8")
    browser.set_window_size(*size)
    feature = {"name": "prefers-color-scheme", "value": scheme}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
    pages = [*site_pages, *genre_pages[turn::2]]
    found = {page.name: violations(browser, page, axe) for page in pages}
    assert {name: said for name, said in found.items() if said} == {}


def test_nothing_a_hostile_document_holds_runs(browser: webdriver.Chrome, tmp_path: Path) -> None:
    browser.get(page_of(SAMPLES / "hostile.xml", tmp_path).as_uri())
    links = browser.execute_script(
        "return [...document.querySelectorAll('a, [onclick], [style]')].map(e => {"
        " if (e.matches('[href^=\"#\"]')) e.click(); return e.getAttribute('style') })"
    )
    assert set(links) <= {None}
    assert browser.get_log("browser") == []
    assert browser.execute_script("return document.scripts.length") == 1
