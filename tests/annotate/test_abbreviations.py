"""Shortened names: what may be one, and what becomes of it."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.annotate import Registers, annotate, read_registers
from toolkit.annotate.abbreviations import Abbreviations
from toolkit.annotate.registers import Entry, EntryKind
from toolkit.tei.parse import parse

FORMS: dict[str, tuple[EntryKind, str]] = {
    "Wassermann": ("person", "jakob"),
    "Hausmann": ("person", "emil"),
    "Hausner": ("person", "otto"),
    "Anna Weber": ("person", "anna"),
    "Neue Freie Presse": ("organisation", "nfp"),
    "Wiener Allgemeine Zeitung": ("organisation", "waz"),
}
ABBREVIATIONS = Abbreviations(
    {form: [Entry(kind, key, "r.xml", (), form)] for form, (kind, key) in FORMS.items()}
)
REGISTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><listPerson>
<person xml:id="jakob"><persName><surname>Wassermann</surname><forename>Jakob</forename></persName>
</person></listPerson></body></text></TEI>"""
HEADER = "<teiHeader><fileDesc><titleStmt><title>x</title></titleStmt></fileDesc></teiHeader>"


def _found(text: str) -> list[tuple[str, str]]:
    found = ABBREVIATIONS.find(text, bytearray(len(text)), [])
    return sorted((text[match.start : match.end], match.form) for match in found)


@pytest.mark.parametrize(
    ("text", "written", "form"),
    [
        ("Abends ist Wasserm. gekommen.", "Wasserm.", "Wassermann"),
        ("(wohl auch Wasserm.) kam", "Wasserm.", "Wassermann"),
        ("die N. Fr. Pr. hätte", "N. Fr. Pr.", "Neue Freie Presse"),
        ("in der Wr. Allg. Ztg.", "Wr. Allg. Ztg.", "Wiener Allgemeine Zeitung"),
    ],
)
def test_the_beginnings_of_words_before_full_stops_are_a_name(
    text: str, written: str, form: str
) -> None:
    assert _found(text) == [(written, form)]


@pytest.mark.parametrize(
    "text",
    [
        "Dort war Wasserm. Dann ging er.",  # The sentence may end.
        "Der Wasserman. und",  # No letters worth leaving out.
        "Wasser, viel Wasser. dann",  # A word.
        "im Haus. dann",  # Two persons begin so.
        "und A. W. schrieben",  # Initials of a person.
        "die n. fr. pr. hätte",
    ],
)
def test_what_may_be_a_word_or_several_names_is_none(text: str) -> None:
    assert _found(text) == []


def test_a_shortened_name_is_tagged_and_never_certain(tmp_path: Path) -> None:
    (tmp_path / "r.xml").write_text(REGISTER, encoding="utf-8")
    registers: Registers = read_registers([tmp_path / "r.xml"], tmp_path)
    body = "<p>Jakob Wassermann las. Gestern ist Wasserm. abgereist.</p>"
    document = (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{HEADER}<text><body>{body}</body></text></TEI>'
    )
    result = annotate(parse("x.xml", document.encode()), registers, "r").content.decode()
    assert 'ref="r/r.xml#jakob" resp="#toolkit" cert="low">Wasserm.</persName> abgereist' in result


@pytest.mark.parametrize(
    ("body", "language", "tagged"),
    [
        ("Wir lasen beim Wassermann-Abend.", "de", True),
        ("Das sind Wassermann-gezeugte Puppen.", "de-AT", True),
        ("We read at the Wassermann-Evening.", "en", False),  # A double name, for all we know.
        ("Da kam Frau Wassermann-Speyer.", "de", False),
    ],
)
def test_a_name_that_begins_a_german_compound_is_tagged_and_never_certain(
    tmp_path: Path, body: str, language: str, tagged: bool
) -> None:
    speyer = '<person xml:id="julie"><persName><surname>Speyer</surname></persName></person>'
    register = REGISTER.replace("</listPerson>", f"{speyer}</listPerson>")
    (tmp_path / "r.xml").write_text(register, encoding="utf-8")
    registers: Registers = read_registers([tmp_path / "r.xml"], tmp_path)
    document = (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{HEADER}<text xml:lang="{language}"><body>'
        f"<p>Jakob Wassermann las.</p><p>{body}</p></body></text></TEI>"
    )
    result = annotate(parse("x.xml", document.encode()), registers, "r").content.decode()
    assert ('cert="low">Wassermann</persName>-' in result) is tagged


@given(st.text(alphabet="WasermnNFPIZtg. ,)(", max_size=40))
def test_no_two_shortened_names_overlap(text: str) -> None:
    found = list(ABBREVIATIONS.find(text, bytearray(len(text)), []))
    ordered = sorted((match.start, match.end) for match in found)
    assert all(end <= start for (_, end), (start, _) in pairwise(ordered))
