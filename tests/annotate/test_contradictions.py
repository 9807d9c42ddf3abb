"""What editors decide takes back what annotation tagged before; their own tags stay."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.annotate.test_annotation import TEI, document
from toolkit.annotate import Decision, Decisions, Place, Registers, annotate, read_registers, remove
from toolkit.tei.parse import parse
from toolkit.tei.registers import register_files

PERSONS = (
    '<listPerson><person xml:id="anna"><persName>Anna May</persName></person>'
    '<person xml:id="berta"><persName>Berta Day</persName></person>'
    '<person xml:id="may"><persName>May</persName></person></listPerson>'
)
FILE = "letter.xml"
SAID = "I saw Anna May at the old mill. Then Anna May went home, and Berta Day."


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Registers:
    folder: Path = tmp_path_factory.mktemp("registers")
    text = f'<TEI xmlns="{TEI}"><teiHeader/><text><body>{PERSONS}</body></text></TEI>'
    (folder / "r.xml").write_text(text, encoding="utf-8")
    return read_registers(register_files(folder), folder)


def annotated(registers: Registers, content: bytes, decided: Iterable[Decision] = ()) -> bytes:
    decisions = Decisions(tuple(decided))
    known = registers.with_decisions(decisions.by_form)
    document = parse(FILE, content)
    return annotate(document, known, "reg", name=FILE, decisions=decisions).content


@pytest.mark.parametrize(
    ("decision", "left"),
    [
        (Decision("Anna May", None), ["berta"]),
        (Decision("Anna May", "r.xml#berta"), ["berta", "berta", "berta"]),
        (Decision("Anna May", None, document=FILE), ["berta"]),
        (Decision("Anna May", None, document="other.xml"), ["anna", "anna", "berta"]),
        (
            Decision("Anna May", "r.xml#berta", Place(FILE, "I saw", "at the old mill. Then Anna")),
            ["berta", "anna", "berta"],
        ),
        (Decision("May", None), ["anna", "anna", "berta"]),
    ],
)
def test_a_decision_takes_back_what_it_contradicts(
    registers: Registers, decision: Decision, left: list[str]
) -> None:
    original = document(f"<p>{SAID}</p>").encode()
    again = annotated(registers, annotated(registers, original), [decision])
    linked = [piece.partition(b'"')[0].decode() for piece in again.split(b"#")[1:]]
    assert [name for name in linked if name in ("anna", "berta", "may")] == left
    assert again == annotated(registers, original, [decision]), "as if it had been decided before"
    assert annotated(registers, again, [decision]) == again
    assert remove(parse(FILE, again)).content == original


def test_a_tag_of_an_editor_stays_whatever_is_decided(registers: Registers) -> None:
    theirs = '<persName ref="reg/r.xml#anna">Anna May</persName> and Berta Day'
    first = annotated(registers, document(f"<p>{theirs}</p>").encode())
    changed = first.replace(b'#berta" resp="#toolkit" cert="high"', b'#berta" resp="#toolkit"')
    for content in (first, changed):
        again = annotated(registers, content, [Decision("Anna May", None)])
        assert again == content
    assert annotated(registers, changed, [Decision("Berta Day", None)]) == changed


def test_a_reference_in_the_header_is_taken_back(registers: Registers) -> None:
    name = '<persName resp="#toolkit">Anna May</persName>'
    sent = f'<correspDesc><correspAction type="sent">{name}</correspAction></correspDesc>'
    first = annotated(registers, document("<p>x</p>", sent).encode())
    assert b'<persName resp="#toolkit" ref="reg/r.xml#anna" cert="high">' in first
    assert name.encode() in annotated(registers, first, [Decision("Anna May", None)])
    other = annotated(registers, first, [Decision("Anna May", "r.xml#berta")])
    assert b'<persName resp="#toolkit" ref="reg/r.xml#berta" cert="high">' in other


def test_in_a_form_that_is_no_name_nothing_shorter_is_taken_for_one(registers: Registers) -> None:
    content = document("<p>Anna May came in.</p>").encode()
    assert annotated(registers, content, [Decision("Anna May", None)]) == content


@pytest.mark.parametrize(
    ("persons", "linked"),
    [
        (PERSONS.replace('"anna"', '"anna-may"'), 2),
        (PERSONS.replace('"anna"', '"anna-may"').replace("Anna May", "Anna Lee"), 0),
        ("<listPerson", 0),
    ],
)
def test_tags_follow_the_identifiers_of_the_register(
    registers: Registers, tmp_path: Path, persons: str, linked: int
) -> None:
    theirs = '<persName ref="reg/r.xml#anna">B.</persName>'
    original = document(f"<p>{SAID.replace('Berta', theirs)}</p>")
    first = annotated(registers, original.encode())
    text = f'<TEI xmlns="{TEI}"><teiHeader/><text><body>{persons}</body></text></TEI>'
    (tmp_path / "r.xml").write_text(text, encoding="utf-8")
    later = read_registers(register_files(tmp_path), tmp_path)
    again = annotated(later, first)
    assert again.count(b"r.xml#anna-may") == linked
    if later.unreadable:
        assert again == first, "of a register that cannot be read nothing is known"
    else:
        assert again.count(b'reg/r.xml#anna"') == 1, "the tag of the editor"
        assert again == annotated(later, original.encode())
