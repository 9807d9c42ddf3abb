"""What stands between the words of print: marks, signs and headings that the encoding asks for."""

from __future__ import annotations

import pytest
from lxml import etree

from tests.publish.test_print import NAMESPACES, document, printed, texts
from toolkit.publish import Publication, publish_document
from toolkit.publish.layers import Layer
from toolkit.publish.print_settings import PrintSettings
from toolkit.publish.printing import parse_print, print_document, unprinted_words
from toolkit.tei.parse import parse

BLOCKS = "//print:text/print:block"


def found(root: etree._Element, name: str) -> list[etree._Element]:
    return list(root.iter(f"{{{NAMESPACES['print']}}}{name}"))


def said(body: str) -> list[str]:
    return texts(printed(body), BLOCKS)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("de", "„Ja, ‚so‘ ist es“"), ("en", "“Ja, ‘so’ ist es”"), ("it", "«Ja, “so” ist es»")],
)
def test_quotations_have_the_marks_of_their_language(language: str, expected: str) -> None:
    assert said(f'<p xml:lang="{language}"><q>Ja, <q>so</q> ist es</q></p>') == [expected]


def test_no_mark_is_added_where_the_text_has_some() -> None:
    assert said("<p>“<q>Yes</q>” and <said>‘no’</said></p>") == ["“Yes” and ‘no’"]


def test_the_parts_of_a_reference_are_parted() -> None:
    reference = (
        "<biblStruct><analytic><author><forename>Karl</forename><surname>Schmidt</surname></author>"
        "<title>Ein Aufsatz</title></analytic><monogr><title>Zeitschrift</title><imprint><pubPlace>"
        "Wien</pubPlace><publisher>Verlag</publisher><date>1900</date></imprint></monogr></biblStruct>"
    )
    assert said(f"<listBibl>{reference}</listBibl>") == [
        "Karl Schmidt, Ein Aufsatz, Zeitschrift, Wien: Verlag, 1900"
    ]


def test_the_blocks_of_a_note_begin_lines() -> None:
    note = "<note>So <p>one.</p><p>Two.</p><list><item>a</item><item>b</item></list></note>"
    root = printed(f"<p>Word{note}.</p>")
    for line_end in found(root, "br"):
        line_end.text = "|"
    (block,) = texts(root, "//print:note/print:block")
    assert [line.strip() for line in block.split("|")] == ["So", "one.", "Two.", "a", "b"]


def test_a_hyphen_at_the_end_of_a_line_goes_with_the_line() -> None:
    assert said('<p>Ge-<lb break="no"/>trennt, ge<lb break="no"/>teilt, End-<lb/>Maß</p>')[
        0
    ].startswith("Getrennt, geteilt, End-")


@pytest.mark.parametrize("layer", ["both", "reading"])
def test_a_deletion_that_was_revoked_is_text(layer: Layer) -> None:
    body = document("<p>Die <restore><del>gute</del></restore> <del>böse</del> Tat.</p>")
    made = publish_document(
        "text", "test", body, Publication(title="E", print=PrintSettings(layer=layer))
    )
    text = made.files["test.txt"].decode()
    assert "Die gute" in text
    assert "~~gute~~" not in text


def test_a_column_goes_by_its_page_and_its_letter() -> None:
    root = printed('<p><pb n="1r"/><cb n="a"/>one <cb n="b"/>two <pb n="1v"/>three</p>')
    numbers = [page.get("number") for page in found(root, "page")]
    assert [number for number in numbers if number] == ["1ra", "1rb", "1v"]


def test_the_parts_of_an_inscription_have_headings() -> None:
    body = '<div type="edition"><ab>A</ab></div><div type="apparatus"><p>B</p></div>'
    assert said(body) == ["A", "Apparatus", "B"]


def test_editions_of_one_inscription_are_told_apart() -> None:
    primary = '<div type="edition" subtype="primary"><ab>A</ab></div>'
    simple = '<div type="edition" subtype="simple-lemmatized"><ab>B</ab></div>'
    assert said(primary + simple) == ["Text", "A", "Text (simplified, with lemmata)", "B"]
    assert said(primary) == ["A"]


def test_an_inscription_says_its_place_and_its_date() -> None:
    origin = (
        "<msDesc><msIdentifier><idno>1</idno></msIdentifier><history><origin><origPlace><region>"
        "Sicilia</region><placeName>Halaesa</placeName></origPlace>{}</origin></history></msDesc>"
    )
    for date in ("<origDate>first century</origDate>", '<origDate notBefore="0001"/>'):
        content = document("<p>x</p>").content.decode()
        content = content.replace("<sourceDesc><p/>", f"<sourceDesc>{origin.format(date)}")
        tree = parse("t.xml", content.encode())
        root = parse_print(print_document("t", tree, Publication(title="E")).xml)
        place, told = texts(root, "//print:front/print:field")
        assert place == "Sicilia, Halaesa"
        assert told in ("first century", "not before 1")
        assert (
            unprinted_words(tree, print_document("t", tree, Publication(title="E")), name="PDF")
            == ()
        )


def test_a_paragraph_in_another_direction_begins_at_its_side() -> None:
    root = printed('<p>one</p><p xml:lang="he">שלום עולם</p>')
    assert [block.get("dir") for block in found(root, "block")][-2:] == [None, "rtl"]


def test_only_addresses_make_lines_ragged() -> None:
    root = printed(
        "<p>Donaudampfschifffahrtsgesellschaftskapitän</p><p>https://example.org/a-b-c-d-e-f</p>"
    )
    assert [block.get("ragged") for block in found(root, "block")][-2:] == [None, "yes"]


def test_an_example_in_a_section_is_not_escaped_twice() -> None:
    example = '<egXML xmlns="http://www.tei-c.org/ns/Examples"><![CDATA[<p rend="x">]]></egXML>'
    assert said(example) == ['<p rend="x">']


def test_a_deletion_that_is_underlined_keeps_the_standards_of_the_pdf() -> None:
    body = document('<p><hi rend="underline">one <del>two</del> three</hi></p>')
    made = publish_document("pdf", "test", body, Publication(title="E"))
    assert [each.code for each in made.diagnostics] == []


def test_paragraphs_of_an_item_stand_in_it() -> None:
    root = printed("<list><item><p>one</p><p>two</p></item><item>three<p>four</p></item></list>")
    shown = [(b.get("role"), b.get("marker"), b.get("indent")) for b in found(root, "block")[-4:]]
    assert shown == [
        ("item", "•", None),
        ("paragraph", None, "1"),
        ("item", "•", None),
        ("paragraph", None, "1"),
    ]


def test_pictures_stand_in_the_line_and_in_figures() -> None:
    root = printed(
        '<p>a <graphic url="sign.png"/> b</p><figure><graphic url="1.png"/><graphic url="2.png"/>'
        "<head>Both</head></figure>"
    )
    assert [each.get("source") for each in found(root, "picture")] == ["sign.png"]
    figures = found(root, "figure")
    assert [each.get("source") for each in figures] == ["1.png", "2.png"]
    assert ["".join(map(str, each.itertext())) for each in figures] == ["", "Both"]
    body = document('<p>a <graphic url="sign.png"/> b</p>')
    made = publish_document("text", "test", body, Publication(title="E", language="en"))
    assert "a [Image] b" in made.files["test.txt"].decode()


def test_a_note_in_a_note_takes_no_number_of_another() -> None:
    root = printed("<p>a<note>one<note>in it</note></note> b<note>two</note></p>")
    assert [note.get("number") for note in found(root, "note")] == ["1", "2"]


def test_a_reference_without_words_says_what_it_refers_to() -> None:
    root = printed('<p>a<note><ref target="1917-02-07"/>.</note></p>')
    assert texts(root, "//print:note/print:block") == ["1917-02-07."]


def test_line_separators_of_unicode_are_white_space() -> None:
    assert said("<p>one\u2028two</p>") == ["one two"]


def test_text_tells_catchwords_and_pages_within_words() -> None:
    body = document('<p>nor<pb n="2" break="no"/>mal <fw type="catch">und</fw> end</p>')
    made = publish_document("text", "test", body, Publication(title="E", language="en"))
    assert "nor[page 2]mal [catchword: und] end" in made.files["test.txt"].decode()
    assert made.diagnostics == ()
