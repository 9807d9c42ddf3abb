"""Dates are read against the part of a document that they stand in."""

from __future__ import annotations

import re

from toolkit.annotate import annotate
from toolkit.annotate.registers import Registers
from toolkit.tei.parse import parse

SHELL = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="{lang}"><teiHeader><fileDesc><titleStmt>'
    "<title>t</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc>"
    '</fileDesc><profileDesc><creation><date when="{when}">{when}</date></creation></profileDesc>'
    "</teiHeader><text><body>{body}</body></text></TEI>"
)


def dates(body: str, when: str = "1893-06-30", lang: str = "en") -> list[str]:
    """Return the dates that annotation finds, with their certainty."""
    source = SHELL.format(lang=lang, when=when, body=body)
    made = annotate(parse("d.xml", source.encode()), Registers(()), "registers").content.decode()
    tags = re.findall(r"<date ([^>]*resp=[^>]*)>([^<]*)<", made.partition("<text>")[2])
    return [f"{said} {_value(attributes)}" for attributes, said in tags]


def _value(attributes: str) -> str:
    values = dict(re.findall(r'(\w+)="([^"]*)"', attributes))
    date = values.get("when") or f"{values['from']}/{values['to']}"
    return f"{date} {values['cert']}"


def test_the_entry_of_a_diary_is_what_its_dates_are_read_against() -> None:
    entries = (
        "<div><head>18 June</head><p>Yesterday it rained.</p><div><p>Today too.</p></div></div>"
        '<div><opener><dateline><date when="1893-06-20">Tuesday</date></dateline></opener>'
        "<p>Yesterday at home.</p></div><p>Yesterday.</p>"
    )
    assert dates(entries, "1893") == [
        "18 June 1893-06-18 medium",
        "Yesterday 1893-06-17 high",
        "Today 1893-06-18 high",
        "Yesterday 1893-06-19 high",
    ]


def test_a_heading_that_only_mentions_a_day_is_none_of_its_division() -> None:
    first = "<div><head>The feast of 18 June</head><p>Yesterday.</p></div>"
    assert "Yesterday 1893-06-29 high" in dates(first * 2)


def test_a_letter_is_dated_by_its_header() -> None:
    letter = "<div><opener><dateline>29 June</dateline></opener><p>Yesterday.</p></div>"
    assert "Yesterday 1893-06-29 high" in dates(letter)


def test_what_lies_far_behind_or_names_no_day_is_only_likely() -> None:
    assert dates("<p>In October he left; on 24 December he came; on 1 May he went.</p>") == [
        "October 1893-10 medium",
        "24 December 1893-12-24 medium",
        "1 May 1893-05-01 high",
    ]


def test_a_word_that_a_soft_hyphen_goes_on_is_no_date() -> None:
    assert dates("<p>über\u00admorgen</p>", lang="de") == []


def test_a_day_by_another_calendar_is_not_read_by_ours() -> None:
    assert dates("<p>den 3. Juny a. St., den 5. Mai (a. St.) und den 7. Mai</p>", lang="de") == [
        "7. Mai 1893-05-07 high"
    ]


def test_the_same_year_is_that_named_last() -> None:
    assert dates("<p>Im Jahre 1839 fiel er; im selben Jahr starb sie.</p>", lang="de")[-1:] == [
        "selben Jahr 1839 medium"
    ]


def test_ranges_and_days_of_the_week_in_german_are_read_without_a_year() -> None:
    text = "<p>Vom 3. bis 5. Mai und 3./4. Mai, auch vorigen Sonntag.</p>"
    assert dates(text, lang="de") == [
        "3. bis 5. Mai 1893-05-03/1893-05-05 high",
        "3./4. Mai 1893-05-03/1893-05-04 high",
        "vorigen Sonntag 1893-06-25 high",
    ]
