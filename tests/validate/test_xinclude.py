"""A document that includes others is told of once; what may come with them is not missed."""

from __future__ import annotations

from tests.letter import Findings

XI = 'xmlns:xi="http://www.w3.org/2001/XInclude"'
HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>A</title></titleStmt><publicationStmt><p>B</p>"
    "</publicationStmt><sourceDesc><p>C</p></sourceDesc></fileDesc></teiHeader>"
)


def document(header: str, body: str) -> str:
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0" {XI}>{header}\n'
        f"<text><body>{body}</body></text></TEI>"
    )


def test_a_document_that_includes_others_has_one_finding(findings: Findings) -> None:
    part = '\n<xi:include href="part.xml"/><p><ref target="#in-part">there</ref></p>'
    (found,) = findings(document(HEADER, part * 3))
    assert (found.code, found.line, found.column) == ("V121", 3, 1)
    assert "3 times" in found.message


def test_what_may_be_included_is_not_missing(findings: Findings) -> None:
    (found,) = findings(document('<xi:include href="header.xml"/>', "<p>Dear Clara</p>"))
    assert found.code == "V121"


def test_other_mistakes_are_told_beside_what_is_included(findings: Findings) -> None:
    body = '<xi:include href="part.xml"/><pp>Dear Clara</pp><p who="#x">a</p>'
    assert {found.code for found in findings(document(HEADER, body))} == {"V121", "V101", "V106"}


def test_without_xinclude_pointers_are_followed(findings: Findings) -> None:
    body = '<p><ref target="#in-part">there</ref></p>'
    assert [found.code for found in findings(document(HEADER, body))] == ["V301"]
