"""The EPUB: its container, its metadata, its links, its bytes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import cast

from lxml import etree

from toolkit.publish.archive import pack
from toolkit.publish.completeness import missing_words
from toolkit.publish.outputs.epub import publish_document
from toolkit.publish.publication import Publication, Register
from toolkit.tei.parse import parse, parse_file

SAMPLE = Path(__file__).parent / "samples" / "print-features.xml"
HEADER = "<teiHeader><fileDesc><titleStmt><title>T</title></titleStmt></fileDesc></teiHeader>"
OPF = {"opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}


def epub_of_sample(repository: Path) -> bytes:
    folder = repository / "tei" / "registers"
    registers = tuple(Register(p.stem, p.read_bytes()) for p in sorted(folder.glob("*.xml")))
    publication = Publication(title="Sample edition", registers=registers)
    return publish_document("s", parse_file(SAMPLE), publication).files["s.epub"]


def opened(epub: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(epub))


def tree(archive: zipfile.ZipFile, path: str) -> etree._Element:
    return etree.fromstring(archive.read(path))


def values(root: etree._Element, path: str) -> list[str]:
    return cast("list[str]", root.xpath(path, namespaces=OPF))


def assert_links_lead_somewhere(archive: zipfile.ZipFile) -> None:
    pages = {name.removeprefix("EPUB/"): tree(archive, name) for name in content(archive)}
    identifiers = {name: values(page, "//@id") for name, page in pages.items()}
    assert all(len(found) == len(set(found)) for found in identifiers.values())
    links = [
        (name, str(link))
        for name, page in pages.items()
        for link in values(page, "//*[local-name()='a']/@href")
        if ":" not in link
    ]
    assert links
    for name, link in links:
        file, _, fragment = link.partition("#")
        assert fragment == "" or fragment in identifiers[file or name], link


def content(archive: zipfile.ZipFile) -> list[str]:
    return [name for name in archive.namelist() if name.endswith(".xhtml")]


def test_the_media_type_comes_first_and_is_stored(repository: Path) -> None:
    epub = epub_of_sample(repository)
    first = opened(epub).infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert epub[30:58] == b"mimetypeapplication/epub+zip"


def test_the_same_document_gives_the_same_bytes(repository: Path) -> None:
    assert epub_of_sample(repository) == epub_of_sample(repository)


def test_every_file_of_the_archive_is_in_the_manifest(repository: Path) -> None:
    archive = opened(epub_of_sample(repository))
    package = tree(archive, "EPUB/package.opf")
    listed = {f"EPUB/{href}" for href in values(package, "//opf:item/@href")}
    held = {name for name in archive.namelist() if name.startswith("EPUB/")}
    assert held - {"EPUB/package.opf"} == listed


def test_accessibility_is_declared(repository: Path) -> None:
    package = tree(opened(epub_of_sample(repository)), "EPUB/package.opf")
    declared = set(values(package, "//opf:meta/@property"))
    assert {
        "schema:accessMode",
        "schema:accessModeSufficient",
        "schema:accessibilityFeature",
        "schema:accessibilityHazard",
        "schema:accessibilitySummary",
        "dcterms:modified",
    } <= declared


def test_every_link_within_leads_to_an_identifier(repository: Path) -> None:
    assert_links_lead_somewhere(opened(epub_of_sample(repository)))


def test_notes_have_their_roles(repository: Path) -> None:
    text = tree(opened(epub_of_sample(repository)), "EPUB/text-s.xhtml")
    roles = [str(role) for role in values(text, "//@role")]
    assert (
        roles.count("doc-noteref")
        == roles.count("doc-footnote")
        == roles.count("doc-backlink")
        == 2
    )


def test_no_word_is_lost(repository: Path) -> None:
    text = tree(opened(epub_of_sample(repository)), "EPUB/text-s.xhtml")
    assert missing_words(parse_file(SAMPLE), [str(t) for t in text.itertext()]) == ()


def test_a_broken_address_is_not_a_link() -> None:
    body = '<p><ref target="http://[bad">a</ref> <ref target="other.xml">b</ref></p>'
    source = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{body}</body></text></TEI>'
    done = publish_document("t", parse("t.xml", source.encode()), Publication(title="E"))
    text = tree(opened(done.files["t.epub"]), "EPUB/text-t.xhtml")
    assert [str(h) for h in values(text, "//*[local-name()='a']/@href")] == []


def test_a_heading_over_two_lines_is_one_entry_of_the_contents() -> None:
    body = "<div><head>Of Trees<lb/>and Walls</head><p>x</p></div>"
    source = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{body}</body></text></TEI>'
    tree_of = parse("t.xml", source.replace("<text>", f"{HEADER}<text>").encode())
    done = publish_document("t", tree_of, Publication(title="E"))
    assert done.diagnostics == ()
    nav = tree(opened(done.files["t.epub"]), "EPUB/nav.xhtml")
    entries = values(nav, "//*[local-name()='a']/text()")
    assert "Of Trees and Walls" in [str(entry) for entry in entries]


def test_a_heading_that_says_the_title_again_is_not_in_the_contents() -> None:
    body = "<head>Of<lb/>Ships.</head><div><head>Sails</head><p>x</p></div>"
    text = HEADER.replace(">T<", ">Of ships<") + f"<text><body>{body}</body></text>"
    source = f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{text}</TEI>'
    made = publish_document("a", parse("a.xml", source.encode()), Publication(title="E"))
    archive = opened(made.files["a.epub"])
    listed = values(tree(archive, "EPUB/nav.xhtml"), "//*[@role='doc-toc']//*[local-name()='a']")
    titles = ["".join(map(str, cast("etree._Element", link).itertext())) for link in listed]
    assert titles[:2] == ["Of ships", "Sails"]
    assert "Of Ships." not in titles


def test_calls_side_by_side_stand_apart() -> None:
    body = "<p>boat<note>One.</note><note resp='#ed'>Two.</note> sails<note>Three.</note></p>"
    text = (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{HEADER}<text><body>{body}</body></text></TEI>'
    )
    made = publish_document("a", parse("a.xml", text.encode()), Publication(title="E"))
    archive = opened(made.files["a.epub"])
    pages = (tree(archive, name) for name in content(archive))
    calls = [call for page in pages for call in values(page, "//@class[starts-with(., 'call')]")]
    assert calls == ["call", "call after-call", "call"]


def test_an_archive_depends_on_its_content_alone() -> None:
    assert pack({"b": b"1", "a": b"2"}) == pack({"a": b"2", "b": b"1"})
