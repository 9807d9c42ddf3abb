"""Dates by other calendars are tagged, and the header declares their calendars."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.grammar import Verdicts
from toolkit.annotate import Annotation, annotate, read_registers, remove
from toolkit.tei.parse import parse

TEI = "http://www.tei-c.org/ns/1.0"
DATE = "<p>le 18 brumaire an VIII</p>"
HEADER = """
    <fileDesc>
      <titleStmt>
        <title>A letter</title>
      </titleStmt>
      <publicationStmt>
        <p>Unpublished</p>
      </publicationStmt>
      <sourceDesc>
        <p>A letter</p>
      </sourceDesc>
    </fileDesc>"""
DECLARED = '<calendar xml:id="Republican"><p>The new calendar</p></calendar>'
PROFILE = f"<profileDesc>%s<calendarDesc>{DECLARED}</calendarDesc></profileDesc>"
HEADERS = {
    "none": "",
    "encoding": "<encodingDesc><p>By hand</p></encodingDesc>",
    "profile": "<profileDesc><creation/></profileDesc>",
    "declared": PROFILE % "",
    "other": PROFILE.replace("Republican", "lunar") % "<creation/>",
}


def annotated(document: str, tmp_path: Path) -> Annotation:
    return annotate(parse("x.xml", document.encode()), read_registers((), tmp_path), "reg")


def document(body: str, header: str = "") -> str:
    return (
        f'<TEI xmlns="{TEI}" xml:lang="fr">\n  <teiHeader>{HEADER}{header}\n  </teiHeader>\n'
        f"  <text><body>{body}</body></text></TEI>\n"
    )


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_a_calendar_is_declared_once_and_taken_away_again(
    header: str, tmp_path: Path, official_schema: Verdicts
) -> None:
    before = document(DATE, header)
    assert official_schema.validate(before.encode()), official_schema.error
    result = annotated(before, tmp_path)
    assert official_schema.validate(result.content), official_schema.error
    text = result.content.decode()
    identifier = "Republican" if "Republican" in header else "french-republican"
    assert text.count(f'<calendar xml:id="{identifier}">') == 1
    assert (
        f'<date when="1799-11-09" calendar="#{identifier}" when-custom="0008-02-18"'
        f' datingMethod="#{identifier}" resp="#toolkit" cert="high">18 brumaire an VIII</date>'
    ) in text
    assert annotated(text, tmp_path).content == result.content
    assert remove(parse("x.xml", result.content)).content == before.encode()


def test_a_day_that_was_observed_is_less_certain(tmp_path: Path) -> None:
    result = annotated(document('<p xml:lang="en">24 Receb 1131</p>'), tmp_path)
    assert b'datingMethod="#hijri" resp="#toolkit" cert="medium"' in result.content


def test_without_a_header_the_date_is_gregorian_only(tmp_path: Path) -> None:
    result = annotated(
        f'<TEI xmlns="{TEI}" xml:lang="fr"><text><body>{DATE}</body></text></TEI>', tmp_path
    )
    assert b'<date when="1799-11-09" resp' in result.content
