"""Images, downloads and file names of the web pages; what they withhold, and why."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from lxml import html

from tests.publish.whole_edition import pages_about
from toolkit.diagnostics import DiagnosticError
from toolkit.publish import (
    DocumentEntry,
    Publication,
    Published,
    Register,
    publish_document,
)
from toolkit.publish.images import local_images, unshown_images
from toolkit.publish.outputs import load_output, output_info, output_names
from toolkit.publish.safety import active_markup
from toolkit.publish.site import publication_xml, secured
from toolkit.tei.parse import parse, parse_file

Page = Any  # an lxml tree, by methods that its type stubs do not know

TEI = "http://www.tei-c.org/ns/1.0"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><rect width="1" height="1"/></svg>'
RUNNING = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def source(body: str) -> bytes:
    return (f'<TEI xmlns="{TEI}"><teiHeader/><text><body>{body}</body></text></TEI>').encode()


def page_of(made: Published, stem: str) -> Page:
    return html.document_fromstring(made.files[f"{stem}.html"].decode())


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """An edition with images in several places, and one outside it."""
    root = tmp_path / "edition"
    (root / "tei").mkdir(parents=True)
    (root / "images").mkdir()
    (root / "edition.toml").write_text("")
    (root / "images" / "a b.png").write_bytes(PNG)
    (root / "images" / "drawing.svg").write_text(DRAWING)
    (root / "images" / "running.svg").write_text(RUNNING)
    (root / "images" / "scan.tiff").write_bytes(b"II")
    (tmp_path / "secret.png").write_bytes(PNG)
    (root / "images" / "link.png").symlink_to(tmp_path / "secret.png")
    return root


def document_in(edition: Path, *urls: str) -> Any:
    body = "".join(f"<figure><graphic url='{url}'/></figure>\n" for url in urls)
    file = edition / "tei" / "a.xml"
    file.write_bytes(source(body))
    return parse_file(file)


def test_an_image_of_the_edition_is_published_beside_the_pages(edition: Path) -> None:
    document = document_in(edition, "../images/a%20b.png", "../images/drawing.svg")
    made = publish_document("html", "a", document, Publication(title=""))
    shown = [img.get("src") for img in page_of(made, "a").iter("img")]
    assert len(shown) == 2
    assert made.files[shown[0]] == PNG
    assert all(name in made.files for name in shown)
    assert not made.diagnostics


def test_the_image_of_a_page_is_linked_from_its_number(edition: Path) -> None:
    file = edition / "tei" / "a.xml"
    file.write_bytes(source("<p><pb n='1' facs='../images/a%20b.png'/>x</p>"))
    made = publish_document("html", "a", parse_file(file), Publication(title=""))
    (link,) = page_of(made, "a").find_class("facsimile")
    assert made.files[link.get("href")] == PNG


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("../images/none.png", "there is no such file"),
        ("../images/scan.tiff", "none that pages can show"),
        ("../../secret.png", "outside the edition"),
        ("../images/link.png", "outside the edition"),
        ("../images/running.svg", "it holds scripts"),
        ("https://example.org/x.png", "on another site"),
        ("//example.org/x.png", "on another site"),
        ("data:image/png;base64,AA", "no address of a file"),
    ],
)
def test_an_image_that_cannot_be_shown_is_told_with_its_line(
    edition: Path, url: str, reason: str
) -> None:
    document = document_in(edition, "../images/drawing.svg", url)
    made = publish_document("html", "a", document, Publication(title=""))
    (found,) = made.diagnostics
    assert (found.code, found.line) == ("P020", 2)
    assert reason in found.message
    assert len(list(page_of(made, "a").iter("img"))) == 1
    assert unshown_images(document) == (found,)


def test_many_images_that_are_not_there_are_told_at_once(edition: Path) -> None:
    document = document_in(edition, *(f"../images/none-{number}.png" for number in range(9)))
    (found,) = unshown_images(document)
    assert found.message.startswith("9 images are not shown, “../images/none-0.png”")
    assert "and 5 more: there is no such file" in found.message


def test_images_outside_any_edition_lie_below_the_document(tmp_path: Path) -> None:
    (tmp_path / "up.png").write_bytes(PNG)
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "in.png").write_bytes(PNG)
    file = tmp_path / "below" / "a.xml"
    file.write_bytes(source("<p><graphic url='in.png'/><graphic url='../up.png'/></p>"))
    assert list(local_images(parse_file(file))) == ["in.png"]


# Names of files.


@pytest.mark.parametrize("stem", ["letter 1", "100%", "Übersee", "a%20b", "q?#x"])
def test_a_document_of_any_name_is_linked(stem: str) -> None:
    publication = Publication(
        title="", documents=(DocumentEntry("a", "A"), DocumentEntry(stem, "B"))
    )
    body = f"<p><ref target='{quote(stem)}.xml#p1'>x</ref></p>"
    made = publish_document("html", "a", parse("a.xml", source(body)), publication)
    (link,) = page_of(made, "a").xpath("//p//a[@class='link']/@href")
    path, _, fragment = link.partition("#")
    assert (unquote(path), fragment) == (f"{stem}.html", "p1")


@pytest.mark.parametrize("stem", ["people 1", "100%", "Übersee"])
def test_a_register_of_any_name_is_linked_and_links_back(stem: str) -> None:
    listed = "<listPerson><person xml:id='é1'><persName>B</persName></person></listPerson>"
    register = Register(stem, source(listed))
    publication = Publication(
        title="", registers=(register,), documents=(DocumentEntry("d 1", "D"),)
    )
    target = f"registers/{quote(stem)}.xml#{quote('é1')}"
    document = parse("d 1.xml", source(f"<p><persName ref='{target}'>B</persName></p>"))
    page = page_of(publish_document("html", "d 1", document, publication), "d 1")
    (link,) = page.xpath("//p//a[@class='link']/@href")
    assert unquote(link) == f"registers/{stem}.html#é1"
    made = pages_about(publication, [("d 1", document)])
    entry = page_of(made, f"registers/{stem}").get_element_by_id("é1")
    assert "../d%201.html#p1.persName1" in entry.xpath(".//a/@href")
    (download,) = page_of(made, f"registers/{stem}").xpath("//*[@class='downloads']//a/@href")
    assert unquote(download) == f"../tei/registers/{stem}.xml"


# What a browser would run.


@pytest.mark.parametrize(
    "content",
    [
        '<TEI><m:mi xmlns:m="http://www.w3.org/1998/Math/MathML" href="javascript:x"/></TEI>',
        '<TEI><m:mi xmlns:m="http://www.w3.org/1998/Math/MathML" onclick="x"/></TEI>',
        '<TEI xmlns:l="http://www.w3.org/1999/xlink"><p l:href="javascript:x"/></TEI>',
        '<TEI><s:a xmlns:s="http://www.w3.org/2000/svg"/></TEI>',
        '<!DOCTYPE TEI [<?xml-stylesheet href="x.xsl" type="text/xsl"?>]><TEI/>',
        '<?xml-stylesheet href="x.xsl" type="text/xsl"?><TEI/>',
    ],
)
def test_tei_that_a_browser_would_run_is_not_inert(content: str) -> None:
    assert active_markup(parse("a.xml", content.encode()))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('<TEI>\n<s:a xmlns:s="http://www.w3.org/2000/svg"/></TEI>', ("<a> of SVG", 2)),
        (
            '<TEI xmlns:l="http://www.w3.org/1999/xlink"><p/>\n\n<p l:href="x"/></TEI>',
            ("the attribute href of <p>", 3),
        ),
        ("<!-- a -->\n<!DOCTYPE TEI><TEI/>", ("the document type declaration", 2)),
        ('<?xml-stylesheet href="x"?><TEI/>', ("the instruction <?xml-stylesheet?>", 1)),
    ],
)
def test_what_a_browser_would_run_is_named_with_its_line(
    content: str, told: tuple[str, int]
) -> None:
    found = active_markup(parse("a.xml", content.encode()))
    assert found is not None
    assert (found.name, found.line) == told


def test_plain_tei_with_formulae_is_inert() -> None:
    content = '<TEI><m:mi xmlns:m="http://www.w3.org/1998/Math/MathML">x</m:mi><?pi?></TEI>'
    assert active_markup(parse("a.xml", content.encode())) is None


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>x</title></head></html>",
        '<!DOCTYPE HTML>\n<html lang="de"><!-- <head> --><head class="x"><title>x</title></head>',
        "<html><head><META CHARSET=UTF-8></head></html>",
    ],
)
def test_the_policy_comes_first_however_a_page_begins(page: str) -> None:
    head = html.document_fromstring(secured(page)).find("head")
    assert head is not None
    first = next(e for e in head if e.get("charset") is None)
    assert first.get("http-equiv") == "Content-Security-Policy"


def test_a_page_without_a_head_is_refused() -> None:
    with pytest.raises(DiagnosticError) as caught:
        secured("<p><head></p>", "a.xml")
    assert [d.code for d in caught.value.diagnostics] == ["P005"]


def own_stylesheet(folder: Path, templates: str) -> Publication:
    (folder / "html.xsl").write_text(
        '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" '
        f'xmlns:h="urn:tei-toolkit:html" xpath-default-namespace="{TEI}">'
        f'<xsl:import href="toolkit:html.xsl"/>{templates}</xsl:stylesheet>',
        encoding="utf-8",
    )
    return Publication(title="", custom_stylesheets=folder)


def test_messages_of_an_editions_own_stylesheet_are_notes(tmp_path: Path) -> None:
    publication = own_stylesheet(
        tmp_path,
        '<xsl:template match="p"><xsl:message>no-template oops</xsl:message>'
        "<xsl:message>42</xsl:message><p><xsl:apply-templates/></p></xsl:template>",
    )
    document = parse("a.xml", source("<p>x</p><p>y</p>"))
    made = publish_document("html", "a", document, publication)
    assert [(d.code, d.message) for d in made.diagnostics] == [
        ("P004", "the stylesheet says: no-template oops"),
        ("P004", "the stylesheet says: 42"),
    ]


def test_words_of_the_header_do_not_stand_in_for_lost_words(tmp_path: Path) -> None:
    publication = own_stylesheet(tmp_path, '<xsl:template match="hi"/>')
    header = "<fileDesc><titleStmt><title>The boat</title></titleStmt></fileDesc>"
    content = source("<p>a <hi>boat</hi></p>").replace(
        b"<teiHeader/>", f"<teiHeader>{header}</teiHeader>".encode()
    )
    made = publish_document("html", "a", parse("a.xml", content), publication)
    (found,) = made.diagnostics
    assert found.message == "“boat” is missing from the web page"
    assert "the edition's own xslt/html.xsl first" in (found.hint or "")


# What outputs say of themselves.


def test_suffix_and_label_of_an_output_are_told_without_loading_it() -> None:
    assert dict(output_info()) == {
        name: (load_output(name).SUFFIX, load_output(name).LABEL) for name in output_names()
    }
    assert output_info()["html"] == ("html", "web page")


def test_an_edition_is_described_and_its_registers_read_once_for_all_pages() -> None:
    content = source("<listPerson><person xml:id='b'><persName>B</persName></person></listPerson>")
    one, other = (Publication("E", registers=(Register("r", bytes(content)),)) for _ in range(2))
    assert publication_xml(one) is publication_xml(other)
    assert one.registers[0].document is other.registers[0].document
