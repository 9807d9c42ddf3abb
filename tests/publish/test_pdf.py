"""The PDF: complete, reproducible, accessible, and deaf to what documents say."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any
from unicodedata import bidirectional

import pypdf
import pytest

from toolkit.diagnostics import Severity
from toolkit.publish.completeness import fold, lost_words, words_of
from toolkit.publish.fonts import fonts_in
from toolkit.publish.outputs.pdf import publish_document
from toolkit.publish.publication import Publication, Register
from toolkit.publish.typesetting import absent_characters
from toolkit.tei.parse import ParsedDocument, parse, parse_file

SAMPLE = Path(__file__).parent / "samples" / "print-features.xml"
SHELL = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="{lang}"><teiHeader><fileDesc><titleStmt>'
    "<title>A title</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/>"
    "</sourceDesc></fileDesc></teiHeader><text><body>{body}</body></text></TEI>"
)
EDITION = Publication(title="Sample edition")


def document(body: str, lang: str = "en") -> ParsedDocument:
    return parse("test.xml", SHELL.format(lang=lang, body=body).encode())


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    pages = "\n".join(page.extract_text() for page in read(pdf).pages)
    return pages.replace("\u00ad\n", "").replace("\u00ad", "")


def words_not_on_the_pages(tree: ParsedDocument, pdf: bytes) -> list[str]:
    """Return the words the pages lack.

    The reader of PDFs puts spaces into letter-spaced words and takes right-to-left words apart, so
    a word also counts as there if its letters stand in a row, and pointed Hebrew is left out.
    """
    text = fold(text_of(pdf))
    solid = re.sub(r"[\s-]+", "", text)
    lost = lost_words(words_of(tree), text)
    return [w.text for w in lost if w.text not in solid and bidirectional(w.text[0]) != "R"]


def pdf_of(tree: ParsedDocument, publication: Publication = EDITION) -> bytes:
    return publish_document("test", tree, publication).files["test.pdf"]


def sample_edition(repository: Path) -> Publication:
    folder = repository / "tei" / "registers"
    registers = tuple(Register(p.stem, p.read_text("utf-8")) for p in sorted(folder.glob("*.xml")))
    return Publication(title="Sample edition", registers=registers)


def test_every_word_of_the_sample_is_on_the_pages(repository: Path) -> None:
    sample = parse_file(SAMPLE)
    pdf = pdf_of(sample, sample_edition(repository))
    assert words_not_on_the_pages(sample, pdf) == []


def test_the_sample_is_published_without_a_finding(repository: Path) -> None:
    done = publish_document("s", parse_file(SAMPLE), sample_edition(repository))
    assert done.diagnostics == ()


def test_the_same_document_gives_the_same_bytes(repository: Path) -> None:
    first, second = (pdf_of(parse_file(SAMPLE), sample_edition(repository)) for _ in range(2))
    assert first == second


def test_what_looks_like_markup_of_the_typesetter_is_text() -> None:
    hostile = (
        r'#import "x": y $a_b$ *bold* _em_ [x] \ @ref `raw` // c /* d */ #sys.inputs ~ --- <lab>'
    )
    escaped = hostile.replace("<", "&lt;")
    assert hostile in " ".join(text_of(pdf_of(document(f"<p>{escaped}</p>"))).split())


def test_title_language_and_standards_are_declared() -> None:
    reader = read(pdf_of(document("<p>x</p>", lang="de")))
    assert reader.metadata is not None
    assert reader.metadata.title == "A title"
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "de"
    packet = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in packet
    assert "<pdfaid:part>2</pdfaid:part>" in packet


def test_headings_are_bookmarks() -> None:
    reader = read(pdf_of(document("<div><head>First</head><p>x</p></div>")))
    titles = str(reader.outline)
    assert "A title" in titles
    assert "First" in titles


def test_external_links_are_kept() -> None:
    tree = document('<p><ref target="https://example.org/a?b=c">there</ref></p>')
    pages: list[Any] = list(read(pdf_of(tree)).pages)
    annotations = [a.get_object() for page in pages for a in page["/Annots"]]
    assert "https://example.org/a?b=c" in [a["/A"]["/URI"] for a in annotations if "/A" in a]


def test_names_link_to_the_index_and_the_index_to_the_names(repository: Path) -> None:
    tree = document('<p><persName ref="registers/persons.xml#milton">Milton</persName></p>')
    pdf = pdf_of(tree, sample_edition(repository))
    annotations = [a.get_object() for page in read(pdf).pages for a in page.get("/Annots", [])]
    assert len([a for a in annotations if "/Dest" in a or "/A" in a]) == 2
    assert "John Milton (1608–1674)" in text_of(pdf)


def test_a_character_without_glyph_is_an_error_with_its_line() -> None:
    done = publish_document("t", document("<p>a</p>\n<p>b\n中</p>"), EDITION)
    (found,) = done.diagnostics
    assert (found.code, found.line, found.severity) == ("P101", 3, Severity.ERROR)
    assert "U+4E2D" in found.message
    assert "U+4E2D" in text_of(done.files["t.pdf"])


def test_a_missing_image_leaves_its_description() -> None:
    tree = document('<figure><graphic url="none.png"/><figDesc>A seal</figDesc></figure>')
    assert "A seal" in text_of(pdf_of(tree))


def test_a_broken_image_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"no image")
    body = '<figure><graphic url="a.png"/><figDesc>A seal</figDesc></figure>'
    tree = parse(str(tmp_path / "t.xml"), SHELL.format(lang="en", body=body).encode())
    done = publish_document("t", tree, EDITION)
    assert [d.code for d in done.diagnostics] == ["P105"]
    assert "A seal" in text_of(done.files["t.pdf"])


@pytest.mark.parametrize("body", ["", "<p/>", "<table/>", "<list/><lg/><figure/>", "<pb n='1'/>"])
def test_an_empty_body_gives_a_page(body: str) -> None:
    assert len(read(pdf_of(document(body))).pages) == 1


def test_private_use_characters_are_told_and_set() -> None:
    done = publish_document("t", document("<p>a \ue000 b</p>"), EDITION)
    assert {d.code for d in done.diagnostics} <= {"P101", "P103"}
    assert done.diagnostics


def test_the_typesetters_own_fonts_cover_the_scripts_of_europe() -> None:
    fonts = fonts_in(())
    assert absent_characters("ſéőłαῶЖѣא中", fonts) == {"中"}


def test_marginal_notes_that_would_overlap_are_set_below_each_other() -> None:
    notes = "".join(f'<note place="margin">remark {n} of some length here</note>' for n in range(8))
    page = read(pdf_of(document(f"<p>text {notes} end</p>"))).pages[0]
    heights: list[float] = []

    def visit(text: str, transformation: list[float], *rest: object) -> None:
        if "remark" in text:
            heights.append(transformation[5])

    page.extract_text(visitor_text=visit)
    assert len(set(heights)) == 8


@pytest.mark.parametrize("kind", ["isicily", "schnitzler-briefe", "frus-history"])
def test_published_editions_are_complete_on_the_page(kind: str, data_folder: Path) -> None:
    files = sorted((data_folder / "corpora" / kind).glob("*.xml"), key=lambda p: p.stat().st_size)
    for file in files[: len(files) // 2 : max(1, len(files) // 6)][:3]:
        tree = parse_file(file)
        assert words_not_on_the_pages(tree, pdf_of(tree)) == [], file.name
