"""What the search knows of the documents."""

from __future__ import annotations

import json
from typing import Any

from lxml import html

from tests.publish.whole_edition import pages_about
from toolkit.publish import DocumentEntry, Publication, Register
from toolkit.publish.passages import passages_in
from toolkit.publish.record import Passage
from toolkit.tei.parse import parse

TEI = "http://www.tei-c.org/ns/1.0"


def source(body: str, of: str = "text") -> bytes:
    return f'<TEI xmlns="{TEI}"><teiHeader/><{of}><body>{body}</body></{of}></TEI>'.encode()


def passages(text: str, beside: str = "") -> list[Passage]:
    page = f'<html><body><div id="ed:text">{text}</div>{beside}</body></html>'
    return list(passages_in(html.document_fromstring(page)))


def texts(publication: Publication, *documents: tuple[str, bytes]) -> Any:
    parsed = [(stem, parse(f"{stem}.xml", content)) for stem, content in documents]
    made = pages_about(publication, parsed).files["edition/texts.js"].decode()
    return json.loads(made.removeprefix("var editionTexts=").removesuffix(";\n"))


def test_a_passage_is_the_smallest_block_with_an_anchor() -> None:
    body = (
        '<div id="d">Of <span id="n">Anna</span><p id="p">One <b>two</b></p>three<p>four</p></div>'
    )
    assert passages(body) == [Passage("d", "Of Anna three four"), Passage("p", "One two")]


def test_notes_are_passages_too() -> None:
    note = '<li id="n1"><a role="doc-backlink">1</a>A note.</li>'
    notes = f'<section role="doc-endnotes"><ol>{note}</ol></section>'
    assert passages('<p id="p">Text<a role="doc-noteref">1</a>.</p>', notes) == [
        Passage("p", "Text."),
        Passage("n1", "A note."),
    ]


def test_both_layers_are_kept_where_they_differ() -> None:
    made = passages(
        '<p id="p">on <del class="layer-diplomatic">Monday</del><span class="ed"> </span>'
        '<ins>Tuesday</ins> with <span class="supplied"><span class="ed">[</span>great'
        '<span class="ed">]</span></span> joy</p>'
    )
    assert made == [Passage("p", "on Monday Tuesday with joy", "on Tuesday with great joy")]


def test_a_word_that_goes_on_in_the_next_line_is_one_word() -> None:
    made = passages('<p id="p">har<span class="lb break-no"><br></span>bour<br>wall</p>')
    assert made == [Passage("p", "harbour wall")]


def test_the_beginning_of_a_line_or_page_divides_words() -> None:
    made = passages(
        '<p id="p">sea<span class="lb layer-diplomatic"><br></span>wall'
        '<span class="pb ed">2</span>gate</p>'
    )
    assert made == [Passage("p", "sea wall gate")]


def test_documents_have_what_readers_narrow_down_by() -> None:
    listed = (
        "<listPerson><person xml:id='berg'><persName>Anna Berg</persName></person></listPerson>"
    )
    publication = Publication(
        "E",
        registers=(Register("persons", source(listed)),),
        documents=(DocumentEntry("a", "A", "1871-06-02", kind="letter", language="de"),),
    )
    body = "<p>Of <persName ref='registers/persons.xml#berg'>Berg</persName></p>"
    data = texts(publication, ("a", source(body)))
    assert data["names"] == [["person", "Anna Berg"]]
    (document,) = data["documents"]
    assert {key: document[key] for key in ("year", "kind", "language", "named")} == {
        "year": 1871,
        "kind": "letter",
        "language": "de",
        "named": [0],
    }
    assert document["passages"] == [["p1", "Of Berg"]]


def test_nothing_in_a_document_ends_the_script() -> None:
    publication = Publication("E", documents=(DocumentEntry("a", "</script>\u2028"),))
    content = source("<p>&lt;/script>\u2029 \"';</p>")
    made = pages_about(publication, [("a", parse("a.xml", content))]).files["edition/texts.js"]
    assert "\u2028" not in made.decode()
    assert "\u2029" not in made.decode()
    assert len(made.splitlines()) == 1
