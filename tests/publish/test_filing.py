"""Under which name registers file a person: that of the surname, where it can be told."""

from __future__ import annotations

import pytest

from toolkit.resources import XSLT
from toolkit.xslt import Stylesheet, transform

HEADING = Stylesheet(
    f"""<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:r="urn:tei-toolkit:registers" xpath-default-namespace="http://www.tei-c.org/ns/1.0">
  <xsl:import href="{(XSLT / "registers.xsl").as_uri()}"/>
  <xsl:output method="text"/>
  <xsl:template match="/">
    <xsl:value-of select="//(person | place) ! (r:heading(.), r:sort-key(.))" separator="|"/>
  </xsl:template>
</xsl:stylesheet>"""
)


def heading(entry: str) -> str:
    """Return the heading of the entry and what it is sorted by, if that differs."""
    list_ = f'<listPerson xmlns="http://www.tei-c.org/ns/1.0">{entry}</listPerson>'
    shown, sorted_by = transform(HEADING, list_).text.split("|")
    return shown if shown == sorted_by else f"{shown} [{sorted_by}]"


def person(*names: str, identifier: str = "p1", attributes: str = "") -> str:
    said = "".join(f"<persName>{name}</persName>" for name in names)
    return f'<person xml:id="{identifier}"{attributes}>{said}</person>'


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Andrew Carnegie", "Carnegie, Andrew"),
        ("W. H. Auden", "Auden, W. H."),
        ("Мария Петровна Орлова", "Орлова, Мария Петровна"),
        ("Joseph von Eichendorff", "Eichendorff, Joseph von"),
        ("Vittorio De Sica", "De Sica, Vittorio"),
        ("Rogier van der Weyden", "Weyden, Rogier van der"),
        ("Martin Luther King Jr.", "King, Martin Luther, Jr."),
        ("Kim Philby", "Philby, Kim"),
        ("<surname>Auden</surname> <forename>Wystan</forename>", "Auden, Wystan"),
    ],
)
def test_a_name_is_turned_round_to_its_surname(name: str, expected: str) -> None:
    assert heading(person(name)) == expected


@pytest.mark.parametrize(
    "name",
    [
        *("Plato", "Auden, W. H.", "Ri Chang-jeong", "Kim Il Sung", "Zhou Enlai", "毛 泽东"),
        *("Ho Chi Minh", "Karl VI.", "Papst Pius XII.", "Karl der Große", "Catherine of Aragon"),
        *("Mehmed Paşa", "the gardener", "Clara und Robert Schumann", "John Smith (baker)"),
    ],
)
def test_a_name_without_a_surname_at_its_end_stays_as_it_is(name: str) -> None:
    assert heading(person(name)) == name


def test_another_name_of_the_entry_tells_the_surname() -> None:
    assert heading(person("Gabriel García Márquez", "García Márquez")) == "García Márquez, Gabriel"
    assert heading(person("Kim Il Sung", "Kim")) == "Kim Il Sung"


def test_the_identifier_tells_the_surname() -> None:
    assert heading(person("Hildegard von Bingen", identifier="hildegard")) == "Hildegard von Bingen"
    assert heading(person("Lee Chong", identifier="chong")) == "Chong, Lee"


def test_a_language_with_the_surname_first_is_left_alone() -> None:
    assert heading(person("Bartók Béla", attributes=' xml:lang="hu"')) == "Bartók Béla"


def test_the_editor_says_what_an_entry_is_sorted_by() -> None:
    entry = person("Hildegard", attributes=' sortKey="Bingen"')
    assert heading(entry) == "Hildegard [Bingen]"


def test_places_are_not_turned_round() -> None:
    assert heading("<place><placeName>New York</placeName></place>") == "New York"
