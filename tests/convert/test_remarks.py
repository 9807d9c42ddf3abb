"""What editors write into brackets beside the text: remarks, signs without a word, notes."""

import re

import pytest

from toolkit.convert import Conversion, Publication, convert, load_convention
from toolkit.convert.ledger import Ledger, Tile, TileKind
from toolkit.convert.proof import prove
from toolkit.convert.tree import Span
from toolkit.diagnostics import DiagnosticError, Severity, SourceText
from toolkit.tei.names import TEI_NAMESPACE


def _convert(text: str) -> Conversion:
    whole = f"First of all, this.\n\n{text}\n\nThe end of it all."
    return convert(SourceText("a.txt", whole), load_convention("default"), Publication("", ""))


def _codes(conversion: Conversion) -> list[str]:
    return [found.code for found in conversion.diagnostics]


def test_a_remark_that_is_taken_for_supplied_words_is_noted_once() -> None:
    conversion = _convert("[Exit Mary.] Then [very] soon [exit Mary.] [to the audience] ended.")
    assert _codes(conversion) == ["C110", "C110"]
    assert {found.severity for found in conversion.diagnostics} == {Severity.NOTE}


@pytest.mark.parametrize(
    "text",
    ["[sic]", "word — [sic]", "[illegible] [sic]", "Then 3\t[?] x", "[?]", "|a|b|\n|c|[?]|"],
)
def test_a_sign_without_a_word_stays_as_text_and_is_reported(text: str) -> None:
    conversion = _convert(text)
    assert _codes(conversion) == ["C109"]
    assert not re.search(r"<(?:sic|supplied|unclear)\b", conversion.xml)
    assert re.search(r"\[(?:sic|\?)\]", conversion.xml)
    assert conversion.xml.count("\t") == text.count("\t")


def test_a_note_whose_author_is_named_points_to_him_and_the_header_has_him() -> None:
    xml = _convert("One [Translator's note: a pun] two.").xml
    assert '<note type="editorial" resp="#translator">a pun</note>' in xml
    assert 'xml:id="translator"' in xml


def test_what_is_set_in_behind_a_note_goes_on_with_it() -> None:
    conversion = _convert("One[1] two.\n\n[1] A note\n\n    and on.")
    assert '<note n="1" place="foot"><p>A note</p><p>and on.</p></note>' in conversion.xml
    assert conversion.diagnostics == ()


def test_a_paragraph_between_two_notes_is_reported_unless_it_is_the_text_of_a_page() -> None:
    assert _codes(_convert("One[1] two[2].\n\n[1] a\n\nAnd on.\n\n[2] b")) == ["C111"]
    assert _codes(_convert("One[1].\n\n[1] a\n\nTwo[2].\n\n[2] b")) == []


def test_a_note_without_call_is_one_finding() -> None:
    assert _codes(_convert("[3] A note nobody calls.")) == ["C104"]


def test_all_lines_of_a_block_that_is_set_in_are_treated_alike() -> None:
    xml = _convert("    One\n    two\n    three").xml
    assert "<p>One\n<lb/>two\n<lb/>three</p>" in xml


def test_signs_of_other_markup_are_reported() -> None:
    assert _codes(_convert("Some *italics* and _x_, but 2 * 3 * 4 and snake_case_x.")) == [
        "C101",
        "C101",
    ]


def test_the_proof_fails_if_a_delimiter_holds_more_than_its_sign() -> None:
    source = SourceText("a.txt", "ab [sic]")
    tiles = (
        Tile(0, 1, TileKind.TEXT, "text", "a", "text", 0, 1),
        Tile(1, 8, TileKind.DELIMITER, "sic", "b [sic]"),
    )
    xml = f'<TEI xmlns="{TEI_NAMESPACE}"><teiHeader/><text><body><p>a</p></body></text></TEI>'
    with pytest.raises(DiagnosticError) as failed:
        prove(source, Ledger("a.txt", tiles), xml, [Span(3, 8)])
    (found,) = failed.value.diagnostics
    assert (found.code, found.column) == ("C003", 2)
    assert "sic" in found.message
