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
OPF = {"opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}


def epub_of_sample(repository: Path) -> bytes:
    folder = repository / "tei" / "registers"
    registers = tuple(Register(p.stem, p.read_text("utf-8")) for p in sorted(folder.glob("*.xml")))
    publication = Publication(title="Sample edition", registers=registers)
    return publish_document("s", parse_file(SAMPLE), publication).files["s.epub"]


def opened(epub: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(epub))


def tree(archive: zipfile.ZipFile, path: str) -> etree._Element:
    return etree.fromstring(archive.read(path))


def values(root: etree._Element, path: str) -> list[str]:
    return cast("list[str]", root.xpath(path, namespaces=OPF))


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
    archive = opened(epub_of_sample(repository))
    text, nav = (tree(archive, f"EPUB/{name}.xhtml") for name in ("text", "nav"))
    identifiers = [str(value) for value in values(text, "//@id")]
    assert len(identifiers) == len(set(identifiers))
    links = [str(v) for page in (text, nav) for v in values(page, "//@href")]
    inside = [link.rpartition("#")[2] for link in links if "#" in link and "://" not in link]
    assert inside
    assert set(inside) <= set(identifiers)


def test_notes_have_their_roles(repository: Path) -> None:
    text = tree(opened(epub_of_sample(repository)), "EPUB/text.xhtml")
    roles = [str(role) for role in values(text, "//@role")]
    assert (
        roles.count("doc-noteref")
        == roles.count("doc-footnote")
        == roles.count("doc-backlink")
        == 2
    )


def test_no_word_is_lost(repository: Path) -> None:
    text = tree(opened(epub_of_sample(repository)), "EPUB/text.xhtml")
    assert missing_words(parse_file(SAMPLE), [str(t) for t in text.itertext()]) == ()


def test_a_broken_address_is_not_a_link() -> None:
    body = '<p><ref target="http://[bad">a</ref> <ref target="other.xml">b</ref></p>'
    source = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{body}</body></text></TEI>'
    done = publish_document("t", parse("t.xml", source.encode()), Publication(title="E"))
    text = tree(opened(done.files["t.epub"]), "EPUB/text.xhtml")
    assert [str(h) for h in values(text, "//*[local-name()='a']/@href")] == []


def test_an_archive_depends_on_its_content_alone() -> None:
    assert pack({"b": b"1", "a": b"2"}) == pack({"a": b"2", "b": b"1"})
