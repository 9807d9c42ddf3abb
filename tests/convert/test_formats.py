"""Formats of transcriptions: which files are read, and what a format knows beside characters."""

from pathlib import Path

import pytest

from toolkit.convert import (
    Publication,
    convert,
    load_convention,
    read_transcription,
    suffixes,
    transcribe,
)
from toolkit.convert.notation.marks import Mark, Point, Range
from toolkit.diagnostics import DiagnosticError, SourceText
from toolkit.tei.parse import parse
from toolkit.validate import Context, validate


def _body(text: str, *marks: Mark) -> str:
    source = SourceText("a.txt", text)
    conversion = convert(source, load_convention("default"), Publication("", ""), marks=marks)
    document = parse("a.xml", conversion.xml.encode())
    assert validate(document, Context()) == ()
    assert transcribe(document) == text.encode()
    assert conversion.diagnostics == ()
    return conversion.xml[conversion.xml.index("<body>") :]


def _underlined(text: str, stretch: str) -> Mark:
    start = text.index(stretch)
    end = start + len(stretch)
    return Mark(start, end, "underline", (Range(start, end, "hi", (("rend", "underline"),)),))


def test_plain_text_and_markdown_are_transcriptions() -> None:
    assert {".txt", ".md"} <= suffixes()


def test_a_file_of_another_ending_is_read_as_plain_text() -> None:
    found = read_transcription(Path("letter.transcription"), "Ça va\r\n".encode())
    assert (found.source.text, found.marks) == ("Ça va\r\n", ())


def test_a_file_that_is_no_text_is_refused() -> None:
    with pytest.raises(DiagnosticError) as raised:
        read_transcription(Path("letter.docx"), b"PK\x03\x04\0\0")
    assert raised.value.diagnostics[0].code == "F004"


@pytest.mark.parametrize("text", ['<?xml version="1.0"?>\n<TEI/>', '\n<TEI xmlns="x">'])
def test_a_file_of_xml_is_no_transcription(text: str) -> None:
    with pytest.raises(DiagnosticError) as raised:
        read_transcription(Path("letter.xml"), text.encode())
    assert raised.value.diagnostics[0].code == "C004"


def test_what_a_format_knows_nests_with_the_notation_of_the_profile() -> None:
    text = "Dear Anna,\n\nHe saw the [North] Sea."
    assert '<hi rend="underline">the <supplied>North</supplied> Sea</hi>.' in _body(
        text, _underlined(text, "the [North] Sea")
    )


def test_what_a_format_knows_crosses_notation_and_paragraphs_without_loss() -> None:
    text = "Dear Anna,\n\nHe saw the [North Sea] twice.\n\nThen he left."
    body = _body(text, _underlined(text, "Sea] twice.\n\nThen"))
    assert body.count(' rend="underline"') == 3
    assert body.count(' next="#') == body.count(' prev="#') == 2


def test_a_format_may_set_points() -> None:
    text = "Dear Anna,\n\nHe saw the sea."
    at = text.index("the sea")
    assert 'saw <pb n="2"/>the sea' in _body(
        text, Mark(at, at, "page", points=(Point(at, "pb", (("n", "2"),)),))
    )
