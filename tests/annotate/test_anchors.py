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
        "October 1892-10 medium",
        "24 December 1892-12-24 medium",
        "1 May 1893-05-01 high",
    ]


def test_a_word_that_a_soft_hyphen_goes_on_is_no_date() -> None:
    assert dates("<p>über\u00admorgen</p>", lang="de") == []


def test_a_day_by_another_calendar_is_not_read_by_ours() -> None:
    assert dates("<p>den 3. Juny a. St., den 5. Mai (a. St.) und den 7. Mai</p>", lang="de") == [
        "3. Juny a. St. 1893-06-15 medium",
        "5. Mai (a. St.) 1893-05-17 medium",
        "7. Mai 1893-05-07 high",
    ]


def test_a_day_ahead_is_sure_if_it_falls_on_its_day_of_the_week() -> None:
    assert dates("<p>Am Montag, den 3. Juli; am 4. Juli; Montag, den 5. Juli.</p>", lang="de") == [
        "Montag, den 3. Juli 1893-07-03 high",
        "4. Juli 1893-07-04 medium",
        "Montag, den 5. Juli 1893-07-05 medium",
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


def entry(heading: str, text: str = "Gestern.") -> str:
    return f"<div><head>{heading}</head><p>{text}</p></div>"


def days(body: str, when: str, lang: str = "de") -> list[str]:
    """Return what “gestern” in each part of a text is."""
    return [date.split()[1] for date in dates(body, when, lang) if "estern" in date]


def test_a_day_alone_goes_on_from_the_entry_before() -> None:
    entries = map(entry, ("2/1", "4ten.", "15.", "1.", "Dienstag, 7.", "28/12", "3/1."))
    assert days("".join(entries), "1893") == [
        "1893-01-01",
        "1893-01-03",
        "1893-01-14",
        "1893-01-31",
        "1893-02-06",
        "1893-12-27",
        "1894-01-02",
    ]


def test_a_heading_that_is_a_day_is_a_date() -> None:
    assert dates(entry("2/1") + entry("4ten."), "1893", "de")[::2] == [
        "2/1 1893-01-02 medium",
        "4ten 1893-01-04 medium",
    ]


def test_the_heading_of_a_month_or_a_year_is_that_of_the_days_below_it() -> None:
    months = f"<div><head>Mai</head>{entry('4.')}</div><div><head>Juni</head>{entry('1.')}</div>"
    body = f"<div><head>1893</head>{months}</div>"
    assert days(body, "1890") == ["1893-05-03", "1893-05-31"]


def test_a_day_alone_is_of_the_month_that_the_document_is_of() -> None:
    assert days(entry("4.") + entry("5."), "1893-05") == ["1893-05-03", "1893-05-04"]


def test_numbers_of_chapters_are_no_days() -> None:
    chapters = entry("1.") + entry("2.")
    assert days(chapters, "1893-06-30") == ["1893-06-29", "1893-06-29"]
    parts = f"<div><head>3. Mai</head>{chapters}</div>"
    assert days(parts + entry("5. Mai"), "1893") == ["1893-05-02", "1893-05-02", "1893-05-04"]


def test_an_entry_may_be_dated_behind_its_place() -> None:
    opened = "<div><opener><dateline>Wien, {}</dateline></opener><p>Gestern.</p></div>"
    assert days(opened.format("3. Mai") + opened.format("4."), "1893") == [
        "1893-05-02",
        "1893-05-03",
    ]


def test_what_is_not_exact_or_may_mean_another_day_says_so() -> None:
    source = SHELL.format(
        lang="en",
        when="1893-06-30",
        body="<p>About 1880; since 1870; three weeks ago.</p>"
        "<p xml:lang='la'>pridie Kal. Jan. 1720</p>",
    )
    made = annotate(parse("d.xml", source.encode()), Registers(()), "registers").content.decode()
    tags = re.findall(r"<date ([^>]*) resp=.*? (cert=[^>]*)>", made.partition("<text>")[2])
    assert tags == [
        ('when="1880" precision="low"', 'cert="high"'),
        ('from="1870"', 'cert="high"'),
        ('when="1893-06-09" evidence="internal" precision="low"', 'cert="medium"'),
        ('when="1719-12-31"', 'cert="medium"'),
    ]
