"""What the search knows of the documents."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from tests.publish.whole_edition import pages_about
from toolkit.publish import DocumentEntry, Publication, Register
from toolkit.publish.passages import Passage, passages_in
from toolkit.publish.record import DocumentRecord
from toolkit.publish.search import LARGEST, index_files, parts_of, text_files, words_of
from toolkit.publish.search_words import words_in
from toolkit.tei.parse import parse

TEI = "http://www.tei-c.org/ns/1.0"


def source(body: str, of: str = "text") -> bytes:
    return f'<TEI xmlns="{TEI}"><teiHeader/><{of}><body>{body}</body></{of}></TEI>'.encode()


def passages(text: str, beside: str = "") -> list[Passage]:
    page = f'<html><body><div id="ed:text">{text}</div>{beside}</body></html>'
    return list(passages_in(html.document_fromstring(page)))


def data_in(script: bytes) -> Any:
    called, _, data = script.decode().removesuffix(");\n").partition(",")
    assert called.startswith("editionData(")
    return json.loads(data)


def described(publication: Publication, *documents: tuple[str, bytes]) -> Any:
    parsed = [(stem, parse(f"{stem}.xml", content)) for stem, content in documents]
    return data_in(pages_about(publication, parsed).files["edition/documents.js"])


def places_in(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return what the files of words say of each word, one after the other."""
    found: dict[str, list[str]] = {}
    for number in range(len(files) - 1):
        for line in data_in(files[f"edition/words/{number}.js"]).split("\n"):
            word, _, places = line.partition(" ")
            found.setdefault(word, []).append(places)
    return {word: " ".join(places) for word, places in found.items()}


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
    data = described(publication, ("a", source(body)))
    assert data["names"] == [["person", "Anna Berg"]]
    (document,) = data["documents"]
    assert {key: document[key] for key in ("year", "kind", "language", "named")} == {
        "year": 1871,
        "kind": "letter",
        "language": "de",
        "named": [0],
    }
    assert data["words"] == ["berg"]


def test_two_forms_of_a_name_are_two() -> None:
    made = passages(
        '<p id="p"><span class="orig">Ri</span><span class="alternative layer-both">'
        '<span class="ed"> [</span>Li<span class="ed">]</span></span> spoke</p>'
    )
    assert made == [Passage("p", "Ri spoke", "Ri Li spoke")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L’École – Straße\u00ad2 m²", ["l", "ecole", "strasse2", "m2"]),
        ("ΛΌΓΟΣ λόγος", ["λογοσ", "λογοσ"]),
        ("第3回は東京", ["第", "3", "回は", "は東", "東京", "京"]),
        ("กรุงเทพ", ["กร", "รง", "งเ", "เท", "ทพ", "พ"]),
    ],
)
def test_words_are_compared_without_case_and_accents(text: str, words: list[str]) -> None:
    assert [word for word, _ in words_in(text)] == words


def test_each_word_says_where_it_stands_in_both_layers() -> None:
    made = words_of([Passage("p", "one two one"), Passage("q", "two wun", "two one")])
    assert made == {"one": "0.0.2,1.4", "two": "0.1,1.0.3", "wun": "1.1"}


@given(st.lists(st.text("ab 東京", max_size=12), max_size=6))
def test_no_word_is_lost_from_the_index(texts: list[str]) -> None:
    records = [DocumentRecord(words=words_of([Passage("p", text)])) for text in texts]
    entries = tuple(DocumentEntry(str(number), "") for number in range(len(texts)))
    files = index_files(Publication("E", documents=entries), records)
    found = {
        (word, int(number, 16), int(place, 16))
        for word, places in places_in(files).items()
        for number, _, at in (document.partition(":") for document in places.split())
        for place in at.split(".")[1:]
    }
    expected = {
        (word, number, place) for number, text in enumerate(texts) for word, place in words_in(text)
    }
    assert found == expected


def test_files_of_words_are_small_and_sorted() -> None:
    words = {f"w{number}": "0.0" for number in range(40)} | {"the": ",".join(["0.0"] * 60)}
    documents = 600
    entries = tuple(DocumentEntry(str(number), "") for number in range(documents))
    records = [DocumentRecord(words=words)] * documents
    files = index_files(Publication("E", documents=entries), records)
    assert all(len(files[path]) < LARGEST + 100 for path in files if "/words/" in path)
    firsts = data_in(files["edition/documents.js"])["words"]
    assert firsts == sorted(firsts)
    assert firsts.count("the") > 1
    assert len(places_in(files)["the"].split()) == documents


def test_the_texts_of_a_long_document_are_several_files() -> None:
    made = [Passage(f"p{number}", "word " * 3000) for number in range(10)]
    files = text_files("a", made)
    assert parts_of(made) == (0, 3, 6, 9)
    assert [data_in(files[f"edition/texts/a.{n}.js"])[0][0] for n in range(4)] == [
        "p0",
        "p3",
        "p6",
        "p9",
    ]


def test_nothing_in_a_document_ends_the_script() -> None:
    publication = Publication("E", documents=(DocumentEntry("a", "</script>\u2028"),))
    files = {
        **index_files(publication, [DocumentRecord()]),
        **text_files("a", [Passage("p", "</script>\u2029 \"';")]),
    }
    for script in files.values():
        assert "\u2028" not in script.decode()
        assert "\u2029" not in script.decode()
        assert len(script.splitlines()) == 1
