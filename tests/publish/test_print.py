"""The print vocabulary: its grammar, its content, nothing lost."""

from __future__ import annotations

import base64
import gc
import io
import re
import weakref
from functools import partial
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.examples import examples
from toolkit.publish import epub_chapter, fonts, printing
from toolkit.publish.completeness import missing_words
from toolkit.publish.images import image_addresses
from toolkit.publish.outputs import load_output, publish_document, text
from toolkit.publish.printing import parse_print, print_document
from toolkit.publish.publication import Publication, Register
from toolkit.publish.recent import Recent
from toolkit.resources import SCHEMAS, XSLT
from toolkit.tei.parse import ParsedDocument, parse, parse_file
from toolkit.xslt import Transformed, transform

HERE = Path(__file__).parent
SAMPLE = HERE / "samples" / "print-features.xml"
EXPECTED = HERE / "expected" / "print-features.print.xml"
NAMESPACES = {"print": "urn:tei-toolkit:print"}
SHELL = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc><titleStmt>'
    "<title>T</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/>"
    "</sourceDesc></fileDesc></teiHeader><text><body>{}</body></text></TEI>"
)


OWN = (
    '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
    '<xsl:import href="{}"/>{}</xsl:stylesheet>'
)
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def edition(repository: Path) -> Publication:
    folder = repository / "tei" / "registers"
    registers = tuple(Register(p.stem, p.read_bytes()) for p in sorted(folder.glob("*.xml")))
    return Publication(title="Sample edition", registers=registers)


def document(body: str) -> ParsedDocument:
    return parse("test.xml", SHELL.format(body).encode())


def printed(body: str) -> etree._Element:
    return parse_print(print_document("test", document(body), Publication(title="E")).xml)


def texts(root: etree._Element, path: str) -> list[str]:
    found = cast("list[str | etree._Element]", root.xpath(path, namespaces=NAMESPACES))
    return [
        str(item) if isinstance(item, str) else "".join(map(str, item.itertext())) for item in found
    ]


@pytest.fixture(scope="module")
def grammar() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMAS / "print.rng"))


def one_block_a_line(xml: str) -> str:
    return re.sub(
        r"(<(?:block|field|front|text|apparatus|legend|index-list|sign|entry|row)\b)", r"\n\1", xml
    )


def test_the_sample_with_all_features_gives_the_expected_pages(repository: Path) -> None:
    made = print_document("print-features", parse_file(SAMPLE), edition(repository)).xml
    assert one_block_a_line(made) == EXPECTED.read_text("utf-8")


def test_the_sample_obeys_the_grammar(repository: Path, grammar: etree.RelaxNG) -> None:
    made = print_document("print-features", parse_file(SAMPLE), edition(repository)).xml
    grammar.assertValid(parse_print(made))


def test_no_word_of_the_sample_is_lost(repository: Path) -> None:
    sample = parse_file(SAMPLE)
    pieces = print_document("s", sample, edition(repository)).pieces
    assert missing_words(sample, pieces) == ()


def test_white_space_is_collapsed_over_the_borders_of_elements() -> None:
    root = printed("<p>  a <hi> b</hi>\n <hi>c </hi>  d<lb/> e </p>")
    assert texts(root, "//print:text/print:block") == ["a b c de"]


def test_a_word_broken_over_lines_is_joined() -> None:
    root = printed('<p>opin\n  <lb break="no"/>ion</p>')
    assert texts(root, "//print:text/print:block") == ["opinion"]


@pytest.mark.parametrize("name", ["EOLhyphen", "EOLunhyphen"])
def test_a_word_broken_over_lines_as_in_the_books_of_the_tcp_is_joined(name: str) -> None:
    root = printed(f'<p>Tem<g ref="char:{name}"/>pest</p>')
    assert texts(root, "//print:text/print:block") == ["Tempest"]


def test_lines_with_an_address_are_not_justified() -> None:
    root = printed("<p>See https://example.org/a/long/address/of/a/page.</p><p>Words.</p>")
    assert texts(root, "//print:block/@ragged") == ["yes"]


@pytest.mark.parametrize("look", ["rend='two-columns'", "style='column-count: 2'"])
def test_a_list_in_columns_is_set_in_columns(look: str, grammar: etree.RelaxNG) -> None:
    body = f"<list {look}><head>H</head><item>a</item><item>b</item></list><p>c</p>"
    root = printed(body)
    grammar.assertValid(root)
    assert texts(root, "//print:block[@columns='2']") == ["a", "b"]
    made = publish_document("pdf", "test", document(body), Publication(title="E"))
    page = pypdf.PdfReader(io.BytesIO(made.files["test.pdf"])).pages[0]
    heights: dict[str, float] = {}

    def visit(text: str, transformation: list[float], *rest: object) -> None:
        heights[text.strip()] = transformation[5]

    page.extract_text(visitor_text=visit)
    assert made.diagnostics == ()
    assert heights["a"] == heights["b"] > heights["c"]


def test_how_a_character_is_read_stands_behind_it() -> None:
    root = printed('<p xml:lang="ja"><ruby><rb>少</rb><rt>すこ</rt></ruby>し</p>')
    assert texts(root, "//print:text/print:block") == ["少（すこ）し"]


def test_parts_without_a_space_between_them_do_not_run_together() -> None:
    root = printed(
        "<p><bibl><msIdentifier><settlement>London</settlement><repository>British Library"
        "</repository><idno>Add. 3</idno></msIdentifier></bibl></p>"
        "<entry><form><orth>abbey</orth><gramGrp><pos>n.</pos></gramGrp></form>"
        "<sense><def>a house</def></sense></entry>"
    )
    text = " ".join("".join(map(str, root.itertext())).split())
    assert "London British Library Add. 3" in text
    assert "abbey n. a house" in text


def test_a_page_break_between_paragraphs_goes_into_the_next() -> None:
    root = printed('<p>a</p><pb n="2"/><p>b</p>')
    assert texts(root, "//print:block[print:page/@number='2']") == ["b"]


def test_both_layers_of_a_choice_are_shown() -> None:
    root = printed("<p><choice><orig>Ri</orig><reg>Li</reg></choice></p>")
    assert texts(root, "//print:text/print:block") == ["Ri [Li]"]


def test_a_deletion_and_what_replaces_it_are_set_apart() -> None:
    root = printed("<p>on <subst><del>Monday</del><add>Tuesday</add></subst> last</p>")
    assert texts(root, "//print:text/print:block") == ["on Monday ‸Tuesday last"]
    root = printed("<p>r<subst><del>u</del><add>a</add></subst>n</p>")
    assert texts(root, "//print:text/print:block") == ["ru\u200a‸an"]


def test_back_matter_without_a_heading_is_set_off() -> None:
    body = "<p>text</p></body><back><listPerson><person><p>A</p></person></listPerson></back>"
    content = SHELL.format(body).replace("</back></body>", "</back>")
    made = print_document("t", parse("t.xml", content.encode()), Publication(title="E"))
    roles = texts(parse_print(made.xml), "//print:text/print:block/@role")
    assert roles == ["paragraph", "rule", "subheading", "item"]


def test_a_hand_that_is_only_a_pointer_is_not_shown() -> None:
    root = printed('<p>a <handShift scribe="#x1"/>b</p>')
    assert texts(root, "//print:t[@sign = 'hand']") == ["[change of hand] "]


def test_short_principles_are_one_paragraph_of_the_colophon() -> None:
    said = "<p>Errors are kept</p><p>Lines are not kept.</p><p>Pages are.</p>"
    content = SHELL.format("<p/>").replace(
        "</fileDesc>",
        f"</fileDesc><encodingDesc><editorialDecl>{said}</editorialDecl></encodingDesc>",
    )
    made = print_document("t", parse("t.xml", content.encode()), Publication(title="E"))
    field = "//print:field[contains(., 'Errors')]/print:block"
    assert texts(parse_print(made.xml), field) == [
        "Errors are kept. Lines are not kept. Pages are."
    ]


def test_the_outputs_of_one_document_share_its_printing(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Path] = []

    def counted(stylesheet: Path, *given: Any, **named: Any) -> Transformed:
        made.append(stylesheet)
        return transform(stylesheet, *given, **named)

    monkeypatch.setattr(printing, "transform", counted)
    content = SHELL.format("<p>shared by three outputs</p>").encode()
    for output in ("pdf", "epub", "text"):
        done = publish_document(output, "t", parse("t.xml", content), Publication(title="E"))
        assert done.diagnostics == ()
    other = parse("t.xml", content.replace(b"three", b"3"))
    publish_document("text", "t", other, Publication(title="E"))
    assert len(made) == 2


def test_sharing_keeps_no_tree_alive() -> None:
    tree = document("<p>soon gone</p>")
    print_document("t", tree, Publication(title="E"))
    alive = weakref.ref(tree)
    del tree
    gc.collect()
    assert alive() is None


def test_only_the_last_results_are_kept() -> None:
    recent: Recent[int] = Recent(2)
    made: list[int] = []

    def make(key: int) -> int:
        made.append(key)
        return key

    for key in (1, 2, 1, 3, 1, 2):
        assert recent.get(key, partial(make, key)) == key
    assert made == [1, 2, 3, 2]


@pytest.mark.parametrize("output", ["pdf", "epub", "text"])
def test_a_message_of_a_stylesheet_is_told(
    output: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "print.xsl"
    own.write_text(
        OWN.format(
            printing.STYLESHEET.as_uri(),
            '<xsl:template match="/"><xsl:message>look here</xsl:message><xsl:apply-imports/>'
            "</xsl:template>",
        )
    )
    monkeypatch.setattr(printing, "STYLESHEET", own)
    done = publish_document(output, "t", document(f"<p>{output}</p>"), Publication(title="E"))
    assert [d.code for d in done.diagnostics] == ["P004"]


@pytest.mark.parametrize(("output", "module"), [("epub", epub_chapter), ("text", text)])
def test_a_word_that_the_last_stylesheet_loses_is_an_error(
    output: str, module: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stylesheet = f"{output}.xsl"
    own = tmp_path / stylesheet
    drop = '<xsl:template match="*:t[@style = \'italic\']" priority="9"/>'
    own.write_text(OWN.format((XSLT / stylesheet).as_uri(), drop))
    monkeypatch.setattr(module, "STYLESHEET", own)
    body = '<p>a <hi rend="italic">lost</hi> word</p>'
    done = publish_document(output, "t", document(body), Publication(title="E"))
    (found,) = done.diagnostics
    assert (found.code, "lost" in found.message) == ("P010", True)


@pytest.mark.parametrize("output", ["pdf", "epub"])
@pytest.mark.parametrize(
    "url",
    ["https://example.org/a.png", "none.png", "x" * 300 + ".png", "a%00.png", "../a.png", "a.tiff"],
)
def test_an_image_that_is_not_shown_is_told(output: str, url: str, tmp_path: Path) -> None:
    body = f'<figure><graphic url="{url}"/><figDesc>A seal</figDesc></figure>'
    tree = parse(str(tmp_path / "t.xml"), SHELL.format(body).encode())
    done = publish_document(output, "t", tree, Publication(title="E"))
    assert [d.code for d in done.diagnostics] == ["P020"]


@pytest.mark.parametrize("output", ["pdf", "epub"])
def test_an_image_with_an_encoded_name_is_shown(output: str, tmp_path: Path) -> None:
    (tmp_path / "a seal.png").write_bytes(PIXEL)
    body = '<figure><graphic url="a%20seal.png"/><figDesc>A seal</figDesc></figure>'
    tree = parse(str(tmp_path / "t.xml"), SHELL.format(body).encode())
    with_image = publish_document(output, "t", tree, Publication(title="E"))
    assert with_image.diagnostics == ()
    without = SHELL.format(body.replace('<graphic url="a%20seal.png"/>', "")).encode()
    plain = publish_document(output, "t", parse(tree.file, without), Publication(title="E"))
    (file,) = with_image.files
    assert (b"/Image" in with_image.files[file]) > (b"/Image" in plain.files[file]) or (
        len(with_image.files[file]) > len(plain.files[file])
    )


@pytest.mark.parametrize("output", ["pdf", "epub"])
def test_the_images_are_among_the_inputs(output: str, tmp_path: Path) -> None:
    tree = parse(str(tmp_path / "t.xml"), SHELL.format('<graphic url="a.png"/>').encode())
    said = [cast("Any", load_output(output)).further_inputs(image_addresses(tree))]
    for content in (PIXEL, PIXEL + b"x"):
        (tmp_path / "a.png").write_bytes(content)
        again = parse(tree.file, tree.content)
        said.append(cast("Any", load_output(output)).further_inputs(image_addresses(again)))
    assert len(set(said)) == 3


def test_the_fonts_are_told_apart_by_their_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "fontpkg_of_a_test"
    package.mkdir()
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    point = EntryPoint("test", package.name, fonts.FONT_PACKAGES)
    monkeypatch.setattr(fonts, "entry_points", lambda **_: [point])
    said = []
    for content in (b"", b"one", b"three"):
        if content:
            (package / "a.ttf").write_bytes(content)
        fonts.fingerprint.cache_clear()
        said.append(fonts.fingerprint())
    fonts.fingerprint.cache_clear()
    assert len(set(said)) == 3


def test_a_link_without_target_is_dropped_and_its_text_kept() -> None:
    root = printed('<p>see <ref target="#nowhere">there</ref></p>')
    assert texts(root, "//@link") == []
    assert texts(root, "//print:text/print:block") == ["see there"]


def test_an_unsafe_link_is_dropped() -> None:
    assert texts(printed('<p><ref target="javascript:alert(1)">x</ref></p>'), "//@link") == []


def test_heading_levels_skip_none() -> None:
    root = printed("<div><div><head>A</head><p>x</p><div><head>B</head><p>y</p></div></div></div>")
    assert texts(root, "//print:text/print:block/@level") == ["2", "3"]


def test_only_signs_that_occur_are_explained() -> None:
    root = printed("<p><supplied>x</supplied></p>")
    assert texts(root, "//print:sign/@meaning") == [
        "words supplied by the editors or the translator"
    ]


@pytest.mark.parametrize(
    "nested",
    [
        ("<p>", '<hi rend="bold">w ', "</hi>", "</p>"),
        ("", "<div><head>w</head>", "</div>", "<p>end</p>"),
        ("<list>", "<item>w <list>", "</list></item>", "<item>end</item></list>"),
        ("<p>", "w<note><p>n ", "</p></note>", "</p>"),
    ],
    ids=["inline", "divisions", "lists", "notes"],
)
def test_nesting_of_a_hundred_levels_becomes_flat(
    nested: tuple[str, str, str, str], grammar: etree.RelaxNG
) -> None:
    before, start, end, after = nested
    deep = document(before + start * 90 + end * 90 + after)
    made = print_document("deep", deep, Publication(title="E"))
    grammar.assertValid(parse_print(made.xml))
    assert missing_words(deep, made.pieces) == ()


SPANS = st.tuples(st.integers(1, 4), st.integers(1, 4))


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(st.lists(SPANS, max_size=4), min_size=1, max_size=4).filter(any))
def test_the_rows_of_any_table_fill_its_grid(rows: list[list[tuple[int, int]]]) -> None:
    cells = [[f'<cell cols="{cols}" rows="{down}">x</cell>' for cols, down in row] for row in rows]
    body = "".join(f"<row>{''.join(row)}</row>" for row in cells)
    table = printed(f"<table>{body}</table>").find(".//print:table", NAMESPACES)
    assert table is not None
    area = sum(int(c.get("columns", "")) * int(c.get("rows", "")) for row in table for c in row)
    assert area == int(table.get("columns", "")) * len(rows)


def test_a_short_row_stays_a_row_of_its_own() -> None:
    root = printed(
        "<table><row><cell>cod</cell><cell>4</cell></row>"
        "<row><cell>tar</cell><cell>6</cell><cell>sold</cell></row></table>"
    )
    rows = root.findall(".//print:row", NAMESPACES)
    assert [texts(row, "print:cell") for row in rows] == [["cod", "4", ""], ["tar", "6", "sold"]]


@pytest.mark.parametrize(
    ("source", "said"),
    [("a {} b", "a[1] b"), ("a{} b", "a[1] b"), ("a {}b", "a [1]b"), ("a {}, b", "a [1], b")],
)
def test_the_call_of_a_note_has_a_space_on_one_side(source: str, said: str) -> None:
    body = source.format('<note place="foot">m</note>')
    made = publish_document("text", "t", document(f"<p>{body}</p>"), Publication(title="E"))
    assert f"\n{said}\n" in made.files["t.txt"].decode()


CALL = '<note place="foot">n</note>'
MARGINAL = '<note place="margin">m</note>'
PIECES_OF_A_LINE = st.sampled_from(
    [
        "alpha",
        "beta",
        " ",
        "\n ",
        "<hi>c</hi>",
        "<hi> d </hi>",
        "<anchor/>",
        "<pb/>",
        CALL,
        MARGINAL,
    ]
)


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(PIECES_OF_A_LINE, min_size=1, max_size=8))
def test_a_line_has_the_spaces_of_the_source_with_calls_close_to_words(pieces: list[str]) -> None:
    line = "".join(pieces) + "x"
    without = line.replace(MARGINAL, "").replace(CALL, "*")
    source = " ".join(re.sub(r"<[^>]*>", "", without).split())
    (block,) = printed(f"<p>{line}</p>").iterfind(".//print:text/print:block", NAMESPACES)
    note, margin = (f"{{{NAMESPACES['print']}}}{name}" for name in ("note", "margin"))
    runs = ("*" if run.tag == note else run.text or "" for run in block if run.tag != margin)
    assert "".join(runs).strip() == re.sub(r" (\*+)(?= )", r"\1", source)


def test_words_in_the_margin_are_parted_from_the_line() -> None:
    note = '<note place="margin">m</note>'
    body = f"<p>a {note} b{note} c</p>"
    made = publish_document("text", "t", document(body), Publication(title="E"))
    assert "a [in the margin: m] b [in the margin: m] c" in made.files["t.txt"].decode()


def test_a_number_that_the_item_itself_says_is_not_said_again() -> None:
    items = '<item n="1">1. Your</item><item n="2">Mine</item><item n="3)">(3) ours</item>'
    assert texts(printed(f"<list>{items}</list>"), "//@marker") == ["2"]
    assert texts(printed('<list type="ordered"><item>1. a</item></list>'), "//@marker") == []


def test_stage_directions_within_a_paragraph_are_italic() -> None:
    root = printed("<p>Go <stage>exit</stage></p><stage>All leave</stage>")
    assert texts(root, "//print:text//print:t[@style = 'italic']") == ["exit"]


def test_the_head_writes_dates_out_and_names_the_writer() -> None:
    letter = (
        '<profileDesc><correspDesc><correspAction type="sent"><date>1871-03-03</date>'
        "</correspAction></correspDesc></profileDesc></teiHeader>"
    )
    content = SHELL.format("<p>a</p>").replace("</teiHeader>", letter)
    content = content.replace("</title>", "</title><author>Ann Writer</author>")
    made = print_document("t", parse("t.xml", content.encode()), Publication(title="E"))
    fields = texts(parse_print(made.xml), "//print:front/print:field")
    assert fields == ["Ann Writer", "3 March 1871"]


def test_entries_of_an_apparatus_stand_apart() -> None:
    entries = "<app><note>one</note></app><app><lem>l</lem><rdg>r</rdg></app>"
    root = printed(f"<div><listApp>{entries}</listApp></div>")
    assert texts(root, "//print:text/print:block") == ["one", "l [r]"]


INLINE = [
    "hi",
    "del",
    "add",
    "supplied",
    "unclear",
    "persName",
    "foreign",
    "q",
    "seg",
    "note",
    "ref",
]
BLOCKS = ["p", "ab", "quote", "head", "l", "lg", "list", "item", "div", "closer", "stamp", "cit"]


@st.composite
def trees(draw: st.DrawFn, depth: int = 3) -> str:
    pieces = []
    for _ in range(draw(st.integers(1, 3))):
        pieces.append(draw(st.sampled_from(["alpha ", "beta", " ", "gamma\n", "&amp;δ "])))
        if depth:
            name = draw(st.sampled_from(INLINE + BLOCKS))
            pieces.append(f"<{name}>{draw(trees(depth=depth - 1))}</{name}>")
    return "".join(pieces)


@settings(max_examples=examples(40), deadline=None)
@given(trees())
def test_any_mixture_of_elements_keeps_its_text_and_the_grammar(body: str) -> None:
    tree = document(f"<p>{body}</p>")
    made = parse_print(print_document("any", tree, Publication(title="E")).xml)
    etree.RelaxNG(etree.parse(SCHEMAS / "print.rng")).assertValid(made)
    source = "".join(texts(tree.root, "//*[local-name()='body']"))
    shown = "".join(texts(made, "//print:text//print:t[not(@sign)]/text()"))
    assert sorted(re.sub(r"\s", "", shown)) == sorted(re.sub(r"\s", "", source))


@pytest.mark.parametrize("kind", ["isicily", "schnitzler-briefe", "tei-test", "frus-history"])
def test_published_editions_lose_no_word(
    kind: str, data_folder: Path, grammar: etree.RelaxNG
) -> None:
    files = sorted((data_folder / "corpora" / kind).glob("*.xml"), key=lambda p: p.stat().st_size)
    for file in files[:: max(1, len(files) // 4)][:4]:
        if file.stat().st_size > 100_000:
            continue
        tree = parse_file(file)
        made = print_document(file.stem, tree, Publication(title="E"))
        grammar.assertValid(parse_print(made.xml))
        assert missing_words(tree, made.pieces) == ()


@pytest.mark.parametrize(
    "said",
    [
        "<index><term>Vienna</term></index>",
        "<spanGrp><span>Vienna</span></spanGrp>",
        "<interpGrp><interp>Vienna</interp></interpGrp>",
    ],
)
def test_words_about_other_elements_stand_behind_the_text(said: str) -> None:
    blocks = texts(printed(f"<p>Dear {said}Anna</p><p>Yours</p>"), "//print:text/print:block")
    assert [block.strip() for block in blocks] == [
        "Dear Anna",
        "Yours",
        "",
        "Index entries and interpretations",
        "Vienna",
    ]


def test_a_document_within_a_corpus_has_its_title_in_print() -> None:
    head = "<teiHeader><fileDesc><titleStmt><title>{}</title></titleStmt></fileDesc></teiHeader>"
    inner = "<TEI>{}<text><body><p>{}</p></body></text></TEI>"
    parts = "".join(
        inner.format(head.format(title), title.lower()) for title in ("First", "Second")
    )
    corpus = (
        f'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">{head.format("All")}{parts}</teiCorpus>'
    )
    made = print_document("test", parse("test.xml", corpus.encode()), Publication(title="E")).xml
    found = texts(parse_print(made), "//print:text/print:block")
    assert found == ["First", "first", "Second", "second"]
