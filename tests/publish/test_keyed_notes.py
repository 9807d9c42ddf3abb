"""Notes keyed to lines in the PDF: each stands on the page of its line and names it."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from zlib import compress, crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pypdf import PdfReader

from toolkit.publish.apparatus import page_runs, passes
from toolkit.publish.apparatus.checking import astray
from toolkit.publish.apparatus.marking import Marked, Note
from toolkit.publish.apparatus.measuring import Pass, Place
from toolkit.publish.apparatus.numbering import Numbering
from toolkit.publish.apparatus.pagination import NoPageError, paginate
from toolkit.publish.apparatus.pieces import Heights
from toolkit.publish.apparatus.rows import Row
from toolkit.publish.outputs.pdf import publish_document
from toolkit.publish.print_settings import print_settings
from toolkit.publish.publication import Publication, Published
from toolkit.publish.typesetting import Job, Typeset, typeset
from toolkit.tei.parse import parse

SHELL = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="la"><teiHeader><fileDesc><titleStmt>'
    "<title>T</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/>"
    "</sourceDesc></fileDesc></teiHeader><text><body>{}</body></text></TEI>"
)
WORDS = ("arma", "virumque", "cano", "Troiae", "qui", "primus", "ab", "oris", "fato", "profugus")


def published(body: str, **settings: str | int) -> Published:
    tree = parse("t.xml", SHELL.format(body).encode())
    publication = Publication(title="E", language="en", print=print_settings(settings))
    return publish_document("t", tree, publication)


def pages(result: Published) -> list[str]:
    reader = PdfReader(io.BytesIO(result.files["t.pdf"]))
    # Superscripts are read as lines of their own; line ends within a page say nothing.
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def words(count: int) -> str:
    return " ".join(WORDS[number % len(WORDS)] for number in range(count))


def entry(lemma: str, reading: str) -> str:
    return f"<app><lem>{lemma}</lem><rdg>{reading}</rdg></app>"


def test_each_note_stands_on_the_page_of_its_line() -> None:
    paragraphs = [
        f"<p>{words(20)} {entry(f'lemma{number}', f'reading{number}')} {words(25)}"
        f" called{number}.<note type='editorial'>note{number} {words(number % 40)}</note></p>"
        for number in range(40)
    ]
    result = published("".join(paragraphs))
    assert not result.diagnostics
    shown = pages(result)
    assert len(shown) > 3
    for number in range(40):
        assert_on_one_page(shown, f"lemma{number}", f"reading{number}")
        assert_on_one_page(shown, f"called{number}", f"note{number}")


def assert_on_one_page(shown: Sequence[str], *words: str) -> None:
    pages = [{n for n, page in enumerate(shown) if word in re.split(r"\W", page)} for word in words]
    assert pages[0] == pages[1], words
    assert len(pages[0]) == 1, words


def test_an_entry_names_its_line_and_headings_are_not_counted() -> None:
    lines = "".join(f"<p>line {entry(f'w{n}', f'r{n}')}</p>" for n in range(1, 8))
    (page, *_) = pages(published(f"<head>Of {entry('arms', 'men')}</head>{lines}"))
    assert "ante 1 arms] men" in page
    assert "1 w1] r1 2 w2] r2" in page
    assert "7 w7] r7" in page


def test_verses_are_named_by_their_own_numbers() -> None:
    verses = "".join(f"<l n='{n}'>verse {entry(f'w{n}', f'r{n}')}</l>" for n in range(118, 123))
    (page, *_) = pages(published(f"<lg>{verses}</lg>"))
    assert "118 w118] r118 119 w119] r119" in page


def test_a_lemma_of_several_lines_names_the_first_and_the_last() -> None:
    (page, *_) = pages(published(f"<p>{words(5)} {entry(words(30), 'om')} {words(30)}</p>"))
    assert re.search(r"1–[34] arma … \w+\] om", page)


def test_a_lemma_that_crosses_pages_stands_where_it_begins_and_names_the_page_of_its_end() -> None:
    before = "".join(f"<p>{words(4)}</p>" for _ in range(30))
    shown = pages(published(f"{before}<p>{words(9)} {entry(words(150), 'om')} {words(9)}</p>"))
    (number,) = (number for number, page in enumerate(shown) if "] om" in page)
    assert number == 0
    assert re.search(r"\d+–2\.\d+ arma …", shown[0])


def test_the_same_lemma_twice_in_a_line_is_told_apart() -> None:
    (page, *_) = pages(published(f"<p>qui cano arma et {entry('cano', 'canam')} ille</p>"))
    assert re.search(r"1 cano ?2 ?\] canam", page)
    (page, *_) = pages(published(f"<p>qui arma et {entry('cano', 'canam')} ille</p>"))
    assert "1 cano] canam" in page


def test_nested_entries_both_stand_in_the_order_of_their_lemmata() -> None:
    (page, *_) = pages(
        published(f"<p>T {entry('qui ' + entry('primus', 'prius') + ' ab', 'q. p.')}</p>")
    )
    assert "1 qui primus ab] q. p. | primus] prius" in page


def test_series_stand_below_each_other() -> None:
    body = (
        f"<p>A<note type='editorial'>by editors</note> {entry('b', 'c')}"
        "<note place='foot'>by the author</note></p>"
    )
    (page, *_) = pages(published(body))
    assert page.index("b] c") < page.index("by the author") < page.index("by editors")


def test_a_long_note_begins_on_the_page_of_its_line_and_goes_on() -> None:
    note = " ".join(f"n{number}" for number in range(1200))
    body = f"<p>{words(200)} {entry('a', 'b')} c<note type='editorial'>{note}</note></p>"
    result = published(body + f"<p>{words(600)}</p>" * 2)
    assert not result.diagnostics
    shown = pages(result)
    assert "n0 n1" in shown[0]
    assert "n1199" not in shown[0]
    assert sum("n1199" in page for page in shown) == 1


def test_a_note_that_needs_more_than_a_page_stands_at_the_end_and_it_alone() -> None:
    notes = "".join(f"<note type='editorial'>n{n} {words(500)}</note>" for n in range(3))
    result = published(f"<p>x {entry('a', 'b')} c{notes}</p><p>{entry('d', 'e')} {words(400)}</p>")
    (found,) = result.diagnostics
    assert (found.code, "“n2 arma" in found.message) == (passes.NOTE_AT_END.code, True)
    shown = pages(result)
    assert re.search(r"1 a\] b 1 ?n0 arma", shown[0])
    place = next(n for n, page in enumerate(shown, start=1) if "Notes 3 n2 arma" in page)
    assert sum(bool(re.search(rf"\b3 ?see p\. {place}\b", page)) for page in shown) == 1
    assert sum("Notes 3 n2 arma" in page for page in shown) == 1


def test_notes_without_room_are_one_warning_that_names_the_first() -> None:
    notes = "".join(f"<note type='editorial'>n{n} {words(600)}</note>" for n in range(8))
    result = published(f"<p>x {entry('a', 'b')} c{notes}</p><p>{words(400)}</p>")
    (found,) = result.diagnostics
    assert found.code == passes.NOTE_AT_END.code
    count = int(found.message.split()[0])
    assert count > 4
    assert found.message.endswith(f"and {count - 4} more")


def test_an_entry_that_needs_more_than_a_page_names_page_and_line_at_the_end() -> None:
    result = published(f"<p>x {entry('a', words(1500))}</p><p>{words(300)} {entry('d', 'e')}</p>")
    (found,) = result.diagnostics
    assert found.code == passes.NOTE_AT_END.code
    shown = " ".join(pages(result))
    assert "Notes 1.1 a] arma" in shown
    assert re.search(r"\b1 a\] see p\. 1\b", pages(result)[0])
    assert re.search(r"\d d\] e", shown)


def test_the_same_document_gives_the_same_bytes() -> None:
    body = f"<p>{words(40)} {entry('a', 'b')}</p>"
    assert published(body).files == published(body).files


def runs_of_one_page(monkeypatch: pytest.MonkeyPatch) -> str:
    """Let every page begin a run that may; return a text whose pages end between paragraphs."""
    monkeypatch.setattr(page_runs, "_FEWEST_PAGES", 1)
    return "".join(f"<p>{entry(f'w{n}', f'r{n}')} arma</p>" for n in range(80))


def texts_set(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list to which each text is added that is set in pages."""
    texts: list[str] = []

    def set_and_told(job: Job) -> Typeset:
        texts.append(job.printed)
        return typeset(job)

    monkeypatch.setattr(passes, "typeset", set_and_told)
    return texts


def test_page_runs_change_nothing_on_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    text = runs_of_one_page(monkeypatch)
    begun = texts_set(monkeypatch)
    in_runs = published(text)
    assert all("begins-run" in printed for printed in begun)
    monkeypatch.setattr(passes, "begin_runs", lambda *_: None)
    assert in_runs.files == published(text).files
    assert "begins-run" not in begun[-1]


def test_where_pages_are_not_as_planned_there_are_no_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    text = runs_of_one_page(monkeypatch)
    monkeypatch.setattr(passes, "is_as_planned", lambda *_: False)
    begun = texts_set(monkeypatch)
    published(text)
    assert "begins-run" in begun[0]
    assert "begins-run" not in begun[-1]


def test_a_document_without_apparatus_is_set_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passes, "ask", lambda _: pytest.fail("it was set twice"))
    (page, *_) = pages(published("<p>a<note type='editorial'>said</note></p>"))
    assert "said" in page


def test_lines_are_counted_by_the_page_the_section_or_the_document() -> None:
    section = f"<div><head>H</head>{'<p>line</p>' * 20}<p>{entry('a', 'b')}</p></div>"

    def numbers(scope: str) -> list[str]:
        text = " ".join(pages(published(section * 2, **{"line-numbers": scope})))
        return re.findall(r"(\d+) a\] b", text)

    assert numbers("section") == ["21", "21"]
    assert numbers("document") == ["21", "42"]
    first, second = map(int, numbers("page"))
    assert second < first == 21


def test_numbers_are_shown_at_the_interval_the_edition_wants() -> None:
    body = f"{'<p>line</p>' * 6}<p>{entry('a', 'b')}</p>"
    (page, *_) = pages(published(body, **{"line-interval": 3}))
    assert re.search(r"7 a\] b 3 6 1$|7 a\] b 1 3 6$", page)


def test_entries_called_by_letters_are_footnotes() -> None:
    (page, *_) = pages(published(f"<p>arma {entry('a', 'b')}</p>", apparatus="letters"))
    assert "α a] b" in page


# ---- making up pages ----

STEP, LINE, PAGE = 10.0, 14.0, 400.0


def note(number: int) -> Note:
    element = etree.Element("note")
    return Note(f"n{number}", "editor", str(number), element, number, element, element)


def text_with_notes(heights: Sequence[int]) -> tuple[tuple[Row, ...], Heights]:
    """Return rows, each with a note of so many lines."""
    notes = [note(number) for number in range(len(heights))]
    rows = tuple(
        Row(1, n * LINE, n * LINE + 10, (n + 1) * LINE, True, (notes[n],), (f"w{n}",))
        for n in range(len(heights))
    )
    tops, top = {}, 0.0
    for number, height in enumerate(heights):
        tops[f"n{number}"] = Place(1, top)
        top += height * STEP
    marks = {"note-top": {**tops, "": Place(1, top)}, "word": {}}
    return rows, Heights(notes, Pass((), (), marks, {}, {}, step=STEP))


@given(st.lists(st.integers(0, 30), min_size=1, max_size=120))
def test_pages_hold_all_rows_with_their_notes_and_are_not_overfull(heights: list[int]) -> None:
    rows, measured = text_with_notes(heights)
    made = paginate(rows, measured, PAGE)
    assert [number for page in made for number in range(page.first, page.end)] == list(
        range(len(rows))
    )
    for page in made:
        own = rows[page.first : page.end]
        assert {piece.note.key for piece in page.pieces} == {
            n.key for row in own for n in row.notes
        }
        assert own[-1].bottom - own[0].top + page.room <= PAGE
        assert measured.of(page.pieces) <= page.room


def test_notes_of_a_line_that_need_more_than_a_page_are_told() -> None:
    rows, measured = text_with_notes([1, 60])
    with pytest.raises(NoPageError, match="page 2"):
        paginate(rows, measured, PAGE)


def test_no_page_ends_where_none_may() -> None:
    rows, measured = text_with_notes([0] * 40)
    whole = paginate(rows, measured, PAGE)[0].end
    kept = tuple(replace(row, ends_page=n != whole - 1) for n, row in enumerate(rows))
    assert paginate(kept, measured, PAGE)[0].end == whole - 1


# ---- what was set is compared with what was planned ----


def test_a_note_that_strayed_to_the_next_page_is_found() -> None:
    one = note(1)
    root = etree.Element("print")
    marked = Marked(root, {one.key: one})

    def done(page: int) -> Pass:
        marks = {
            "call": {"n1": Place(1, 50)},
            "entry": {"n1": Place(page, 500)},
            "lemma": {},
            "word": {},
        }
        return Pass(((1, Place(1, 50)),), (), marks, {("entry", "n1"): 1}, {})

    def reason(page: int) -> str:
        numbering = Numbering(done(page), True, {})
        return astray(marked, done(page), numbering, numbering)

    assert reason(1) == ""
    assert "stands on page 2, its line on page 1" in reason(2)


def test_a_long_note_ends_before_the_next_of_its_series_begins() -> None:
    result = published(
        f"<p>{entry('lemma', 'reading')} {words(80)}<note type='editorial'>first {words(900)} end1"
        f"</note> {words(60)}</p><p>{words(100)}<note type='editorial'>second</note></p>"
        f"<p>{words(300)}</p>"
    )
    assert not result.diagnostics
    text = " ".join(pages(result))
    assert text.index("first") < text.index("end1") < text.index("second")


def test_a_page_of_a_picture_alone_keeps_the_apparatus(tmp_path: Path) -> None:
    (tmp_path / "tall.png").write_bytes(picture(300, 2400))
    body = (
        f"<p>{words(30)} {entry('lemma', 'reading')}</p><div><head>Picture</head><figure>"
        f"<graphic url='tall.png'/><head>Caption</head></figure></div><p>{words(90)}</p>"
    )
    tree = parse(str(tmp_path / "t.xml"), SHELL.format(body).encode())
    result = publish_document("t", tree, Publication(title="E", language="en"))
    assert not result.diagnostics
    (page,) = [page for page in pages(result) if "Caption" in page]
    assert "Picture" in page


def test_a_picture_in_a_line_is_set_in_it(tmp_path: Path) -> None:
    (tmp_path / "sign.png").write_bytes(picture(20, 20))
    for app in ("", entry("lemma", "reading")):
        body = f"<p>{words(30)} <graphic url='sign.png'/> {app} {words(30)}</p>"
        tree = parse(str(tmp_path / "t.xml"), SHELL.format(body).encode())
        result = publish_document("t", tree, Publication(title="E", language="en"))
        assert not result.diagnostics
        assert len(PdfReader(io.BytesIO(result.files["t.pdf"])).pages[0].images) == 1


def picture(width: int, height: int) -> bytes:
    """Return a PNG of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = compress(b"".join(b"\0" + b"\x80" * width for _ in range(height)))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )
