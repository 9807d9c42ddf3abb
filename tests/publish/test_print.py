"""The print vocabulary: its grammar, its content, nothing lost."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from toolkit.publish.printing import incomplete, parse_print, print_document
from toolkit.publish.publication import Publication, Register
from toolkit.resources import SCHEMAS
from toolkit.tei.parse import ParsedDocument, parse, parse_file

HERE = Path(__file__).parent
SAMPLE = HERE / "samples" / "print-features.xml"
EXPECTED = HERE / "expected" / "print-features.print.xml"
NAMESPACES = {"print": "urn:tei-toolkit:print"}
SHELL = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc><titleStmt>'
    "<title>T</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/>"
    "</sourceDesc></fileDesc></teiHeader><text><body>{}</body></text></TEI>"
)


def edition(repository: Path) -> Publication:
    folder = repository / "tei" / "registers"
    registers = tuple(Register(p.stem, p.read_text("utf-8")) for p in sorted(folder.glob("*.xml")))
    return Publication(title="Sample edition", registers=registers)


def document(body: str) -> ParsedDocument:
    return parse("test.xml", SHELL.format(body).encode())


def printed(body: str) -> etree._Element:
    return parse_print(print_document("test", document(body), Publication(title="E")))


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
    made = print_document("print-features", parse_file(SAMPLE), edition(repository))
    assert one_block_a_line(made) == EXPECTED.read_text("utf-8")


def test_the_sample_obeys_the_grammar(repository: Path, grammar: etree.RelaxNG) -> None:
    made = print_document("print-features", parse_file(SAMPLE), edition(repository))
    grammar.assertValid(parse_print(made))


def test_no_word_of_the_sample_is_lost(repository: Path) -> None:
    sample = parse_file(SAMPLE)
    assert incomplete(sample, print_document("s", sample, edition(repository)), name="x") == ()


def test_white_space_is_collapsed_over_the_borders_of_elements() -> None:
    root = printed("<p>  a <hi> b</hi>\n <hi>c </hi>  d<lb/> e </p>")
    assert texts(root, "//print:text/print:block") == ["a b c de"]


def test_a_word_broken_over_lines_is_joined() -> None:
    root = printed('<p>opin\n  <lb break="no"/>ion</p>')
    assert texts(root, "//print:text/print:block") == ["opinion"]


def test_a_page_break_between_paragraphs_goes_into_the_next() -> None:
    root = printed('<p>a</p><pb n="2"/><p>b</p>')
    assert texts(root, "//print:block[print:page/@number='2']") == ["b"]


def test_both_layers_of_a_choice_are_shown() -> None:
    root = printed("<p><choice><orig>Ri</orig><reg>Li</reg></choice></p>")
    assert texts(root, "//print:text/print:block") == ["Ri [Li]"]


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
    assert texts(root, "//print:sign/@meaning") == ["supplied by the editor or translator"]


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
    grammar.assertValid(parse_print(made))
    assert incomplete(deep, made, name="x") == ()


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


@settings(max_examples=60, deadline=None)
@given(trees())
def test_any_mixture_of_elements_keeps_its_text_and_the_grammar(body: str) -> None:
    tree = document(f"<p>{body}</p>")
    made = parse_print(print_document("any", tree, Publication(title="E")))
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
        grammar.assertValid(parse_print(made))
        assert incomplete(tree, made, name="x") == ()
