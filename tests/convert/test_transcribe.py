"""From TEI back to the transcription: byte for byte, after annotation too, or not at all."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit.convert import Publication, convert, load_convention, transcribe
from toolkit.diagnostics import DiagnosticError, SourceText
from toolkit.files import decode
from toolkit.tei.parse import parse

NOTHING = Publication("", "")
TEXT = (
    "---\ntitle: A [torn] letter\ndate: 1848-05-03\nsender: Ann\n---\n\n"
    "One ~~two~~ three.[1]\n\n[1] A note.\n\nEnd."
)


def _tei(text: str, profile: str = "default", encoding: str = "utf-8") -> str:
    return convert(SourceText("a.txt", text, encoding), load_convention(profile), NOTHING).xml


def _back(xml: str) -> bytes:
    return transcribe(parse("a.xml", xml.encode()))


@pytest.mark.parametrize(
    ("stem", "profile"),
    [
        ("1837-mondnacht", "default"),
        ("1848-05-03-hartwell-to-greave", "default"),
        ("1911-06-05-sokolov-to-orlova", "default"),
        ("1959-06-18-cable", "wilson-center"),
    ],
)
def test_the_sample_edition_goes_back_to_its_transcriptions(
    repository: Path, stem: str, profile: str
) -> None:
    path = repository / "transcriptions" / f"{stem}.txt"
    content = path.read_bytes()
    xml = convert(decode(path, content), load_convention(profile), NOTHING).xml
    assert _back(xml) == content
    assert len(re.findall(r"<xenoData.*</xenoData>", xml)[0]) < 3000


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_encoding_byte_order_mark_and_line_ends_come_back(
    line_end: str, encoding: str, mark: str
) -> None:
    text = mark + TEXT.replace("\n", line_end)
    assert _back(_tei(text, encoding=encoding)) == text.encode(encoding)


def test_what_annotation_adds_does_no_harm() -> None:
    xml = _tei(TEXT)
    xml = xml.replace("three", '<persName ref="registers/persons.xml#three">three</persName>')
    xml = xml.replace("<title>A [torn]", "<title><name>A</name> [torn]")
    xml = xml.replace(
        "</titleStmt>",
        '<respStmt xml:id="own"><resp>annotation</resp><name>rule</name></respStmt></titleStmt>',
    )
    xml = re.sub(r'(<correspAction type="sent">)', r"\1<placeName>Riga</placeName>", xml)
    xml = xml.replace(
        "<langUsage>",
        '<particDesc><p>x</p></particDesc><langUsage><language ident="la">Latin</language>',
    )
    assert _back(xml) == TEXT.encode()


@pytest.mark.parametrize(("old", "new"), [("three", "four"), ("Ann", "Bob"), ("A note.", "A note")])
def test_changed_words_are_reported_and_nothing_is_given_out(old: str, new: str) -> None:
    with pytest.raises(DiagnosticError) as failed:
        _back(_tei(TEXT).replace(f">{old}", f">{new}").replace(f" {old}", f" {new}"))
    assert [found.code for found in failed.value.diagnostics] == ["C302"]


@pytest.mark.parametrize(
    "xml",
    [
        "<TEI xmlns='http://www.tei-c.org/ns/1.0'/>",
        "<TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader>"
        "<xenoData type='ledger'>no ledger</xenoData></teiHeader></TEI>",
    ],
)
def test_a_document_of_another_origin_is_refused(xml: str) -> None:
    with pytest.raises(DiagnosticError) as failed:
        _back(xml)
    assert [found.code for found in failed.value.diagnostics] == ["C301"]


@pytest.mark.parametrize("ledger", ["{}", '{"encoding":7}', '{"fields":[],"parts":[[1]]}'])
def test_a_ledger_that_was_tampered_with_is_refused(ledger: str) -> None:
    xml = re.sub(r"(<xenoData[^>]*>).*(</xenoData>)", rf"\g<1>{ledger}\g<2>", _tei(TEXT))
    with pytest.raises(DiagnosticError) as failed:
        _back(xml)
    assert [found.code for found in failed.value.diagnostics] == ["C302"]


def test_an_edition_may_leave_the_ledger_out() -> None:
    source = SourceText("a.txt", TEXT)
    assert (
        "xenoData"
        not in convert(source, load_convention("default"), NOTHING, with_ledger=False).xml
    )


@given(
    text=st.text(st.sampled_from("ab [](){}~^_*<>|&\"'\n\r\t-1.\u00a0ж\u0323\ufeff"), max_size=80)
)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_comes_back(text: str) -> None:
    for profile in ("default", "dfat", "leiden"):
        try:
            xml = _tei(text, profile)
        except DiagnosticError:
            continue
        assert _back(xml) == text.encode()
