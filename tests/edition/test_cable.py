"""What the TEI of the cable must show, each by a general rule."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.grammar import Verdicts
from toolkit.tei.names import NAMESPACES

PERSONS = "registers/persons.xml#"
PLACES = "registers/places.xml#"
ORGANISATIONS = "registers/organisations.xml#"


@pytest.fixture(scope="module")
def cable(built: Path) -> etree._Element:
    return etree.parse(str(built / "tei" / "1959-06-18-cable.xml")).getroot()


def found(cable: etree._Element, path: str) -> list[Any]:
    nodes = cable.xpath(path, namespaces=NAMESPACES)
    assert isinstance(nodes, list)
    return nodes


def texts(cable: etree._Element, path: str) -> list[str]:
    return [
        " ".join((node if isinstance(node, str) else "".join(node.itertext())).split())
        for node in found(cable, path)
    ]


def text(cable: etree._Element, path: str) -> str:
    (only,) = texts(cable, path)
    return only


def test_the_transcription_is_the_source_byte_for_byte(repository: Path, data_folder: Path) -> None:
    (seed,) = (data_folder / "seeds").iterdir()
    transcription = repository / "transcriptions" / "1959-06-18-cable.txt"
    assert transcription.read_bytes() == seed.read_bytes()


def test_title_funder_and_translator_stand_in_the_title_statement(cable: etree._Element) -> None:
    statement = "//tei:titleStmt"
    assert text(cable, f"{statement}/tei:title").startswith("Cable, Chinese Embassy in North Korea")
    assert text(cable, f"{statement}/tei:funder") == "Henry Luce Foundation"
    translator = f"{statement}/tei:respStmt[@xml:id='translator']"
    assert text(cable, f"{translator}/tei:persName") == "David Cowhig"
    assert "translation" in text(cable, f"{translator}/tei:resp")


def test_the_source_line_becomes_archive_shelfmark_and_folio(cable: etree._Element) -> None:
    identifier = "//tei:msDesc/tei:msIdentifier"
    assert text(cable, f"{identifier}/tei:repository") == "PRC FMA"
    assert text(cable, f"{identifier}/tei:idno[@type='shelfmark']") == "118-01026-01"
    assert text(cable, f"{identifier}/tei:idno[@type='folio']") == "8"


def test_the_rights_statement_is_the_availability(cable: etree._Element) -> None:
    availability = " ".join(texts(cable, "//tei:availability//tei:p"))
    assert "The History and Public Policy Program welcomes reuse" in availability
    assert "[email protected]" in availability


def test_the_summary_of_the_archive_is_the_abstract(cable: etree._Element) -> None:
    assert text(cable, "//tei:abstract/tei:p").startswith("North Korean and Chinese officials")


def test_the_correspondence_is_described(cable: etree._Element) -> None:
    sent, received = "//tei:correspAction[@type='sent']", "//tei:correspAction[@type='received']"
    assert text(cable, f"{sent}/tei:orgName/@ref") == f"{ORGANISATIONS}prc-embassy-dprk"
    assert text(cable, f"{sent}/tei:placeName/@ref") == f"{PLACES}pyongyang"
    assert text(cable, f"{sent}/tei:date/@when") == "1959-06-18"
    assert texts(cable, f"{received}/tei:orgName/@ref") == [
        f"{ORGANISATIONS}prc-mfa-consular",
        f"{ORGANISATIONS}prc-mps",
    ]


def test_the_languages_of_text_and_original_are_named(cable: etree._Element) -> None:
    assert texts(cable, "//tei:langUsage/tei:language/@ident") == ["en", "zh"]


def test_the_editorial_declaration_tells_how_brackets_were_read(cable: etree._Element) -> None:
    assert "supplied" in " ".join(texts(cable, "//tei:editorialDecl"))


def test_the_furniture_of_the_web_page_is_in_no_body(cable: etree._Element) -> None:
    body = text(cable, "//tei:text")
    for furniture in ("Skip to content", "Document Information", "Record ID", "made possible"):
        assert furniture not in body


def test_the_opener_holds_numbers_dateline_and_address(cable: etree._Element) -> None:
    opener = "//tei:body//tei:opener"
    assert texts(cable, f"{opener}//tei:idno") == [
        "Consular No. 5/51",
        "(1959) Korean Consular No. 039",
    ]
    assert text(cable, f"{opener}//tei:dateline/tei:date/@when") == "1959-06-18"
    assert text(cable, f"{opener}//tei:addrLine").startswith("To the Consular Affairs Department")


def test_the_head_has_the_word_the_translator_supplied(cable: etree._Element) -> None:
    assert text(cable, "//tei:body//tei:head").startswith("The North Korean Side Again Urges")
    assert text(cable, "//tei:head//tei:supplied") == "North"
    assert text(cable, "//tei:head//tei:supplied/@resp") == "#translator"


def test_the_two_romanisations_are_one_person_of_the_register(cable: etree._Element) -> None:
    person = f"//tei:body//tei:persName[@ref='{PERSONS}ri-chang-jeong'][tei:choice]"
    assert text(cable, f"{person}/tei:choice/tei:orig") == "Ri Chang-jeong"
    assert text(cable, f"{person}/tei:choice/tei:reg") == "Li Chang Jong"


def test_the_passage_underlined_twice_is_marked_with_its_extent_inferred(
    cable: etree._Element,
) -> None:
    passage = "//tei:body//tei:hi[@rend='underline(2)']"
    assert text(cable, passage).startswith("Each time the Korean side asks about this")
    assert text(cable, passage).endswith("feels very agitated.")
    assert text(cable, f"{passage}/@cert")


def test_the_seal_is_a_stamp_in_the_closer_with_the_date_below(cable: etree._Element) -> None:
    closer = "//tei:body//tei:closer"
    assert text(cable, f"{closer}/tei:stamp[@type='seal']").startswith("Embassy of the People's")
    seal_then_date = f"{closer}/tei:stamp/following-sibling::tei:dateline/tei:date/@when"
    assert text(cable, seal_then_date) == "1959-06-18"


def test_dates_are_normalised_and_inferred_years_marked(cable: etree._Element) -> None:
    dates = {
        "February 20": ("1959-02-20", "internal"),
        "March of last year": ("1958-03", "internal"),
    }
    for expression, (when, evidence) in dates.items():
        dated = found(cable, f"//tei:body//tei:p//tei:date[normalize-space()='{expression}']")
        assert dated, expression
        assert {date.get("when") for date in dated} == {when}
        assert {date.get("evidence") for date in dated} == {evidence}


def test_no_notation_is_left_in_the_body(cable: etree._Element) -> None:
    assert "[" not in text(cable, "//tei:body")


@pytest.mark.parametrize(
    "name",
    [
        "1837-mondnacht",
        "1848-05-03-hartwell-to-greave",
        "1911-06-05-sokolov-to-orlova",
        "1959-06-18-cable",
        "registers/persons",
        "registers/places",
        "registers/organisations",
    ],
)
def test_the_edition_is_valid_tei(built: Path, official_schema: Verdicts, name: str) -> None:
    document = etree.parse(str(built / "tei" / f"{name}.xml"))
    assert official_schema.validate(document), official_schema.error
