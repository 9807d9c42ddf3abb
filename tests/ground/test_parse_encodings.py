"""Files are read in a closed list of encodings, and what is scanned is what is parsed."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.annotate import Registers, annotate
from toolkit.diagnostics import DiagnosticError
from toolkit.tei.parse import parse
from toolkit.tei.positions import positions
from toolkit.validate import Context, validate


def refusal(content: bytes) -> tuple[str, str, str]:
    with pytest.raises(DiagnosticError) as caught:
        parse("f.xml", content)
    (found,) = caught.value.diagnostics
    return found.code, found.message, found.hint


def test_a_doctype_in_disguise_loads_no_dtd(tmp_path: Path) -> None:
    (tmp_path / "x.dtd").write_text('<!ENTITY word "LOADED">', encoding="utf-8")
    plain = f'<!DOCTYPE a SYSTEM "{tmp_path}/x.dtd"><a>&word;</a>'
    disguised = plain.replace("<", "+ADw-").replace("!", "+ACE-").encode()
    code, message, hint = refusal(b'<?xml version="1.0" encoding="UTF-7"?>' + disguised)
    assert code == "X004"
    assert "UTF-7" in message
    assert "UTF-8" in hint


@pytest.mark.parametrize(
    "content",
    [
        '<?xml version="1.0"?><a/>'.encode("utf-32"),
        '<?xml version="1.0"?><a/>'.encode("utf-32-be"),
        '<?xml version="1.0"?><a/>'.encode("cp037"),
        b'<?xml version="1.0" encoding="klingon"?><a/>',
        b'<?xml version="1.0" encoding="base64"?><a/>',
        b'<?xml version="1.0" encoding="ISO-2022-JP"?><a/>',
        b'<?xml version="1.0" encoding="UTF-16"?><a/>',
    ],
)
def test_an_encoding_that_is_not_read_is_refused_with_a_remedy(content: bytes) -> None:
    code, _, hint = refusal(content)
    assert code == "X004"
    assert "UTF-8" in hint


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("UTF-8", "Größe 北京"),
        ("UTF-16", "Größe 北京"),
        ("US-ASCII", "plain"),
        ("ISO-8859-15", "œuvre"),
        ("windows-1252", "“œuvre”"),
        ("KOI8-R", "Владивосток"),
        ("GB18030", "北京"),
        ("Shift_JIS", "東京"),
        ("EUC-KR", "평양"),
    ],
)
def test_each_encoding_is_read_placed_and_written_back(encoding: str, text: str) -> None:
    source = (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<!DOCTYPE a [<!ENTITY e "{text}">]>\n'
        f'<a><p n="{text}"/>{text} &e; <b/></a>\n'
    )
    document = parse("f.xml", source.encode(encoding))
    assert document.root[0].get("n") == text
    assert document.root[0].tail == f"{text} {text} "
    place = positions(document).element(document.root[1])
    assert place.line == 3
    assert source.splitlines()[2][place.column - 1 :].startswith("<b/>")
    assert annotate(document, Registers(), "r").content == document.content


def test_the_dtd_of_a_file_in_utf_16_is_told_of_at_its_place() -> None:
    source = '<?xml version="1.0" encoding="UTF-16"?>\n<!DOCTYPE a SYSTEM "x.dtd"><a/>'
    found = validate(parse("f.xml", source.encode("utf-16")), Context())
    assert ("V120", 2, 1) in {(d.code, d.line, d.column) for d in found}


@pytest.mark.parametrize("encoding", ["utf-8", "us-ascii", "windows-1252", "euc-kr"])
def test_bytes_that_the_encoding_has_not_are_found_at_their_place(encoding: str) -> None:
    content = f'<?xml version="1.0" encoding="{encoding}"?>\n<a>x'.encode() + b"\x81\xff</a>"
    with pytest.raises(DiagnosticError) as caught:
        parse("f.xml", content)
    (found,) = caught.value.diagnostics
    assert (found.code, found.line, found.column) == ("X001", 2, 5)
    assert "encoding" in found.message


def test_a_prolog_that_cannot_be_scanned_loads_no_dtd(tmp_path: Path) -> None:
    (tmp_path / "x.dtd").write_text('<!ENTITY word "LOADED">', encoding="utf-8")
    # libxml2 knows names by the fifth edition of XML 1.0, expat only those of the fourth.
    name = "\u0221"
    content = f'<!DOCTYPE {name} SYSTEM "{tmp_path}/x.dtd"><{name}>&word;</{name}>'.encode()
    code, message, _ = refusal(content)
    assert code == "X001"
    assert "not defined" in message
