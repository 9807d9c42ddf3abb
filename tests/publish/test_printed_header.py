"""The header in printed outputs: what is owed is read from the TEI, part by part."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from toolkit.publish import publish_document
from toolkit.publish.printed_header import PRINTED_HEADER, header_words
from toolkit.publish.printing import parse_print, print_document, unprinted_words
from toolkit.publish.publication import Publication
from toolkit.publish.query import elements
from toolkit.resources import SCHEMAS, XSLT
from toolkit.tei.parse import parse, parse_file

SAMPLE = parse_file(Path(__file__).parent / "samples" / "header.xml")
NO_WITNESSES = """
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:import href="{}"/>
  <xsl:template name="witnesses"/>
</xsl:stylesheet>
"""


def field(name: str) -> list[str]:
    """Return the lines of a field of the colophon of the sample."""
    root = parse_print(print_document("t", SAMPLE, Publication(title="")).xml)
    etree.RelaxNG(etree.parse(SCHEMAS / "print.rng")).assertValid(root)
    blocks = root.iterfind(f"{{*}}apparatus/{{*}}field[@label='{name}']/{{*}}block")
    return [" ".join("".join(map(str, block.itertext())).split()) for block in blocks]


def test_witnesses_are_listed_with_their_sigla_and_groups() -> None:
    assert field("Witnesses") == [
        "Witheads",
        "A Ambrosianus, codex",
        "Group beta",
        "Bx Bodleian book",
        "C Cologne, cod. 12, Parchmentish",
    ]


def test_printed_sources_stand_with_the_source() -> None:
    assert field("Source") == [
        "Vienna, Hs. 4",
        "Printings",
        "Firstprint 1801",
        "Struct Author, Structtitle, 1802",
    ]


@pytest.mark.parametrize("output", ["text", "epub"])
def test_no_output_lacks_what_the_header_owes(output: str) -> None:
    assert publish_document(output, "t", SAMPLE, Publication(title="")).diagnostics == ()


def test_identifiers_do_not_follow_the_names_of_authors() -> None:
    content = SAMPLE.content.replace(b'type="sent"', b'type="received"')
    made = print_document("t", parse("t.xml", content), Publication(title="")).xml
    assert "Ann Author" in made
    assert "118540238" not in made


def test_a_part_of_the_header_that_no_stylesheet_prints_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "print.xsl"
    own.write_text(NO_WITNESSES.format((XSLT / "print.xsl").as_uri()))
    monkeypatch.setattr("toolkit.publish.printing.STYLESHEET", own)
    printed = print_document("other", SAMPLE, Publication(title=""))
    found = unprinted_words(SAMPLE, printed, name="PDF")
    assert {diagnostic.code for diagnostic in found} == {"P010"}
    assert "ambrosianus" in found[1].message


def test_each_part_of_a_header_is_either_printed_or_said_not_to_be() -> None:
    table = json.loads(PRINTED_HEADER.read_text("utf-8"))
    decided = {
        element
        for part in ("printed", "page-only")
        for path in table[part]
        for element in elements(SAMPLE.root, f"tei:teiHeader/{path}/descendant-or-self::*")
    }
    said = elements(SAMPLE.root, "tei:teiHeader//*[text()[normalize-space()]]")
    assert [element.tag for element in said if element not in decided] == []
    assert {"ambrosianus", "structtitle", "interpreted"} <= {
        word.text for word in header_words(SAMPLE)
    }


def test_a_witness_within_a_witness_has_a_line_and_siglum_of_its_own() -> None:
    within = "<listWit><witness xml:id='B2'>its corrector</witness></listWit>"
    source = (
        "<TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader><fileDesc><titleStmt><title>t</title>"
        "</titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><listWit>"
        f"<witness xml:id='B'>Bern 4{within}</witness></listWit></sourceDesc></fileDesc>"
        "</teiHeader><text><body><p>x</p></body></text></TEI>"
    )
    printed = print_document("t", parse("t.xml", source.encode()), Publication(title="")).xml
    lines = parse_print(printed).iterfind("{*}apparatus/{*}field[@label='Witnesses']/{*}block")
    assert ["".join(map(str, line.itertext())).split() for line in lines] == [
        ["B", "Bern", "4"],
        ["B2", "its", "corrector"],
    ]


def test_responsibilities_are_in_the_language_of_the_edition() -> None:
    statement = (
        "<editor>Anna Maier</editor><respStmt><resp>annotation by rule</resp>"
        "<name>TEI toolkit</name></respStmt>"
    )
    header = (
        f"<TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader><fileDesc><titleStmt><title>T</title>"
        f"{statement}</titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc>"
        "</fileDesc></teiHeader><text><body><p>x</p></body></text></TEI>"
    )
    made = print_document(
        "t", parse("t.xml", header.encode()), Publication(title="E", language="de")
    )
    assert 'label="Herausgeber"' in made.xml
    assert 'label="Auszeichnung nach Regeln"' in made.xml
