"""How documents are cited, and what machines on the web are told of the edition."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lxml import etree, html

from tests.publish.whole_edition import pages_about
from toolkit.publish import DocumentEntry, Publication, publish_document
from toolkit.publish.citation import bibtex, csl_json, json_ld
from toolkit.tei.parse import parse

TEI = "http://www.tei-c.org/ns/1.0"
ENTRY = DocumentEntry(
    "letter 1", "Berg & Lund", "1871-06-02", kind="letter", sender="Anna Berg", language="en"
)
EDITION = Publication(
    "Harbour letters",
    editors=("Clara Voss",),
    publisher="Harbour Press",
    documents=(ENTRY, DocumentEntry("other", "Other", revised="2024-05-01")),
    address="https://example.org/letters/",
    outputs=("html", "pdf"),
)
DOCUMENT = parse(
    "letter 1.xml", f'<TEI xmlns="{TEI}"><text><body><p>x</p></body></text></TEI>'.encode()
)


def test_a_document_is_an_item_of_csl_json() -> None:
    assert csl_json(ENTRY, EDITION) == {
        "id": "letter 1",
        "type": "chapter",
        "title": "Berg & Lund",
        "container-title": "Harbour letters",
        "author": [{"literal": "Anna Berg"}],
        "editor": [{"literal": "Clara Voss"}],
        "publisher": "Harbour Press",
        "genre": "letter",
        "language": "en",
        "original-date": {"date-parts": [[1871, 6, 2]]},
        "URL": "https://example.org/letters/letter%201.html",
    }


def test_what_is_no_letter_is_cited_by_its_author() -> None:
    poem = DocumentEntry("poem", "Poem", author="Anna Berg; Ivo Lund")
    assert csl_json(poem, EDITION)["author"] == [{"literal": "Anna Berg"}, {"literal": "Ivo Lund"}]
    assert "author = {{Anna Berg} and {Ivo Lund}}" in bibtex(poem, EDITION)


def test_bibtex_has_a_key_and_no_character_that_tex_would_obey() -> None:
    made = bibtex(ENTRY, EDITION)
    assert made.startswith("@incollection{letter-1,\n")
    assert r"title = {{Berg \& Lund}}" in made
    assert r"{\textbackslash{}\{x\}\%}" in bibtex(DocumentEntry("a", r"\{x}%"), EDITION)


def test_linked_data_says_what_the_document_is_part_of() -> None:
    made = json_ld(ENTRY, EDITION)
    assert made["dateCreated"] == "1871-06-02"
    assert made["isPartOf"]["name"] == "Harbour letters"


def test_a_time_is_cited_with_both_its_ends() -> None:
    entry = DocumentEntry("a", "A", "0200", date_end="0300")
    assert csl_json(entry, EDITION)["original-date"] == {"date-parts": [[200], [300]]}
    assert "origdate = {0200/0300}" in bibtex(entry, EDITION)


def test_what_is_not_known_is_not_said() -> None:
    entry = DocumentEntry("a", "A")
    assert set(csl_json(entry, Publication("E"))) == {"id", "type", "title", "container-title"}
    assert "date" not in bibtex(entry, Publication("E"))


def page() -> Any:
    made = publish_document("html", "letter 1", DOCUMENT, EDITION)
    assert json.loads(made.files["cite/letter 1.json"])[0]["id"] == "letter 1"
    return html.document_fromstring(made.files["letter 1.html"].decode())


def test_the_page_says_how_to_cite_it() -> None:
    (section,) = page().find_class("cite")
    said = " ".join(section.text_content().split())
    assert (
        "Anna Berg: Berg & Lund. In: Harbour letters, edited by Clara Voss, Harbour Press." in said
    )
    assert "cite/letter%201.bib" in section.xpath(".//a/@href")


def said_of(entry: DocumentEntry) -> tuple[str, str]:
    """Return the citation of a document, and its lines in the list of documents."""
    edition = Publication("Letters", documents=(entry, DocumentEntry("other", "Other")))
    made = publish_document("html", entry.stem, DOCUMENT, edition).files[f"{entry.stem}.html"]
    start = pages_about(edition).files["index.html"]
    return words_of(made, "citation"), words_of(start, "document-line")


def words_of(made: bytes, name: str) -> str:
    """Return the text of the first element of a class."""
    root: Any = html.document_fromstring(made.decode())
    return " ".join(" ".join(root.find_class(name)[0].itertext()).split())


@pytest.mark.parametrize("sender", ["Anna Berg", "Berg, Anna", "Berg, Anna (1840–1899)"])
def test_a_writer_whom_the_title_names_first_is_said_once(sender: str) -> None:
    title = "Anna Berg to Ivo Lund, 1871"
    entry = DocumentEntry("a", title, sender=sender, recipient="Lund, Ivo")
    assert said_of(entry) == (f"{title}. In: Letters .", title)


@pytest.mark.parametrize("title", ["Anna Bergmann", "On Anna Berg", "Berg"])
def test_a_writer_whom_the_title_does_not_name_first_is_said_before_it(title: str) -> None:
    entry = DocumentEntry("a", title, author="Berg, Anna")
    assert said_of(entry) == (f"Berg, Anna: {title}. In: Letters .", f"{title} Berg, Anna")


def test_a_recipient_whom_the_title_does_not_name_stays_in_the_list() -> None:
    entry = DocumentEntry("a", "Anna Berg, 1871", sender="Anna Berg", recipient="Ivo Lund")
    assert said_of(entry)[1] == "Anna Berg, 1871 Anna Berg → Ivo Lund"


def test_the_page_tells_machines_what_it_is() -> None:
    head = page().find("head")
    told = {meta.get("name"): meta.get("content") for meta in head.iter("meta")}
    assert told["DC.title"] == told["citation_title"] == "Berg & Lund"
    assert told["DC.creator"] == told["citation_author"] == "Anna Berg"
    assert told["DC.date"] == "1871-06-02"
    assert told["citation_pdf_url"] == "https://example.org/letters/letter%201.pdf"
    assert head.xpath("link[@rel='canonical']/@href") == [
        "https://example.org/letters/letter%201.html"
    ]


def test_an_edition_with_an_address_has_a_sitemap_and_a_feed() -> None:
    files = pages_about(EDITION).files
    addresses = [str(e.text) for e in etree.fromstring(files["sitemap.xml"]).iter("{*}loc")]
    assert addresses[0] == "https://example.org/letters/"
    assert addresses[-2:] == [
        "https://example.org/letters/letter%201.html",
        "https://example.org/letters/other.html",
    ]
    feed = etree.fromstring(files["feed.xml"])
    assert [e.text for e in feed.iterfind("{*}entry/{*}title")] == ["Other"]
    assert feed.findtext("{*}updated") == "2024-05-01T00:00:00Z"
    assert b'href="feed.xml"' in files["index.html"]


def test_an_edition_without_an_address_has_none() -> None:
    files = pages_about(Publication("E", documents=EDITION.documents)).files
    assert not {"sitemap.xml", "feed.xml"} & set(files)
    assert b"feed.xml" not in files["index.html"]


def test_a_document_outside_any_edition_has_no_citation() -> None:
    files = publish_document("html", "a", DOCUMENT, Publication("")).files
    assert not [path for path in files if path.startswith("cite/")]
