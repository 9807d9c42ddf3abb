"""The names on the map of the places, in a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium import webdriver

from toolkit.resources import XSLT

pytestmark = pytest.mark.browser

PLACES = {"Vienna": (700, 300), "Baden": (640, 303), "Berlin": (610, 100), "Potsdam": (598, 104)}
BOXES = """return [...document.querySelectorAll(arguments[0])].map(each => {
  const box = each.getBoundingClientRect(); return [box.left, box.top, box.right, box.bottom] })"""
Box = tuple[float, float, float, float]


def page(folder: Path) -> Path:
    places = "".join(
        f'<a class="place" transform="translate({x} {y})"><circle r="6"/>'
        f'<text x="10" y="5">{name}</text></a>'
        for name, (x, y) in PLACES.items()
    )
    script = (XSLT / "assets" / "map.js").read_text("utf-8")
    style = (XSLT / "assets" / "edition.css").read_text("utf-8")
    file = folder / "map.html"
    file.write_text(
        f"<!DOCTYPE html><style>{style}</style><div class='map'><svg viewBox='0 0 1000 500'>"
        f"{places}</svg></div><script>{script}</script>",
        "utf-8",
    )
    return file


def meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_near_places_have_names_that_lie_on_no_other(
    browser: webdriver.Chrome, tmp_path: Path
) -> None:
    browser.get(page(tmp_path).as_uri())
    names: list[Box] = browser.execute_script(BOXES, ".map text:not(.covered)")
    points: list[Box] = browser.execute_script(BOXES, ".map circle")
    assert len(names) == len(PLACES)
    for number, name in enumerate(names):
        assert not any(meet(name, other) for other in names[number + 1 :])
        assert not any(meet(name, point) for at, point in enumerate(points) if at != number)
