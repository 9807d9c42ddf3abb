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
        sender_ids="registers/persons.xml#berg",
    )


def test_authors_are_those_of_the_title_statement_by_their_names() -> None:
    tree = parse(
        "poem.xml",
        f"""<TEI xmlns="{TEI}"><teiHeader><fileDesc><titleStmt><title>Poem</title>
        <author><persName>Anna Berg</persName> <idno>118529390</idno></author>
        <author>Ivo Lund</author><author/></titleStmt></fileDesc></teiHeader></TEI>""".encode(),
    )
    assert describe_document("poem", tree).author == "Anna Berg; Ivo Lund"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<pb/><div type='letter'><p/></div>", "letter"),
        ("<div type='letter'><p/></div><div type='letter'><p/></div>", ""),
        ("<lg/><div type='apparatus'><listApp/></div>", ""),
        ("<p/><div type='enclosure'><p/></div>", ""),
        ("<div type='edition'><ab/></div>", ""),
        ("<div type='writingSession'><p/></div>", ""),
    ],
)
def test_a_division_that_is_the_whole_text_says_its_genre(body: str, kind: str) -> None:
    assert described("", body).kind == kind


def test_a_document_without_a_title_goes_by_its_stem() -> None:
    assert described("").title == "stem"


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        ("<title level='s'>Series</title><title level='a'>Letter</title>", "Letter"),
        ("<title level='s' type='main'>Series</title><title level='a'>Letter</title>", "Letter"),
        ("<title level='s' type='main'>Series</title><title>Letter</title>", "Letter"),
        ("<title level='a' type='sub'>Sub</title><title level='a'>Letter</title>", "Letter"),
        ("<title type='sub'>Sub</title><title>Main</title>", "Main"),
        ("<title>First</title><title type='main'>Main</title>", "Main"),
        ("<title>A <note>x</note>b</title>", "A b"),
    ],
)
def test_the_main_title_is_chosen(titles: str, expected: str) -> None:
    header = f"<fileDesc><titleStmt>{titles}</titleStmt></fileDesc>"
    assert described(header).title == expected


@pytest.mark.parametrize(
    ("attributes", "date", "end"),
    [
        ("when='1959-06'", "1959-06", ""),
        ("notBefore='1900' notAfter='1910'", "1900", "1910"),
        ("from='0200' to='0200'", "0200", ""),
        ("notAfter='1910'", "1910", ""),
        ("when='1959' notAfter='1960'", "1959", ""),
        ("when='1959-06-18T10:00:00'", "1959-06-18", ""),
        ("when='soon'", "", ""),
    ],
)
def test_the_date_is_a_w3c_date_or_two_or_nothing(attributes: str, date: str, end: str) -> None:
    header = f"<profileDesc><creation><date {attributes}>then</date></creation></profileDesc>"
    made = described(header)
    assert (made.date, made.date_end, made.date_text) == (date, end, "then")


def test_several_divisions_say_nothing_about_the_kind() -> None:
    assert described("", "<div type='act'/><div type='act'/>").kind == ""


def test_documents_are_sorted_by_time_before_christ_too() -> None:
    dates = ["-0100", "-0044-03-15", "-0044-12", "0800", "1959", "1959-01", "1959-01-02", ""]
    entries = [DocumentEntry("x", "X", date) for date in dates]
    entries_by_name = sorted(entries, key=lambda entry: entry.date)
    assert sorted(entries_by_name, key=lambda entry: entry.sort_key) == entries


def test_an_exchange_is_the_same_in_both_directions() -> None:
    there = DocumentEntry("a", "A", sender="Berg", recipient="I. L.", recipient_ids="p.xml#lund")
    back = DocumentEntry("b", "B", sender="Lund", sender_ids="p.xml#lund", recipient="Berg")
    assert there.correspondents == back.correspondents
    assert DocumentEntry("c", "C", recipient="Berg").correspondents is None
