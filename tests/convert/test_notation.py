"""Notation that overlaps, crosses paragraphs, is misspelt or unbalanced; white space; footnotes."""

import re

import pytest

from toolkit.convert import Conversion, Publication, convert, load_convention
from toolkit.convert.ledger import TileKind
from toolkit.diagnostics import SourceText


def _convert(text: str, profile: str = "default") -> Conversion:
    return convert(SourceText("a.txt", text), load_convention(profile), Publication("", ""))


def _body(conversion: Conversion) -> list[str]:
    """Return the lines of the div, without the indentation of the layout."""
    div = re.search(r"<div[^>]*>\n(.*)\n      </div>", conversion.xml, re.DOTALL)
    assert div
    return [line.strip() for line in div[1].split("\n")]


def test_a_deletion_across_paragraphs_is_cut_and_its_pieces_joined() -> None:
    conversion = _convert("One ~~two.\n\nThree~~ four.\n\nFive is the end of it.")
    assert _body(conversion)[:2] == [
        '<p>One <del xml:id="del-1.1" rend="strikethrough" next="#del-1.2">two.</del></p>',
        '<p><del xml:id="del-1.2" rend="strikethrough" prev="#del-1.1">Three</del> four.</p>',
    ]
    assert conversion.diagnostics == ()


def test_underlining_that_crosses_an_addition_is_cut() -> None:
    conversion = _convert("a ^b [underlined: c^ d] e\n\nThe end of it all.")
    assert _body(conversion)[0] == (
        '<p>a <add place="above">b <hi xml:id="hi-1.1" rend="underline" next="#hi-1.2">c</hi></add>'
        '<hi xml:id="hi-1.2" rend="underline" prev="#hi-1.1"> d</hi> e</p>'
    )


def test_what_crosses_a_substitution_is_cut_along_its_parts() -> None:
    conversion = _convert("[underlined: a ~~b] c~~ ^d^ e\n\nThe end of it all.")
    body = _body(conversion)[0]
    assert re.fullmatch(
        r"<p><hi [^>]*>a </hi><subst><del [^>]*><hi [^>]*>b</hi> c</del>"
        r'<add place="above">d</add></subst> e</p>',
        body,
    ), body


@pytest.mark.parametrize(
    ("text", "code", "column", "rule"),
    [
        ("a [illegble] b", "C101", 3, "illegible"),
        ("a [undrelined: x] b", "C101", 3, "underlined"),
        ("a [marginn: x] b", "C101", 3, "marginal note"),
        ("a {x} b", "C101", 3, ""),
        ("a [ b", "C102", 3, ""),
        ("a ] b", "C102", 3, ""),
        ("a ^b", "C102", 3, ""),
        ("a ~~b", "C102", 3, ""),
        ("a word.[7]", "C103", 8, ""),
    ],
)
def test_what_is_no_notation_is_kept_and_reported_at_its_place(
    text: str, code: str, column: int, rule: str
) -> None:
    conversion = _convert(f"First of all.\n\n{text}\n\nThe end of it all.")
    (found,) = conversion.diagnostics
    assert (found.code, found.line, found.column) == (code, 3, column)
    assert f"<p>{text}</p>" in conversion.xml
    if rule:
        assert f"“{rule}”" in found.hint


def test_a_note_that_nothing_calls_is_kept_and_reported() -> None:
    conversion = _convert("First of all, this.\n\n[2] A note.\n\nThe end of it all.")
    assert "C104" in {found.code for found in conversion.diagnostics}
    assert "<p>[2] A note.</p>" in conversion.xml


def test_notes_of_each_page_go_to_the_calls_of_their_page() -> None:
    text = "One.[1] Two.\n\n[1] first\n\n[page 2]\n\nThree.[1] Four.\n\n[1] second"
    assert [line for line in _body(_convert(text)) if "<note" in line] == [
        '<p>One.<note n="1" place="foot">first</note> Two.</p>',
        '<p>Three.<note n="1" place="foot">second</note> Four.</p>',
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_makes_the_same_text(line_end: str) -> None:
    text = f"One line{line_end}and another{line_end}{line_end}A second block of it."
    conversion = _convert(text)
    assert _body(conversion)[:2] == ["<p>One line", "<lb/>and another</p>"]
    assert "".join(tile.literal for tile in conversion.ledger.tiles) == text


def test_a_byte_order_mark_and_furniture_are_in_the_ledger_under_their_names() -> None:
    conversion = _convert("\ufeffSkip to content\n\nSome text of it here.", "wilson-center")
    first, second, *_ = conversion.ledger.tiles
    assert (first.kind, first.rule) == (TileKind.WHITESPACE, "byte order mark")
    assert (second.kind, second.rule) == (TileKind.FURNITURE, "web page furniture")
    assert "furniture" in str(conversion.ledger)


def test_unknown_front_matter_is_kept_in_the_header() -> None:
    text = (
        "---\ntitle: 'It''s'\nnaa refs:\n- a: 1\n  b: 2\nlanguage: Klingonish\n---\n\nText of it."
    )
    conversion = _convert(text)
    assert "<title>It's</title>" in conversion.xml
    assert '<note type="metadata" n="naa refs">- a: 1 b: 2</note>' in conversion.xml
    assert [found.code for found in conversion.diagnostics] == ["C108"]


def test_a_sequence_in_front_matter_has_a_value_for_each_item() -> None:
    text = (
        "---\ntitle: T\nsender: [Brook, Anna]\nrecipient:\n  - Anna A\n  - Bert B,\n    of York\n"
        "tags: [x, y z]\n---\n\nText of it."
    )
    conversion = _convert(text)
    assert re.findall(r"<persName[^>]*>(.*)</persName>", conversion.xml) == [
        "[Brook, Anna]",
        "Anna A",
        "Bert B, of York",
    ]
    assert re.findall(r"<term>(.*)</term>", conversion.xml) == ["x", "y z"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("שלום לכולם, זה מכתב.\n\nועוד דבר. Anna", "und-Hebr"),
        ("我們今天收到了你的信。謝謝。", "und-Hani"),
        ("Dear Anna, she said שלום לכולם and left.", "en"),
    ],
)
def test_a_text_in_another_script_is_not_in_the_language_of_the_edition(
    text: str, language: str
) -> None:
    source, convention = SourceText("a.txt", text), load_convention("default")
    made = convert(source, convention, Publication("", "", language="en"))
    assert f'xml:lang="{language}">' in made.xml.partition("<teiHeader")[0]


def test_a_note_that_is_called_twice_is_told_so() -> None:
    (told,) = _convert("A[1]. B[1].\n\n[1] Note.").diagnostics
    assert (told.code, told.column) == ("C103", 2)
    assert "is called more than once" in told.message


def test_lines_of_verse_keep_notation_that_runs_over_them() -> None:
    text = (
        "---\ntitle: T\ngenre: poem\n---\n\nT\n\nFirst ~~line\n  second~~ line\n\n[2 lines missing]"
    )
    assert _body(_convert(text)) == [
        "<head>T</head>",
        "<lg>",
        '<l>First <del xml:id="del-1.1" rend="strikethrough" next="#del-1.2">line</del></l>',
        '<l rend="indent(2)"><del xml:id="del-1.2" rend="strikethrough" prev="#del-1.1">second'
        "</del> line</l>",
        "</lg>",
        '<gap reason="missing" unit="line" quantity="2"/>',
    ]


def test_brackets_nested_beyond_reason_stay_as_text_and_are_reported() -> None:
    conversion = _convert("Begin " + "[a" * 60 + "]" * 60 + " and end.")
    assert "C106" in {found.code for found in conversion.diagnostics}


def test_two_translators_are_both_named_and_what_is_supplied_points_to_them() -> None:
    text = (
        "May 3, 1960\n\nCable from A to B\n\nThe [North] side has replied to it.\n\n"
        "A summary of this document that is long enough to count as one.\n\n"
        "Document Information\n\nPRC FMA 1-2, 3. Translated by Ann Lee and Bo Chan."
    )
    xml = _convert(text, "wilson-center").xml
    assert '<supplied reason="omitted" resp="#translator">North</supplied>' in xml
    assert "<persName>Ann Lee</persName>" in xml
    assert "<persName>Bo Chan</persName>" in xml
    assert xml.count('xml:id="translator"') == 1


def test_punctuation_between_a_word_and_its_sign_is_kept() -> None:
    conversion = _convert("He was maried. [sic] If the wind serves, [?] he\n\nThe end of it all.")
    assert _body(conversion)[0] == (
        '<p>He was <sic>maried</sic>. If the wind <unclear cert="low">serves</unclear>, he</p>'
    )


def test_correspondents_copied_from_the_title_stand_without_the_signs_of_notation() -> None:
    text = (
        "May 3, 1960\n\nCable from the [Chinese] Embassy in [North] Korea to Wang [?] Li\n\n"
        "The reply of the other side has come in to us today.\n\nThe end of it all has come too."
    )
    xml = _convert(text, "wilson-center").xml
    assert '<orgName resp="#toolkit">Chinese Embassy in North Korea</orgName>' in xml
    assert "<title>Cable from the [Chinese] Embassy in [North] Korea to Wang [?] Li</title>" in xml


def test_a_minister_is_a_person_and_a_ministry_an_organisation() -> None:
    text = (
        "---\nsender: Ministry of Supply\nrecipient: Mr R. G. Menzies, Prime Minister\n---"
        "\n\nThe reply has come.\n\nThe end of it all."
    )
    xml = _convert(text).xml
    assert ">Ministry of Supply</orgName>" in xml
    assert "Mr R. G. Menzies, Prime Minister</persName>" in xml


@pytest.mark.parametrize(
    ("correspondent", "element"),
    [
        ("Winston Churchill", "persName"),
        ("Sir Stafford Cripps", "persName"),
        ("Joseph Banks", "persName"),
        ("Councillor Courtenay", "persName"),
        ("The Commissioner of Police", "persName"),
        ("John Church", "persName"),
        ("Mary E. Staff", "persName"),
        ("J. Board", "persName"),
        ("Mr. Bank", "persName"),
        ("Frau Anna Amt", "persName"),
        ("Sir Henry Court", "persName"),
        ("Church", "persName"),
        ("Old Church", "orgName"),
        ("General Staff", "orgName"),
        ("U.S. Court", "orgName"),
        ("World Bank", "orgName"),
        ("Mr Ames, Board of Trade", "orgName"),
        ("Bank of England", "orgName"),
        ("Boards of Trade", "orgName"),
        ("Church Missionary Society", "orgName"),
    ],
)
def test_a_name_that_only_begins_like_a_word_for_an_organisation_is_a_persons(
    correspondent: str, element: str
) -> None:
    text = f"---\nsender: {correspondent}\n---\n\nThe reply has come.\n\nThe end of it all."
    assert f">{correspondent}</{element}>" in _convert(text).xml


def test_a_passage_in_another_script_is_foreign_with_the_language_the_header_names() -> None:
    text = "---\ntitle: T\nlanguage: en\n---\n\nHe wrote Привет, мир to us.\n\nThe end of it all."
    assert '<p>He wrote <foreign xml:lang="und-Cyrl">Привет, мир</foreign> to us.</p>' in _body(
        _convert(text)
    )


def test_a_word_broken_at_a_line_end_goes_on_in_the_next_line() -> None:
    conversion = _convert("They con-\ntinued well-\nNigh all day.\n\nThe end of it all.")
    assert _body(conversion)[:2] == [
        '<p>They con-<lb break="no"/>tinued well-',
        "<lb/>Nigh all day.</p>",
    ]


def test_lines_without_a_fence_are_front_matter_only_if_they_can_be_nothing_else() -> None:
    conversion = _convert("Title: A letter\nFrom: Ann\n\nThe text of it.\n\nThe end.")
    assert "<title>A letter</title>" in conversion.xml
    memo = _convert("From: Ann\nTo: Bob\n\nThe text of it.\n\nThe end.")
    assert "From: Ann" in "".join(_body(memo))


def test_sections_nest_by_the_level_of_their_headings() -> None:
    text = "# ignored as the title\n\nOne text.\n\n## A\n\nTwo.\n\n### B\n\nThree.\n\n## C\n\nFour."
    lines = _body(_convert(text, "dfat"))
    assert lines == [
        "<head>ignored as the title</head>",
        "<p>One text.</p>",
        *("<div>", "<head>A</head>", "<p>Two.</p>"),
        *("<div>", "<head>B</head>", "<p>Three.</p>", "</div>", "</div>"),
        *("<div>", "<head>C</head>", "<p>Four.</p>", "</div>"),
    ]


def test_the_same_archival_reference_stands_once_in_the_header_and_not_in_the_text() -> None:
    text = (
        "---\ntitle: T\nnaa_refs:\n- naa_series: A1838\n  reference: '[AA : A1838, 3107/38]'\n"
        "---\n\nThe text of it.\n\n_[AA : A1838, 3107/38]_\n"
    )
    xml = _convert(text, "dfat").xml
    assert xml.count("3107/38</idno>") == 1
    assert '<idno type="series">A1838</idno>' in xml
    assert "3107" not in xml[xml.index("<body>") :]


def test_letters_in_brackets_that_complete_a_word_are_no_misspelt_keyword() -> None:
    conversion = _convert("We met in Washing[ton] and Wash[ing]ton.\n\nIt is [ton].", "dfat")
    assert conversion.xml.count("<supplied") == 2
    assert [(found.code, found.line) for found in conversion.diagnostics] == [("C101", 3)]


def test_a_call_is_not_taken_twice_and_notes_may_go_on_over_blocks() -> None:
    text = "One [1] two.\n\n1 First\n\nand on.\n\n2 Not called.\n\n[1] Again."
    conversion = _convert(text, "dfat")
    assert conversion.xml.count("<note n=") == 1
    assert "C104" in {found.code for found in conversion.diagnostics}
