"""The promises of xslt/prepare.xsl."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from toolkit.publish import DocumentEntry, Publication, Register
from toolkit.publish.citable import PREPARED_NAMESPACE, identified
from toolkit.publish.prepare import prepare
from toolkit.tei.parse import parse

SAMPLES = Path(__file__).parent / "samples"
PERSONS = Register("persons", (SAMPLES / "persons.xml").read_bytes())
PUBLICATION = Publication(
    title="Letters", registers=(PERSONS,), documents=(DocumentEntry("other", "Other"),)
)
TEI = "http://www.tei-c.org/ns/1.0"


def prepared(
    body: str, header: str = "", *, publication: Publication = PUBLICATION
) -> etree._Element:
    source = (
        f'<TEI xmlns="{TEI}"><teiHeader>{header}</teiHeader><text><body>{body}</body></text></TEI>'
    )
    return etree.fromstring(prepare(parse("a.xml", source.encode()), publication))


def values(root: etree._Element, name: str, attribute: str) -> list[str | None]:
    return [e.get(f"{{{PREPARED_NAMESPACE}}}{attribute}") for e in root.iter(f"{{{TEI}}}{name}")]


def test_the_text_stays_exactly_as_it_is() -> None:
    source = (SAMPLES / "letter.xml").read_bytes()
    document = parse("letter.xml", source)
    result = etree.fromstring(prepare(document, PUBLICATION))
    assert list(result.itertext()) == list(document.root.itertext())


def test_paragraphs_get_stable_identifiers_by_path() -> None:
    root = prepared("<div><p>a</p><p xml:id='own'>b</p></div><div><p>c</p></div>")
    assert values(root, "p", "id") == ["div1.p1", "own", "div2.p1"]


def test_an_identifier_by_path_gives_way_to_an_xml_id() -> None:
    root = prepared("<p>a</p><p xml:id='p1'>b</p>")
    assert values(root, "p", "id") == ["p1_", "p1"]


def test_bodies_of_several_texts_are_told_apart() -> None:
    text = "<text><body><p>x</p></body></text>"
    content = f'<TEI xmlns="{TEI}"><text><group>{text}{text}</group></text></TEI>'.encode()
    root = etree.fromstring(prepare(parse("a.xml", content), Publication("T")))
    assert values(root, "body", "id") == ["body1", "body2"]
    assert values(root, "p", "id") == ["body1.p1", "body2.p1"]


def test_white_space_and_colons_in_an_xml_id_are_mended() -> None:
    source = f"<TEI xmlns='{TEI}'><text><p xml:id=' a:b '>x</p><p xml:id=''>y</p></text></TEI>"
    root = identified(parse("a.xml", source.encode()).root)
    assert values(root, "p", "id") == ["a_b", "p2"]


def test_pages_are_identified_by_their_number_and_doubles_are_told_apart() -> None:
    root = prepared("<p><pb n='2'/>a<pb n='2'/>b<pb/></p>")
    assert values(root, "pb", "id") == ["page-2", "page-2.2", "page-break"]


def test_notes_are_numbered_within_their_series_and_editors_take_letters() -> None:
    root = prepared(
        "<p>a<note place='foot'>x</note><note type='editorial'>y</note>"
        "<note place='foot'>z</note><note place='margin'>m</note></p>"
    )
    assert values(root, "note", "series") == ["foot", "editor", "foot", "author"]
    assert values(root, "note", "n") == ["1", "a", "2", None]
    assert values(root, "note", "placement") == ["call", "call", "call", "margin"]


def test_the_numbers_of_the_source_are_kept_where_every_note_has_one() -> None:
    root = prepared("<p>a<note n='*'>x</note><note n='†'>y</note></p>")
    assert values(root, "note", "n") == ["*", "†"]


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('rend="underline(2)"', "underline-2"),
        ('rend="bold italic"', "bold italic"),
        ('rend="BOLD; it"', "bold italic"),
        ('rend="colour(red)"', "colour-red"),
        ('rend="font-weight: bold; color: red"', "bold colour-red"),
        ('style="text-decoration: underline wavy"', "underline-wavy"),
        ('rendition="#r"', "small-caps"),
        ('rendition="simple:superscript"', "superscript"),
        ('rend="nothing-we-know"', "italic"),
        ("", "italic"),
        ('rend="none"', None),
    ],
)
def test_renditions_are_read_into_a_closed_vocabulary(
    attributes: str, expected: str | None
) -> None:
    header = (
        '<encodingDesc><tagsDecl><rendition xml:id="r" scheme="css">font-variant: small-caps'
        "</rendition></tagsDecl></encodingDesc>"
    )
    assert values(prepared(f"<p><hi {attributes}>a</hi></p>", header), "hi", "rend") == [expected]


def test_responsibility_is_resolved_to_names() -> None:
    header = (
        "<fileDesc><titleStmt><title/><respStmt xml:id='t'><resp>translation</resp>"
        "<persName>Nils Holm</persName></respStmt></titleStmt></fileDesc>"
    )
    root = prepared("<p><supplied resp='#t registers/persons.xml#berg'>a</supplied></p>", header)
    assert values(root, "supplied", "resp") == ["Nils Holm, Anna Berg"]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("registers/persons.xml#berg", "registers/persons.html#berg"),
        ("../registers/persons.xml#berg", "registers/persons.html#berg"),
        ("#berg", "registers/persons.html#berg"),
        ("#here", "#here"),
        ("other.xml#x", "other.html#x"),
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("#nowhere", None),
        ("elsewhere.xml#x", None),
        ("javascript:alert(1)", None),
        ("JAVASCRIPT:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("//example.org", None),
    ],
)
def test_only_what_is_safe_and_leads_somewhere_becomes_a_link(
    target: str, expected: str | None
) -> None:
    root = prepared(f"<p xml:id='here'><ref target='{target}'>a</ref></p>")
    assert values(root, "ref", "href") == [expected]


def test_a_private_scheme_is_resolved_by_its_definition() -> None:
    header = (
        "<encodingDesc><listPrefixDef><prefixDef ident='psn' matchPattern='([a-z]+)' "
        "replacementPattern='registers/persons.xml#$1'/></listPrefixDef></encodingDesc>"
    )
    root = prepared("<p><persName ref='psn:berg'>B</persName></p>", header)
    assert values(root, "persName", "href") == ["registers/persons.html#berg"]


def test_every_alternative_of_a_pattern_must_match_the_whole_reference() -> None:
    header = (
        "<encodingDesc><listPrefixDef><prefixDef ident='psn' matchPattern='x([a-z]+)|y([a-z]+)' "
        "replacementPattern='registers/persons.xml#$1$2'/></listPrefixDef></encodingDesc>"
    )
    root = prepared("<p><rs ref='psn:xberg'>B</rs><rs ref='psn:ayberg'>B</rs></p>", header)
    assert values(root, "rs", "href") == ["registers/persons.html#berg", None]


def test_a_pattern_in_the_language_of_xml_schema_is_understood() -> None:
    header = (
        "<encodingDesc><listPrefixDef><prefixDef ident='psn' matchPattern='\\i(\\c+)' "
        "replacementPattern='registers/persons.xml#$1'/></listPrefixDef></encodingDesc>"
    )
    root = prepared("<p><rs ref='psn:xberg'>B</rs></p>", header)
    assert values(root, "rs", "href") == ["registers/persons.html#berg"]


@pytest.mark.parametrize("reference", ["#b%65rg", "registers/p%65rsons.xml#berg", "#berg%"])
def test_references_are_read_without_their_percent_encoding(reference: str) -> None:
    root = prepared(f"<p><rs ref='{reference}'>B</rs></p>")
    expected = None if reference.endswith("%") else "registers/persons.html#berg"
    assert values(root, "rs", "href") == [expected]


def test_names_know_the_preferred_name_and_kind_of_their_entry() -> None:
    root = prepared("<p><rs ref='registers/persons.xml#berg'>she</rs></p>")
    assert values(root, "rs", "entry") == ["Anna Berg"]
    assert values(root, "rs", "kind") == ["person"]


def test_language_and_direction_are_said_where_they_change() -> None:
    root = prepared(
        "<p xml:lang='ar'>a <foreign xml:lang='ar-Latn'>b</foreign></p><p xml:lang='en'>c</p>"
        "<p xml:lang='deu'>d</p><p xml:lang='\" onclick'>e</p>"
    )
    assert values(root, "p", "lang") == ["ar", None, "de", None]
    assert values(root, "p", "dir") == ["rtl", None, "ltr", None]
    assert values(root, "foreign", "dir") == ["ltr"]


def test_attributes_in_the_prepared_namespace_are_not_taken_from_the_document() -> None:
    root = prepared("<p xmlns:p='urn:tei-toolkit:prepared'><ref p:href='javascript:x'>a</ref></p>")
    assert values(root, "ref", "href") == [None]


def test_what_is_struck_out_across_elements_is_marked_word_by_word() -> None:
    root = prepared(
        "<p>a <delSpan spanTo='#e' hand='#h'/>b <hi>c</hi></p><p>d</p>"
        "<p>e<anchor xml:id='e'/> f</p>"
    )
    assert ["".join(map(str, d.itertext())) for d in root.iter(f"{{{TEI}}}del")] == [
        "b ",
        "c",
        "d",
        "e",
    ]
    assert "".join(map(str, root.itertext())) == "a b cde f"


def test_spans_that_cross_are_marked_in_each_other() -> None:
    root = prepared(
        "<p><addSpan spanTo='#b'/>1<damageSpan spanTo='#c'/>2<anchor xml:id='b'/>3"
        "<anchor xml:id='c'/>4</p>"
    )
    marked = [
        (element.tag.rpartition("}")[2], "".join(map(str, element.itertext())))
        for element in root.iter(f"{{{TEI}}}add", f"{{{TEI}}}damage")
    ]
    assert marked == [("add", "1"), ("add", "2"), ("damage", "2"), ("damage", "3")]


def test_a_span_that_ends_nowhere_or_before_itself_marks_nothing() -> None:
    root = prepared("<p><anchor xml:id='e'/>a<delSpan spanTo='#e'/>b<delSpan spanTo='#no'/>c</p>")
    assert list(root.iter(f"{{{TEI}}}del")) == []


def test_witnesses_are_called_by_their_sigla() -> None:
    witnesses = (
        "<fileDesc><sourceDesc><listWit><witness xml:id='w1'><abbr type='siglum'>Q 1</abbr> First"
        "</witness><witness xml:id='w2' n='F'/><witness xml:id='w3'/></listWit></sourceDesc>"
        "</fileDesc>"
    )
    root = prepared("<p><app><rdg wit='#w1 #w2 #w3 #w4'>x</rdg></app></p>", witnesses)
    assert values(root, "rdg", "sigla") == ["Q\u00a01 F w3 w4"]


def test_a_change_of_hand_names_the_hand() -> None:
    hands = "<handNotes><handNote xml:id='h'>red pencil</handNote></handNotes>"
    body = "<p>a <handShift new='#h'/>b</p>"
    root = prepared(body, f"<profileDesc>{hands}</profileDesc>")
    assert values(root, "handShift", "resp") == ["red pencil"]
