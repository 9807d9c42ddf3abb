"""The edition as one EPUB: its pages, its navigation, its metadata, no word lost."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from tests.publish.genres import GENRES, genre
from tests.publish.test_epub import assert_links_lead_somewhere, tree, values
from tests.publish.whole_edition import edition_as
from toolkit.publish.completeness import missing_words
from toolkit.publish.cover import cover_svg
from toolkit.publish.epub_chapter import chapter_name, image_of, make_chapter, writing_mode
from toolkit.publish.epub_volume import Volume, make_volume, stable_identifier
from toolkit.publish.outputs.epub import VOLUME
from toolkit.publish.publication import Publication, Register
from toolkit.tei.parse import ParsedDocument, parse

EDITION = Publication(
    title="All genres",
    description="One of each.",
    editors=("A. Editor", "B. Editor"),
    publisher="A press",
    licence_name="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
)
DOCUMENTS = [(name, genre(name)) for name in GENRES]
LETTER = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>{0}</title>'
    "</titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p>{1}</p></sourceDesc>"
    '</fileDesc><revisionDesc><change when="{2}"/></revisionDesc></teiHeader><text><body>{3}</body>'
    "</text></TEI>"
)


@pytest.fixture(scope="module")
def volume() -> zipfile.ZipFile:
    done = edition_as("epub", EDITION, DOCUMENTS)
    assert {found.code for found in done.diagnostics} == {"P020"}  # images that are elsewhere
    return zipfile.ZipFile(io.BytesIO(done.files[VOLUME]))


def letter(name: str, body: str, *, source: str = "Archive", revised: str = "2020-01-02") -> bytes:
    return LETTER.format(name, source, revised, body).encode()


def volume_of(publication: Publication, **letters: bytes) -> zipfile.ZipFile:
    documents = [(stem, parse(f"{stem}.xml", content)) for stem, content in letters.items()]
    done = edition_as("epub", publication, documents)
    assert done.diagnostics == ()
    return zipfile.ZipFile(io.BytesIO(done.files[VOLUME]))


def spine(archive: zipfile.ZipFile) -> list[str]:
    package = tree(archive, "EPUB/package.opf")
    files = dict(
        zip(values(package, "//opf:item/@id"), values(package, "//opf:item/@href"), strict=True)
    )
    return [files[name] for name in values(package, "//opf:itemref/@idref")]


def test_every_document_is_a_chapter_behind_the_front_matter(
    volume: zipfile.ZipFile,
) -> None:
    files = spine(volume)
    chapters = [f"{chapter_name(name)}.xhtml" for name, _ in DOCUMENTS]
    assert files[:5] == [
        "cover.xhtml",
        "title-page.xhtml",
        "imprint.xhtml",
        "nav.xhtml",
        "signs.xhtml",
    ]
    assert files[5:] == chapters


@pytest.mark.parametrize(("name", "document"), DOCUMENTS, ids=list(GENRES))
def test_no_word_of_any_document_is_lost(
    volume: zipfile.ZipFile, name: str, document: ParsedDocument
) -> None:
    chapter = tree(volume, f"EPUB/{chapter_name(name)}.xhtml")
    assert missing_words(document, [str(text) for text in chapter.itertext()]) == ()


def test_every_link_of_the_volume_leads_somewhere(volume: zipfile.ZipFile) -> None:
    assert_links_lead_somewhere(volume)


def test_nothing_is_run_and_nothing_is_loaded_from_elsewhere(volume: zipfile.ZipFile) -> None:
    for name in volume.namelist():
        if name.endswith(".xhtml"):
            page = tree(volume, name)
            assert values(page, "//*[local-name()='script']") == []
            assert not [v for v in values(page, "//@*") if "javascript" in v or "evil" in v]
            assert all(":" not in source for source in values(page, "//@src"))


def test_the_same_documents_give_the_same_volume(volume: zipfile.ZipFile) -> None:
    again = edition_as("epub", EDITION, DOCUMENTS).files[VOLUME]
    assert zipfile.ZipFile(io.BytesIO(again)).read("EPUB/package.opf") == volume.read(
        "EPUB/package.opf"
    )
    assert again == edition_as("epub", EDITION, DOCUMENTS).files[VOLUME]


def test_the_volume_is_dated_by_its_documents_and_identified_by_the_edition() -> None:
    letters = {
        "a": letter("A", "<p>a</p>", revised="2021-05-06"),
        "b": letter("B", "<p>b</p>", revised="2019-01-01"),
    }
    first = tree(volume_of(EDITION, **letters), "EPUB/package.opf")
    assert values(first, "//opf:meta[@property='dcterms:modified']/text()") == [
        "2021-05-06T00:00:00Z"
    ]
    fewer = tree(volume_of(EDITION, a=letters["a"]), "EPUB/package.opf")
    assert values(first, "//dc:identifier/text()") == values(fewer, "//dc:identifier/text()")
    moved = replace(EDITION, address="https://example.org/letters/")
    assert stable_identifier(moved, "volume") == stable_identifier(
        replace(moved, title="Another title"), "volume"
    )


def test_what_all_documents_say_of_themselves_is_said_once() -> None:
    archive = volume_of(
        EDITION,
        a=letter("A", "<p>a</p>", source="State Archive"),
        b=letter("B", "<p>b</p>", source="State Archive"),
    )
    imprint = "".join(map(str, tree(archive, "EPUB/imprint.xhtml").itertext()))
    assert imprint.count("State Archive") == 1
    assert "EPUB/about.xhtml" not in archive.namelist()


def test_a_register_of_the_volume_leads_to_each_document_that_names_the_entry() -> None:
    persons = (
        b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><listPerson><person xml:id="anna">'
        b"<persName>Anna Smith</persName></person></listPerson></body></text></TEI>"
    )
    named = '<p><persName ref="registers/persons.xml#anna">{}</persName></p>'
    archive = volume_of(
        replace(EDITION, registers=(Register("persons", persons),)),
        a=letter("Letter A", named.format("Anna") + named.format("her")),
        b=letter("Letter B", named.format("Miss S.")),
    )
    register = tree(archive, "EPUB/register-persons.xhtml")
    (entry,) = register.iter("{http://www.w3.org/1999/xhtml}li")
    assert (
        " ".join("".join(map(str, entry.itertext())).split()) == "Smith, Anna Letter A (2) Letter B"
    )
    assert [link.partition("#")[0] for link in values(entry, ".//@href")] == [
        "text-a.xhtml",
        "text-a.xhtml",
        "text-b.xhtml",
    ]
    assert_links_lead_somewhere(archive)


def test_a_link_to_a_document_of_the_volume_is_kept_and_one_to_another_is_not() -> None:
    link = '<p><ref target="{}.xml">see there</ref></p>'
    archive = volume_of(
        EDITION, a=letter("A", link.format("b") + link.format("c")), b=letter("B", "<p>b</p>")
    )
    assert values(tree(archive, "EPUB/text-a.xhtml"), "//*[local-name()='a']/@href") == [
        "text-b.xhtml"
    ]


def test_headings_make_nested_sections_and_contents() -> None:
    deeper = "<div><head>Deeper</head><p>x</p></div>"
    body = f"<div><head>One</head>{deeper}</div><div><head>Two</head><p>y</p></div>"
    archive = volume_of(EDITION, a=letter("A", body))
    path = "//*[local-name()='section'][*[local-name()='section']/*[local-name()='h3']]"
    page = tree(archive, "EPUB/text-a.xhtml")
    assert values(page, f"{path}/*[local-name()='h2']/text()") == ["One"]
    nav = tree(archive, "EPUB/nav.xhtml")
    path = "//*[local-name()='nav'][1]/*[local-name()='ol']/*/*[local-name()='ol']/*"
    assert values(nav, f"{path}/*[local-name()='a']/text()") == ["One", "Two"]
    assert values(nav, f"{path}/*[local-name()='ol']//text()") == ["Deeper"]


def test_a_long_document_is_parted_at_its_headings_and_its_links_still_lead_there() -> None:
    chapter = (
        "<div xml:id='c{0}'><head>Chapter {0}</head>{1}<p><ref target='#c1'>first</ref></p></div>"
    )
    words = "<p>" + "many words of a long chapter " * 300 + "<note n='1'>noted</note></p>"
    body = "".join(chapter.format(number, words * 8) for number in range(1, 5))
    archive = volume_of(EDITION, a=letter("A", body))
    files = [name for name in spine(archive) if name.startswith("text-")]
    assert files == ["text-a.xhtml", "text-a.2.xhtml", "text-a.3.xhtml", "text-a.4.xhtml"]
    first = [
        str(tree(archive, f"EPUB/{name}").xpath("string(//*[local-name()='h2'])")) for name in files
    ]
    assert first == [f"Chapter {number}" for number in range(1, 5)]
    assert_links_lead_somewhere(archive)


def test_notes_stand_in_the_file_that_calls_them(volume: zipfile.ZipFile) -> None:
    page = tree(volume, f"EPUB/{chapter_name('critical apparatus')}.xhtml")
    called = values(page, "//*[@role='doc-noteref']/@href")
    assert called
    assert [f"#{value}" for value in values(page, "//*[@role='doc-footnote']/@id")] == called


@pytest.mark.parametrize(
    ("texts", "side"),
    [(("hebrew",), "rtl"), (("vertical",), "rtl"), (("hebrew", "play", "verse"), "")],
)
def test_pages_are_turned_as_most_of_the_texts_run(texts: tuple[str, ...], side: str) -> None:
    done = edition_as("epub", EDITION, [(name, genre(name)) for name in texts])
    archive = zipfile.ZipFile(io.BytesIO(done.files[VOLUME]))
    said = values(tree(archive, "EPUB/package.opf"), "//@page-progression-direction")
    assert "".join(said) == side


def test_the_writing_mode_is_read_from_style_and_rendition() -> None:
    declared = (
        b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><encodingDesc><tagsDecl><rendition '
        b'xml:id="v">writing-mode: vertical-lr</rendition></tagsDecl></encodingDesc></teiHeader>'
        b'<text rendition="#v"><body><p>x</p></body></text></TEI>'
    )
    assert writing_mode(parse("t.xml", declared)) == "vertical-lr"
    assert writing_mode(genre("vertical")) == "vertical-rl"
    assert writing_mode(genre("hebrew")) == ""


def test_a_word_that_the_pages_about_the_volume_lose_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from toolkit.publish import epub_volume

    own = tmp_path / "volume.xsl"
    own.write_text(
        '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
        f'<xsl:import href="{epub_volume.STYLESHEET.as_uri()}"/><xsl:template name="field"/>'
        "</xsl:stylesheet>"
    )
    monkeypatch.setattr(epub_volume, "STYLESHEET", own)
    chapter = make_chapter("a", parse("a.xml", letter("A", "<p>a</p>", source="Vault")), EDITION)
    volume = Volume("document", "A", stable_identifier(EDITION, "a"), "", [chapter.root])
    _, (found,) = make_volume(volume, EDITION, file="a.xml")
    assert (found.code, "vault" in found.message) == ("P010", True)


def test_names_of_files_are_told_apart_whatever_the_documents_are_called() -> None:
    names = [chapter_name(stem) for stem in ("a", "a b", "a-b", "a.2", "ä", "ö", "a&b", "about")]
    assert len(set(names)) == len(names)
    assert all(name.isascii() and " " not in name and "." not in name for name in names)


def test_an_image_is_known_by_its_content(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(b"\xff\xd8\xff\xe0 a photograph")
    image = image_of(file)
    assert image is not None
    assert (image.type, image.path[-4:]) == ("image/jpeg", ".jpg")
    file.write_bytes(b"no image at all")
    assert image_of(file) is None


def test_a_long_title_stays_on_the_cover() -> None:
    svg = etree.fromstring(cover_svg("word " * 60 + "漢字" * 60, ("E",), "P", "en"))
    lines = list(svg.iter("{http://www.w3.org/2000/svg}text"))
    assert all(0 < int(line.get("y", "0")) < 2400 for line in lines)
    assert all(len(line.text or "") * int(line.get("font-size", "0")) < 1600 * 2 for line in lines)


def test_the_imprint_says_once_who_publishes_the_volume() -> None:
    said = "<p/></publicationStmt>", "<publisher>A press</publisher></publicationStmt>"
    letters = {n: letter(n, f"<p>{n}</p>").decode().replace(*said).encode() for n in ("a", "b")}
    archive = volume_of(EDITION, **letters)
    imprint = "".join(map(str, tree(archive, "EPUB/imprint.xhtml").itertext()))
    assert imprint.count("A press") == 1
    assert "Edition" not in imprint
