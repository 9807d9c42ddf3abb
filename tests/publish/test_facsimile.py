"""The list of images on a page, and the zones of each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import html

from toolkit.publish import Publication, publish_document
from toolkit.tei.parse import parse_file

TEI = "http://www.tei-c.org/ns/1.0"
PIXEL = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU"
    b"\0\0\0\nIDATx\x9cc`\0\0\0\x02\0\x01H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82"
)


def images_of(folder: Path, facsimile: str, body: str) -> list[dict[str, Any]]:
    """Return the attributes of the links to the images on the page of a document."""
    (folder / "p 1.png").write_bytes(PIXEL)
    file = folder / "a.xml"
    text = f"<text><body>{body}</body></text>"
    file.write_text(f'<TEI xmlns="{TEI}"><facsimile>{facsimile}</facsimile>{text}</TEI>')
    made = publish_document("html", "a", parse_file(file), Publication(""))
    page: Any = html.document_fromstring(made.files["a.html"].decode())
    return [dict(a.attrib) for a in page.xpath("//*[@id='ed:facsimiles']//a")]


def surface(inside: str, attributes: str = "") -> str:
    return f'<surface xml:id="s" {attributes}><graphic url="p%201.png"/>{inside}</surface>'


def test_a_page_has_the_image_of_its_surface_and_its_zones(tmp_path: Path) -> None:
    (link,) = images_of(
        tmp_path,
        surface(
            '<zone xml:id="z" ulx="10" uly="20" lrx="110" lry="50"/><zone xml:id="unused"/>',
            'ulx="0" uly="0" lrx="200" lry="300"',
        ),
        '<pb n="7" facs="#s"/><p><lb facs="#z"/>A line</p>',
    )
    assert link["data-anchor"] == "page-7"
    assert link["data-extent"] == "0 0 200 300"
    assert link["data-zones"] == "p1.lb1,10,20,100,30"


def test_a_zone_may_be_given_by_points_and_hold_a_paragraph(tmp_path: Path) -> None:
    (link,) = images_of(
        tmp_path,
        surface('<zone xml:id="z" points="5,5 25.5,5 25.5,45 5,45"/>'),
        '<pb facs="#s"/><p facs="#z">A paragraph</p>',
    )
    assert (link["data-extent"], link["data-zones"]) == ("", "p1,5,5,20.5,40")


@pytest.mark.parametrize("zone", ['ulx="a" uly="1" lrx="2" lry="3"', 'points="1,2 3"', ""])
def test_a_zone_without_a_place_is_passed_over(tmp_path: Path, zone: str) -> None:
    (link,) = images_of(
        tmp_path, surface(f'<zone xml:id="z" {zone}/>'), '<pb facs="#s"/><p facs="#z">x</p>'
    )
    assert link["data-zones"] == ""


def test_a_page_may_name_its_image_itself(tmp_path: Path) -> None:
    (link,) = images_of(tmp_path, "", '<pb n="1" facs="p%201.png"/><p>x</p>')
    assert "data-zones" not in link
    assert link["href"].startswith("images/p-1-")


def test_images_elsewhere_are_not_shown_beside_the_text(tmp_path: Path) -> None:
    assert images_of(tmp_path, "", '<pb n="1" facs="https://example.org/a.png"/><p>x</p>') == []
