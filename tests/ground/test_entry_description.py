"""What a register says of an entry tells it from others of its name."""

from __future__ import annotations

import pytest
from lxml import etree

from toolkit.tei.entry_description import description_of

PERSON = """<person xmlns="http://www.tei-c.org/ns/1.0"><persName>Ann Ames</persName>
  <birth when="1807-05-02"/><death><date notBefore="1850">about 1850</date></death>
  <occupation>painter</occupation><note>the elder</note><residence>Wien</residence>
  <idno type="GND">https://d-nb.info/gnd/118529390</idno></person>"""
LIVING = """<person xmlns="http://www.tei-c.org/ns/1.0"><persName>Bob Ames</persName>
  <birth when="1890"/></person>"""
PLACES = """<place xmlns="http://www.tei-c.org/ns/1.0"><placeName>Victoria</placeName>
  <place><placeName>Geelong</placeName><country>Australia</country>
  <location><geo>-38.1 144.3</geo></location></place></place>"""
BARE = """<org xmlns="http://www.tei-c.org/ns/1.0"><orgName>Navy</orgName></org>"""


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (PERSON, "1807-1850, painter, the elder, Wien, GND 118529390"),
        (LIVING, "born 1890"),
        (PLACES, ""),
        (BARE, ""),
    ],
)
def test_years_notes_places_and_numbers_are_said(entry: str, said: str) -> None:
    assert description_of(etree.fromstring(entry)) == said


def test_a_place_within_another_says_in_which() -> None:
    (_name, inner) = etree.fromstring(PLACES)
    assert description_of(inner) == "Australia, -38.1 144.3, Victoria"
