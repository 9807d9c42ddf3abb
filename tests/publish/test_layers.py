"""The layers of a text in print: as on the web page, and every word of the one that is chosen."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree, html

from toolkit.publish.completeness import words_in
from toolkit.publish.layers import Layer, of_layer
from toolkit.publish.outputs import html as page
from toolkit.publish.outputs import pdf
from toolkit.publish.prepare import prepare
from toolkit.publish.print_settings import PrintSettings
from toolkit.publish.printing import (
    Printed,
    parse_print,
    print_document,
    printed_texts,
    unprinted_words,
)
from toolkit.publish.publication import Publication
from toolkit.tei.parse import ParsedDocument, parse

SHELL = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc><titleStmt>'
    "<title>T</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/>"
    "</sourceDesc></fileDesc></teiHeader><text><body>{}</body></text></TEI>"
)
EVERYTHING = """<p>the <choice><sic>cta</sic><corr>cat</corr></choice> went
  <choice><orig>vp</orig><reg>up</reg></choice> to
  <choice><abbr>Wm<am>.</am></abbr><expan>W<ex>illia</ex>m</expan></choice>
  <choice><am>7</am><ex>and</ex></choice> <del>his</del>, w<subst>
    <del>a</del>
    <add>o</add>
  </subst>rd; <add>above</add> <supplied>lost</supplied> <sic>odd</sic><lb/>then
  li<lb break="no"/>ne <corr>mended</corr>, <expan>F<ex>ec</ex>it</expan> <fw>catchword</fw>
  <choice><orig>Ri</orig><reg type="romanisation">Li</reg></choice> <unclear>dim</unclear>
  <delSpan spanTo="#end"/>struck</p><p>out <anchor xml:id="end"/>kept</p>"""
LAYERS: tuple[Layer, ...] = ("both", "reading", "diplomatic")
HIDDEN = {
    "both": (),
    "reading": ("layer-diplomatic",),
    "diplomatic": ("layer-reading", "supplied", "ex"),
}
"""What the style sheet of the pages hides in each view (xslt/assets/edition.css)."""


def document(body: str) -> ParsedDocument:
    return parse("test.xml", SHELL.format(body).encode())


def publication(layer: Layer) -> Publication:
    return Publication(title="E", language="en", print=PrintSettings(layer=layer))


def printed(body: str, layer: Layer) -> Printed:
    return print_document("test", document(body), publication(layer))


def paragraphs(body: str, layer: Layer) -> str:
    root = parse_print(printed(body, layer).xml)
    blocks = root.iter("{urn:tei-toolkit:print}block")
    return "\n".join("".join(map(str, block.itertext())) for block in blocks)


def page_words(body: str, layer: Layer) -> Counter[str]:
    """Return the words of the web page in one view, without what the edition adds."""
    made = page.publish_document("test", document(body), Publication(title="E", language="en"))
    tree: Any = html.document_fromstring(made.files["test.html"])
    reading = tree.get_element_by_id("ed:text")
    unseen = {*HIDDEN[layer], "ed", "self"}
    for element in list(reading.iter(etree.Element)):
        classes = element.get("class", "").split()
        if element.tag == "p" or ("lb" in classes and "break-no" not in classes):
            element.tail = f"\n{element.tail or ''}"
        if unseen.intersection(classes):
            element.drop_tree()
    return Counter(words_in("".join(map(str, reading.itertext()))))


def print_words(body: str, layer: Layer) -> Counter[str]:
    """Return the words of the print text, without the signs of the edition."""
    root = parse_print(printed(body, layer).xml)
    for sign in root.findall(".//{*}t[@sign]"):
        sign.text = ""
    for block in root.iter("{*}block", "{*}br"):
        block.tail = "\n"
    text = root.find("{*}text")
    assert text is not None
    return Counter(words_in("".join(map(str, text.itertext()))))


@pytest.mark.parametrize("layer", LAYERS)
def test_print_has_the_words_of_the_web_page_in_the_same_view(layer: Layer) -> None:
    assert print_words(EVERYTHING, layer) == page_words(EVERYTHING, layer)


def test_the_reading_text_runs_on_without_signs_of_the_source() -> None:
    said = paragraphs(
        "<p>on <del>Monday</del>, <add>a</add> <sic>dya</sic><lb/>in J<lb break='no'/>uly</p>",
        "reading",
    )
    assert "on, a dya in July" in said


def test_the_diplomatic_text_is_without_what_editors_add() -> None:
    said = paragraphs(
        "<p>a <choice><abbr>ltr</abbr><expan>letter</expan></choice> f<supplied>ro</supplied>m "
        "<sic>hre</sic></p>",
        "diplomatic",
    )
    assert "a ltr fm hre" in said


def test_the_legend_shows_the_signs_of_the_layer_only() -> None:
    body = "<p>f<supplied>ro</supplied>m <del>her</del></p>"
    meanings = {
        layer: [
            sign.get("meaning") for sign in parse_print(printed(body, layer).xml).iter("{*}sign")
        ]
        for layer in LAYERS
    }
    assert len(meanings["both"]) == 2
    assert meanings["both"] == meanings["reading"] + meanings["diplomatic"]


def test_a_choice_of_readings_of_one_kind_keeps_them_all() -> None:
    body = "<p><choice><unclear>cat</unclear><unclear>cut</unclear></choice></p>"
    assert all(
        "cat" in paragraphs(body, layer) and "cut" in paragraphs(body, layer) for layer in LAYERS
    )


@pytest.mark.parametrize("layer", ["reading", "diplomatic"])
def test_a_lost_word_of_the_layer_is_told_with_its_line(layer: Layer) -> None:
    body = "<p>one</p>\n<p>two <choice><sic>tow</sic><corr>too</corr></choice></p>"
    made = printed(body, layer)
    whole = replace(made, pieces=tuple(piece for piece in made.pieces if "two" not in piece))
    (found,) = unprinted_words(document(body), whole, name="PDF")
    assert (found.line, found.message) == (2, "“two” is missing from the PDF")
    assert unprinted_words(document(body), made, name="PDF") == ()


@pytest.mark.parametrize("layer", ["reading", "diplomatic"])
def test_every_word_of_the_layer_is_in_the_pdf(layer: Layer) -> None:
    assert not pdf.publish_document("a", document(EVERYTHING), publication(layer)).diagnostics


def test_a_text_says_which_layer_it_shows() -> None:
    said = printed_texts(printed("<p>a</p>", "reading").xml)
    assert any("for reading" in text for text in said)


def test_the_header_is_that_of_the_document_in_every_layer() -> None:
    source = SHELL.format("<p>a</p>").replace("<title>T", "<title>T<supplied>h</supplied>")
    prepared = prepare(parse("a.xml", source.encode()), Publication(title="E"))
    assert "<supplied" in of_layer(prepared, "diplomatic")
