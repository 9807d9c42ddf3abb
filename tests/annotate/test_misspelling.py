"""Words that are alike to a form: what makes them so, and what becomes of them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.annotate import Registers, annotate, read_registers
from toolkit.annotate.misspelling import Misspelling
from toolkit.tei.parse import parse

REGISTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><listPerson>
<person xml:id="hh"><persName>Hofmannsthal, Hugo</persName></person>
<person xml:id="gh"><persName>Hoffmann, Gerda</persName></person>
</listPerson></body></text></TEI>"""
HEADER = "<teiHeader><fileDesc><titleStmt><title>x</title></titleStmt></fileDesc></teiHeader>"


@pytest.fixture
def registers(tmp_path: Path) -> Registers:
    file = tmp_path / "persons.xml"
    file.write_text(REGISTER, encoding="utf-8")
    return read_registers([file], tmp_path)


@pytest.mark.parametrize(
    "written", ["Hoffmannsthal", "Hofmansthal", "Hofmannstahl", "Hofnannsthal"]
)
def test_one_letter_more_less_other_or_moved_is_the_same_name(written: str) -> None:
    assert Misspelling({"Hofmannsthal": "hh"}).form_of(written) == "Hofmannsthal"


def test_letters_that_sound_alike_begin_the_same_name() -> None:
    assert Misspelling({"Karlsruhe": "k"}).form_of("Carlsruhe") == "Karlsruhe"


@pytest.mark.parametrize(
    "written", ["Hofmannsthals", "Lofmannsthal", "Hoffmansthal", "Hofmannsthal"]
)
def test_an_ending_or_more_than_one_letter_make_another_word(written: str) -> None:
    assert Misspelling({"Hofmannsthal": "hh"}).form_of(written) is None


def test_a_word_alike_to_forms_of_two_entries_is_none_of_them() -> None:
    assert Misspelling({"Wassermann": "w", "Kassermann": "k"}).form_of("Wasermann") == "Wassermann"
    assert Misspelling({"Heidmann": "h", "Heilmann": "i"}).form_of("Heiomann") is None


@given(st.text("abn", min_size=5, max_size=8), st.text("abn", min_size=5, max_size=8))
def test_being_alike_goes_both_ways(one: str, other: str) -> None:
    one, other = f"A{one}", f"A{other}"
    alike = Misspelling({one: 1}).form_of(other) == one
    assert alike == (Misspelling({other: 1}).form_of(one) == other)


def test_a_misspelt_name_of_whom_the_document_names_is_tagged_and_never_certain(
    registers: Registers,
) -> None:
    body = "<p>Hugo Hofmannsthal came. Hoffmannsthal went.</p>"
    content = (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{HEADER}<text><body>{body}</body></text></TEI>'
    )
    result = annotate(parse("x.xml", content.encode()), registers, "r")
    assert b'cert="low">Hoffmannsthal<' in result.content
    again = annotate(parse("x.xml", result.content), registers, "r")
    assert again.content == result.content
    careful = annotate(parse("x.xml", content.encode()), registers, "r", only_certain=True)
    assert [name.form for name in careful.open_names] == ["Hoffmannsthal"]
    refused = registers.with_decisions({"Hoffmannsthal": None})
    assert (
        b">Hoffmannsthal<" not in annotate(parse("x.xml", content.encode()), refused, "r").content
    )
