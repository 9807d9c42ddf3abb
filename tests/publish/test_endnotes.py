"""Notes at the end of a document and of a volume: each once, with its line, in its series."""

from __future__ import annotations

import io
import json
import re

import pypdf
import pytest
from lxml import etree

from tests.publish.test_keyed_notes import SHELL, entry, pages, published, words
from tests.publish.test_volume import letter, read, texts, volume_of, with_settings
from toolkit.publish import Publication, Published, print_settings, publish_document
from toolkit.publish.apparatus.checking import astray, not_set_once
from toolkit.publish.apparatus.marking import Marked, Note
from toolkit.publish.apparatus.measuring import Pass, Place
from toolkit.publish.apparatus.numbering import Numbering
from toolkit.tei.parse import parse

EDITORIAL = "<note type='editorial'>{}</note>"


def test_notes_stand_at_the_end_each_in_its_series() -> None:
    body = (
        f"<p>one{EDITORIAL.format('by editors')} two<note place='foot'>of the source</note></p>"
        f"<p>last word{EDITORIAL.format('second by editors')}</p>"
    )
    result = published(body, notes="end")
    assert not result.diagnostics
    (page,) = pages(result)
    assert re.search(
        r"last wordb Notes Footnotes of the source 1 of the source "
        r"Editors’ notes a by editors b second by editors 1$",
        page,
    )


def test_a_single_series_has_no_heading_of_its_own() -> None:
    (page,) = pages(published(f"<p>one{EDITORIAL.format('said')}</p>", notes="end"))
    assert page.endswith("Notes 1 said 1")


def test_a_call_leads_to_its_note_and_the_note_back() -> None:
    result = published(f"<p>one{EDITORIAL.format('said')}</p>", notes="end")
    reader = pypdf.PdfReader(io.BytesIO(result.files["t.pdf"]))
    annotations = reader.pages[0].annotations
    assert annotations is not None
    assert [note["/Subtype"] for note in annotations] == ["/Link", "/Link"]


def test_entries_at_the_end_name_page_and_line() -> None:
    body = "".join(f"<p>{words(30)} {entry(f'w{n}', f'r{n}')} {words(20)}</p>" for n in range(40))
    result = published(body, notes="end")
    assert not result.diagnostics
    shown = pages(result)
    said = re.findall(r"(\d+)\.(\d+) w(\d+)\] r(\d+)", " ".join(shown))
    assert [(lemma, reading) for _, _, lemma, reading in said] == [
        (str(n), str(n)) for n in range(40)
    ]
    for page, _, lemma, _ in said:
        assert re.search(rf"\bw{lemma}\b(?!\])", shown[int(page) - 1])
    lines = [(int(page), int(line)) for page, line, _, _ in said]
    assert lines == sorted(set(lines))
    assert lines[-1][0] > 2


def test_entries_of_verses_at_the_end_name_their_numbers_alone() -> None:
    verses = "".join(f"<l n='{n}'>verse {entry(f'w{n}', f'r{n}')}</l>" for n in range(118, 123))
    (page,) = pages(published(f"<lg>{verses}</lg>", notes="end"))
    assert "118 w118] r118 119 w119] r119" in page


def test_entries_called_by_letters_stand_at_the_end_too() -> None:
    result = published(f"<p>arma {entry('a', 'b')}</p>", notes="end", apparatus="letters")
    (page,) = pages(result)
    assert page.endswith("Notes α a] b 1")


def test_a_volume_has_its_notes_at_its_end_by_document() -> None:
    documents = [
        (stem, letter(stem.title(), f"<p>{entry('a', 'b')} {stem}{EDITORIAL.format(said)}</p>"))
        for stem, said in (("first", "said first"), ("second", "said second"))
    ]
    made = volume_of(documents, with_settings({"notes": "end"}))
    assert not made.diagnostics
    shown = texts(made)
    (notes,) = [page for page in shown if page.startswith("Notes First")]
    assert re.search(
        r"^Notes First Apparatus 1\.1 a\] b Editors’ notes 1 said first "
        r"Second Apparatus 2\.1 a\] b Editors’ notes 1 said second",
        notes,
    )
    assert shown[shown.index(notes) + 1].startswith("About the texts")
    assert "Notes" in [mark.title for mark in read(made).outline if hasattr(mark, "title")]


def test_the_running_head_says_to_which_pages_notes_belong() -> None:
    body = "".join(f"<p>{words(60)}{EDITORIAL.format(words(90))}</p>" for _ in range(30))
    result = published(body, notes="end")
    heads = [
        match[0] for page in pages(result) if (match := re.search(r"Notes to pp?\. \S+", page))
    ]
    assert heads[:2] == ["Notes to pp. 1–2", "Notes to pp. 2–3"]


def test_the_same_document_gives_the_same_bytes() -> None:
    body = f"<p>{words(40)} {entry('a', 'b')}{EDITORIAL.format('said')}</p>"
    assert published(body, notes="end").files == published(body, notes="end").files


# ---- what was set is compared with what was planned ----


def _note() -> Note:
    element = etree.Element("note")
    return Note("n1", "app", "α", element, 1, element, element)


def _done(line: int = 1, entries: int = 1) -> Pass:
    places = {"call": {"n1": Place(1, 50)}, "lemma": {}, "entry": {"n1": Place(9, 50)}}
    return Pass(((line, Place(1, 50)),), (), places, {("entry", "n1"): entries}, {})


def test_a_note_that_is_missing_or_set_twice_is_found() -> None:
    note = _note()
    marked = Marked(note.content, {note.key: note})
    assert not_set_once(marked, _done()) == ""
    assert "is set 0 times" in not_set_once(marked, _done(entries=0))
    assert "is set 2 times" in not_set_once(marked, _done(entries=2))


def test_an_entry_at_the_end_that_names_another_line_is_found() -> None:
    note = _note()
    marked = Marked(note.content, {note.key: note})
    printed, real = (Numbering(_done(line), True, {}, with_pages=True) for line in (1, 2))
    assert astray(marked, printed.done, printed, printed, at_end=marked.notes) == ""
    reason = astray(marked, real.done, printed, real, at_end=marked.notes)
    assert "names line 1.1, its line is 1.2" in reason


# ---- series of editors' notes that are kept apart ----

SERIES = (
    {"title": "Textual notes", "type": "textual", "numbers": "a"},
    {"title": "Commentary", "resp": "#ab"},
)
TWO_SERIES = (
    "<p>one<note resp='#ab'>said of it</note> two<note type='textual'>so the source</note> "
    f"three<note resp='#ab'>more of it</note> four{EDITORIAL.format('by others')} {{}}</p>"
)


def kept_apart(output: str, body: str, **settings: str) -> Published:
    publication = Publication(
        title="", note_series=json.dumps(SERIES), print=print_settings(settings)
    )
    return publish_document(output, "t", parse("t.xml", SHELL.format(body).encode()), publication)


@pytest.mark.parametrize("last", ["five", entry("a", "b")])
def test_series_of_editors_stand_apart_at_the_foot(last: str) -> None:
    made = kept_apart("pdf", TWO_SERIES.format(last))
    assert not made.diagnostics
    (page,) = pages(made)
    textual, first = page.index("so the source"), page.index("said of it")
    assert first < page.index("more of it") < page.index("by others")
    if "app" in last:
        assert textual < first


def test_series_of_editors_have_titles_and_numbers_of_their_own_at_the_end() -> None:
    (page,) = pages(kept_apart("pdf", TWO_SERIES.format("five"), notes="end"))
    assert re.search(
        r"Textual notes a so the source Commentary 1 said of it 2 more of it "
        r"Editors’ notes i by others",
        page,
    )


def test_a_page_keeps_the_series_of_editors_apart_too() -> None:
    page = kept_apart("html", TWO_SERIES.format("five")).files["t.html"].decode()
    assert [page.count(f'<h3 class="ed">{series["title"]}</h3>') for series in SERIES] == [1, 1]


def test_all_outputs_have_the_series_in_one_order_under_their_titles() -> None:
    body = TWO_SERIES.format(
        "five<note>a remark</note> six<note place='margin' hand='#h'>by it</note>"
    )
    page = kept_apart("html", body).files["t.html"].decode()
    on_page = re.findall('<h3 class="ed"[^>]*>([^<]*)', page)
    assert on_page == ["Other notes", "Textual notes", "Commentary", "Editors’ notes"]
    text = kept_apart("text", body).files["t.txt"].decode().partition("\nNotes\n")[2]
    assert [line for line in text.splitlines() if line in on_page] == on_page
    (printed,) = pages(kept_apart("pdf", body, notes="end"))
    places = [printed.index(title) for title in on_page]
    assert places == sorted(places)


def test_series_are_counted_in_ways_of_their_own() -> None:
    body = TWO_SERIES.format("five<note>a remark</note>")
    page = kept_apart("html", body).files["t.html"].decode()
    calls = re.findall(r'role="doc-noteref">([^<]*)', page)
    assert sorted(calls) == sorted(set(calls))
