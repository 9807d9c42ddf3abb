"""What a list of documents tells of a document."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.publish import DocumentEntry, describe_document
from toolkit.tei.parse import parse, parse_file

TEI = "http://www.tei-c.org/ns/1.0"


def described(header: str, body: str = "<p/>") -> DocumentEntry:
    source = (
        f'<TEI xmlns="{TEI}"><teiHeader>{header}</teiHeader><text><body>{body}</body></text></TEI>'
    )
    return describe_document("stem", parse("a.xml", source.encode()))


def test_a_letter_is_described_by_its_header() -> None:
    letter = parse_file(Path(__file__).parent / "samples" / "letter.xml")
    assert describe_document("letter", letter) == DocumentEntry(
        stem="letter",
        title="Anna Berg to Ivo Lund, 2 June 1871",
        date="1871-06-02",
        kind="letter",
        sender="Anna Berg",
        recipient="Ivo Lund",
        place="Oslo",
        date_text="2 June 1871",
        abstract="Berg asks for a boat.",
        language="en",
    )


def test_a_document_without_a_title_goes_by_its_stem() -> None:
    assert described("").title == "stem"


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        ("<title level='s'>Series</title><title level='a'>Letter</title>", "Letter"),
        ("<title type='sub'>Sub</title><title>Main</title>", "Main"),
        ("<title>First</title><title type='main'>Main</title>", "Main"),
        ("<title>A <note>x</note>b</title>", "A b"),
    ],
)
def test_the_main_title_is_chosen(titles: str, expected: str) -> None:
    header = f"<fileDesc><titleStmt>{titles}</titleStmt></fileDesc>"
    assert described(header).title == expected


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ("when='1959-06'", "1959-06"),
        ("notBefore='1900' notAfter='1910'", "1900"),
        ("when='1959-06-18T10:00:00'", "1959-06-18"),
        ("when='soon'", ""),
    ],
)
def test_the_date_is_a_w3c_date_or_nothing(attributes: str, expected: str) -> None:
    header = f"<profileDesc><creation><date {attributes}>then</date></creation></profileDesc>"
    assert described(header).date == expected
    assert described(header).date_text == "then"


def test_several_divisions_say_nothing_about_the_kind() -> None:
    assert described("", "<div type='act'/><div type='act'/>").kind == ""
