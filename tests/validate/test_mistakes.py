"""Typical mistakes: each gives exactly the finding an experienced editor would give."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.letter import LETTER, Findings
from toolkit.diagnostics import Diagnostic, DiagnosticError
from toolkit.tei.parse import parse_file
from toolkit.validate import Context, validate

EXPECTED = json.loads(
    (Path(__file__).parent / "expected" / "mistakes.json").read_text(encoding="utf-8")
)


def found_in(file: Path, schema: Path | None = None) -> tuple[Diagnostic, ...]:
    try:
        return validate(parse_file(file), Context(schema=schema, root=file.parent))
    except DiagnosticError as error:
        return error.diagnostics


@pytest.mark.parametrize("schema", [None, "tei_all_4.12.0.rng"])
@pytest.mark.parametrize("name", EXPECTED)
def test_each_mistake_is_found_once_at_its_place(
    data_folder: Path, name: str, schema: str | None
) -> None:
    schema_file = data_folder / "schemas" / schema if schema else None
    found = found_in(data_folder / "mistakes" / name, schema_file)
    assert [[d.code, d.line, d.column] for d in found] == [e[:3] for e in EXPECTED[name]]
    for diagnostic, expected in zip(found, EXPECTED[name], strict=True):
        assert expected[3] in diagnostic.message
        assert diagnostic.hint.endswith((".", "?"))


SPOILT = [
    # (what stands in the letter, what stands there instead, code, in the message)
    ("very</hi>", "very</hi><br/>", "V101", "did you mean `<lb>`"),
    ("<title>Letter to Clara</title>", "<titel>x</titel>", "V101", "did you mean `<title>`"),
    ("<list>", "<item>a</item><item>b</item><list>", "V102", "it may stand in `<list>`"),
    ("<closer>", "<teiHeader><fileDesc/></teiHeader><closer>", "V102", "`<TEI>`"),
    ("<closer>", "<head>late</head><closer>", "V103", "must stand before `<p>`"),
    ("</closer>", "</closer><p>a</p><p>b</p>", "V103", "must stand before `<closer>`"),
    ("<head>Letter", "<closer>x</closer><head>Letter", "V103", "must stand after"),
    ("</title>", "</title><respStmt><name>x</name></respStmt>", "V104", "`<resp>`"),
    ("very</hi>", "very</hi><choice/>", "V104", "such as `<abbr>` and `<expan>`, are missing"),
    ("<p>thank", "Hello <hi>you</hi> there<lb/> <p>thank", "V105", "put it into `<p>`"),
    ("<list><item>", "<list>none<item>", "V105", "directly in `<list>`"),
    ("very</hi>", "very</hi><lb>x</lb>", "V105", "`<lb>` is an empty element"),
    ("<hi rend", "<graphic ulr='a.png'/><hi rend", "V106", "did you mean `url`"),
    ("<hi rend", "<unclear cert='hgih'>x</unclear><hi rend", "V108", "high, medium, low"),
    ("1901-02-03", "1901-02-30", "V108", "February 1901 has 28 days"),
    ("1901-02-03", "1901-13-03", "V108", "there is no month 13"),
    ('type="letter"', 'type="a letter"', "V108", "is not one word"),
    ("<p>thank", '<p xmlns="">thank', "V109", "in no namespace"),
    ("<p>thank", "<ab><gi>1 2</gi></ab><p>thank", "V110", "is not a name"),
    ('ref="#clara"', 'ref="clara"', "V302", "did you mean “#clara”"),
]


@pytest.mark.parametrize(("right", "wrong", "code", "word"), SPOILT)
def test_a_mistake_gives_one_finding(
    findings: Findings, tmp_path: Path, right: str, wrong: str, code: str, word: str
) -> None:
    assert right in LETTER
    found = findings(
        LETTER.replace(right, wrong, 1),
        Context(root=tmp_path),
        str(tmp_path / "letter.xml"),
    )
    told = [d for d in found if "fileDesc" not in d.message]
    assert [d.code for d in told] == [code]
    assert word in told[0].message
    assert told[0].hint


def test_the_letter_itself_is_valid(findings: Findings) -> None:
    assert findings(LETTER) == ()


def test_a_foreign_document_is_told_of_once(findings: Findings) -> None:
    found = findings("<html><head><title/></head><body><p>x</p></body></html>")
    assert [d.code for d in found] == ["V101"]
    assert "`<TEI>`" in found[0].hint


def test_a_fragment_is_told_what_it_lacks(findings: Findings) -> None:
    found = findings('<div xmlns="http://www.tei-c.org/ns/1.0"><p>x</p></div>')
    assert [d.code for d in found] == ["V102"]
    assert "outermost" in found[0].message


def test_foreign_elements_are_told_of_once_a_subtree(findings: Findings) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><g><path d="x"/></g></svg>'
    found = findings(LETTER.replace("very</hi>", f"very</hi>{svg}"))
    assert [d.code for d in found] == ["V101"]
    assert "http://www.w3.org/2000/svg" in found[0].message


def test_mistakes_far_apart_are_all_found(findings: Findings) -> None:
    text = LETTER.replace("<persName ref", "<persname ref").replace(
        "Clara</persName>,", "x</persname>,"
    )
    text = text.replace("rend=", "rendd=").replace("<closer>", "stray <closer>")
    assert [d.code for d in findings(text)] == ["V101", "V106", "V105"]


def test_findings_are_sorted_and_the_same_each_time(findings: Findings) -> None:
    text = (
        LETTER.replace("<item>", "<itm>").replace("</item>", "</itm>").replace("#clara", "#carla")
    )
    first = findings(text)
    assert list(first) == sorted(first)
    assert first == findings(text)
    assert len(first) == 3


def test_what_comes_far_too_late_is_told_where_it_belongs(findings: Findings) -> None:
    divisions = "<div><p>x</p></div>" * 300
    (found,) = findings(LETTER.replace("</body>", f"{divisions}<stage>late</stage></body>"))
    assert found.code == "V103"
    assert "must stand before `<div>`" in found.message


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("", "`<teiHeader>` and `<text>` are missing"),
        ("<text><body><p>x</p></body></text>", "`<teiHeader>` is missing"),
    ],
)
def test_of_what_may_be_missing_the_usual_is_named(
    findings: Findings, content: str, word: str
) -> None:
    found = findings(f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{content}</TEI>')
    assert [d.code for d in found] == ["V104"]
    assert word in found[0].message


@pytest.mark.parametrize(
    ("document", "hint"),
    [
        ("<TEI.2><teiHeader/></TEI.2>", 'Write xmlns="http://www.tei-c.org/ns/1.0" on'),
        (
            '<tei:TEI xmlns:tei="http://www.tei-c.org/ns/1.0"><teiHeader/></tei:TEI>',
            "Write the prefix too: `<tei:teiHeader>`.",
        ),
        (
            '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader xmlns=""/></TEI>',
            'Take the declaration xmlns="" out',
        ),
    ],
)
def test_an_element_in_no_namespace_is_told_how_to_come_into_one(
    findings: Findings, tmp_path: Path, document: str, hint: str
) -> None:
    found = findings(document, Context(root=tmp_path), str(tmp_path / "letter.xml"))
    assert any(d.code == "V109" and d.hint.startswith(hint) for d in found)
