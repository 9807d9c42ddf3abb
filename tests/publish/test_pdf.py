"""The PDF: complete, reproducible, accessible, and deaf to what documents say."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any
from unicodedata import bidirectional

import pypdf
import pytest
import typst
from lxml import etree

from toolkit.diagnostics import DiagnosticError, Severity
from toolkit.publish import outputs, typesetting
from toolkit.publish.completeness import fold, lost_words, words_of
from toolkit.publish.coverage import absent_characters
from toolkit.publish.fonts import fonts_in
from toolkit.publish.outputs import output_names
from toolkit.publish.outputs.pdf import publish_document
from toolkit.publish.pdf_text import texts_of_pdf
from toolkit.publish.printing import print_document
from toolkit.publish.publication import Publication, Register
from toolkit.publish.revision import UNDATED
from toolkit.publish.typesetting import Job, typeset
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
    registers = tuple(Register(p.stem, p.read_bytes()) for p in sorted(folder.glob("*.xml")))
    return Publication(title="Sample edition", registers=registers)


def test_every_word_of_the_sample_is_on_the_pages(repository: Path) -> None:
    sample = parse_file(SAMPLE)
    pdf = pdf_of(sample, sample_edition(repository))
    assert words_not_on_the_pages(sample, pdf) == []


def test_the_sample_is_published_without_a_finding(repository: Path) -> None:
    done = publish_document("s", parse_file(SAMPLE), sample_edition(repository))
    assert done.diagnostics == ()


def test_a_word_lost_in_typesetting_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    careless = {"own.typ": b"#let style-italic(body) = []"}
    templates = typesetting.templates
    monkeypatch.setattr(typesetting, "templates", lambda main: templates(main) | careless)
    tree = document('<p>one <hi rend="italic">word</hi> less</p>')
    (found,) = publish_document("t", tree, EDITION).diagnostics
    assert (found.code, "“word”" in found.message) == ("P010", True)


def test_what_the_template_does_not_know_stops_it() -> None:
    tree = document("<p>one word</p>")
    printed = print_document("t", tree, EDITION).xml
    for old, new in (("<t>one", "<u>one"), ('role="paragraph"', 'role="mystery"')):
        broken = printed.replace(old, new).replace("<u>one word</t>", "<u>one word</u>")
        with pytest.raises(DiagnosticError) as stopped:
            typeset(Job("test.xml", broken, fonts_in(()), UNDATED))
        assert [d.code for d in stopped.value.diagnostics] == ["P102"]


@pytest.mark.parametrize("text", ["שלום עולם טוב", "αὐτὸς ἔφα", "Straße öffnen", "opin\u00adion"])
def test_words_are_read_back_in_their_order(text: str) -> None:
    pieces = texts_of_pdf(pdf_of(document(f"<p>{text}</p>")))
    assert fold(text) in fold(" ".join(pieces))


def test_a_letter_with_a_raised_mark_is_read_back_once() -> None:
    done = publish_document(
        "t", document('<p>so <hi rend="italic letter-spaced">uͤber Gefaͤße</hi></p>'), EDITION
    )
    assert done.diagnostics == ()
    assert "uͤber Gefaͤße" in " ".join(texts_of_pdf(done.files["t.pdf"]))


def test_text_that_runs_off_the_page_is_an_error_with_its_page() -> None:
    found = publish_document("t", document(f"<p>{'7' * 200}</p>"), EDITION)
    cut = [d for d in found.diagnostics if d.code == "P107"]
    assert len(cut) == 1
    assert "page 1 of the PDF cuts text at its edge" in cut[0].message


def test_words_divided_at_line_ends_are_read_back_whole() -> None:
    words = " ".join(f"incomprehensibilities{n}" for n in range(200))
    read_back = texts_of_pdf(pdf_of(document(f"<p>{words}</p>")))
    assert set(words.split()) <= set(" ".join(read_back).split())


def test_words_off_the_page_are_not_read() -> None:
    page = (
        b"#set document(title: [t])\nhere #place(dx: 900pt)[away] #text(size: 20pt)[too (so) \\\\]"
    )
    pdf = typst.compile(page, format="pdf")
    assert isinstance(pdf, bytes)
    assert " ".join(" ".join(texts_of_pdf(pdf)).split()) == "here too (so) \\"


def test_glyphs_whose_numbers_are_written_with_parentheses_are_read() -> None:
    # The letters become glyphs 1, 2, 3 …; 40 and 41 are written as ( and ), pairs without escapes.
    letters = "".join(map(chr, range(0x100, 0x180)))
    nested = 2 * letters[39] + 2 * letters[40]
    page = f'#set document(title: [t])\n#set text(font: "DejaVu Sans Mono")\n{letters}\n\n{nested}'
    pdf = typst.compile(page.encode(), format="pdf")
    assert isinstance(pdf, bytes)
    content = read(pdf).pages[0].get_contents()
    assert content is not None
    assert b"(\\000(\\000(\\000)\\000))" in content.get_data()
    assert "".join(texts_of_pdf(pdf)) == letters + nested


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
    assert "<pdfaid:part>3</pdfaid:part>" in packet


def test_headings_are_bookmarks() -> None:
    reader = read(pdf_of(document("<div><head>First</head><p>x</p></div>")))
    titles = str(reader.outline)
    assert "A title" in titles
    assert "First" in titles


def test_a_heading_that_says_the_title_again_is_no_bookmark() -> None:
    reader = read(pdf_of(document("<head>A Title</head><div><head>First</head><p>x</p></div>")))
    assert "A Title" not in str(reader.outline)
    assert "First" in str(reader.outline)


def test_calls_side_by_side_stand_apart() -> None:
    body = "<p>boat<note>One.</note><note resp='#ed'>Two.</note> sails</p>"
    assert "boat1 2 sails" in text_of(pdf_of(document(body)))


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
    assert "Milton, John (1608–1674)" in text_of(pdf)


def test_a_character_without_glyph_is_an_error_with_its_line() -> None:
    # A sign of papyri that no package of fonts has, whichever are installed.
    done = publish_document("t", document("<p>a</p>\n<p>b\nc\U000101a0</p>"), EDITION)
    (found,) = done.diagnostics
    assert (found.code, found.line, found.column) == ("P101", 3, 2)
    assert found.severity == Severity.ERROR
    assert "U+101A0 GREEK SYMBOL TAU RHO" in found.message
    assert "U+101A0" in text_of(done.files["t.pdf"])


def test_a_missing_image_leaves_its_description() -> None:
    tree = document('<figure><graphic url="none.png"/><figDesc>A seal</figDesc></figure>')
    assert "A seal" in text_of(pdf_of(tree))


@pytest.mark.parametrize("more", ["", "<p><app><lem>a</lem><rdg>b</rdg></app></p>"])
def test_a_broken_image_is_a_warning_at_its_place_and_others_are_shown(
    more: str, tmp_path: Path
) -> None:
    (tmp_path / "a.png").write_bytes(b"no image")
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
    (tmp_path / "b.svg").write_text(svg, "utf-8")
    body = (
        '<figure><graphic url="b.svg"/></figure>\n'
        '<figure><graphic url="a.png"/><figDesc>A seal</figDesc></figure>'
    )
    tree = parse(str(tmp_path / "t.xml"), SHELL.format(lang="en", body=body + more).encode())
    done = publish_document("t", tree, EDITION)
    (found,) = done.diagnostics
    assert (found.code, found.line, found.severity) == ("P105", 2, Severity.WARNING)
    assert "the image “a.png” cannot be shown" in found.message
    assert "A seal" in text_of(done.files["t.pdf"])


@pytest.mark.parametrize("body", ["", "<p/>", "<table/>", "<list/><lg/><figure/>", "<pb n='1'/>"])
def test_an_empty_body_gives_a_page(body: str) -> None:
    assert len(read(pdf_of(document(body))).pages) == 1


def test_private_use_characters_are_set_in_an_archival_pdf() -> None:
    done = publish_document("t", document("<p>a \ue000 b</p>"), EDITION)
    assert done.diagnostics == ()
    root: Any = read(done.files["t.pdf"]).trailer["/Root"]
    packet = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:conformance>U</pdfaid:conformance>" in packet


def test_a_private_use_character_without_glyph_is_an_error() -> None:
    found = publish_document("t", document("<p>a \U000f1234 b</p>"), EDITION).diagnostics
    assert [d.code for d in found] == ["P101"]


def test_the_tei_goes_with_the_pdf() -> None:
    tree = document("<p>ἐν ἀρχῇ</p>")
    assert dict(read(pdf_of(tree)).attachments) == {"test.xml": [tree.content]}


def test_the_typesetters_own_fonts_cover_the_scripts_of_europe() -> None:
    assert absent_characters("ſéőłαῶЖѣא中", fonts_in(())) == {"中"}


def test_marginal_notes_that_would_overlap_are_set_below_each_other() -> None:
    notes = "".join(f'<note place="margin">remark {n} of some length here</note>' for n in range(8))
    page = read(pdf_of(document(f"<p>text {notes} end</p>"))).pages[0]
    heights: list[float] = []

    def visit(text: str, transformation: list[float], *rest: object) -> None:
        if "remark" in text:
            heights.append(transformation[5])

    page.extract_text(visitor_text=visit)
    assert len(set(heights)) == 8


def test_a_mark_at_a_line_end_keeps_its_number_in_the_margin() -> None:
    words = " ".join(f'and{"o" * (n % 7)}<pb n="{n}"/> so on' for n in range(1000, 1200))
    done = publish_document("t", document(f"<p>{words}</p>"), EDITION)
    assert [d.message for d in done.diagnostics] == []


CORPORA = (
    "dingler",
    "dracor-ger",
    "eltec-por",
    "frus-history",
    "isicily",
    "schnitzler-briefe",
    "tei-exemplars",
    "tei-test",
)


LARGE = 100_000


def beginning_of(file: Path) -> ParsedDocument:
    """Return a document without the chapters at its end that make it large: all take long."""
    if file.stat().st_size < LARGE:
        return parse_file(file)
    root = etree.fromstring(file.read_bytes())
    chapters = root.findall(".//{*}body//{*}div")
    while chapters and len(etree.tostring(root)) > LARGE:
        last = chapters.pop()
        parent = last.getparent()
        assert parent is not None
        parent.remove(last)
    return parse(str(file), etree.tostring(root))


@pytest.mark.parametrize("kind", CORPORA)
def test_published_editions_are_complete_in_every_output(kind: str, data_folder: Path) -> None:
    folder = data_folder / "corpora" / kind
    files = sorted(folder.rglob("*.xml"), key=lambda p: (p.stat().st_size, p.name))
    small = [file for file in files if file.stat().st_size < LARGE] or files[:1]
    for file in small[:: max(1, len(small) // 3)][:3]:
        tree = beginning_of(file)
        for output in output_names():
            done = outputs.publish_document(output, file.stem, tree, EDITION)
            lost = [d.message for d in done.diagnostics if d.code == "P010"]
            assert (output, file.name, lost) == (output, file.name, [])
