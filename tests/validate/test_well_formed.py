"""Files that are no XML, or unsafe XML: a finding each, with names, places and a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.diagnostics import Diagnostic, DiagnosticError
from toolkit.tei.parse import parse
from toolkit.validate import Context, validate


def refusal(content: bytes) -> Diagnostic:
    with pytest.raises(DiagnosticError) as caught:
        parse("f.xml", content)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.hint.endswith(".")
    return diagnostic


CASES = [
    (b"<a>\n<b>x</a>", "X001", (2, 5), "`</a>` stands where `<b>` of line 2 is still open"),
    (b"<a>\n<P>x</p></a>", "X001", (2, 5), "`<P>` of line 2"),
    (b"<a>\n<b>x", "X001", (2, 5), "ends while `<b>` of line 2"),
    (b"<a>x & y</a>", "X001", (1, 6), "ampersand"),
    (b"<a>&eacute;</a>", "X001", (1, 4), "`&eacute;` is not defined"),
    (b"<a>3 < 4</a>", "X001", (1, 6), "begins no tag"),
    (b'<a x="1" x="2"/>', "X001", (1, 10), "`x` stands twice"),
    (b"<a x=1/>", "X001", (1, 6), "quotation marks"),
    (b"<q:a/>", "X001", (1, 1), "prefix “q”"),
    (b"<a/><b/>", "X001", (1, 5), "follows the end of the root element"),
    (b" \n<?xml version='1.0'?><a/>", "X001", (2, 1), "very start"),
    (b"<a>\xe9</a>", "X001", (1, 4), "encoding"),
    (bytes(range(256)), "X001", (1, 1), "binary"),
    (b"<a>\n<<<<<<< HEAD\n<b/>\n=======\n>>>>>>> x\n</a>", "X001", (2, 1), "a merge has left"),
    (b"hello", "X001", (1, 1), "does not begin with a tag"),
    (b"<a>" * 100_000, "X003", (1, 771), "256 levels"),
    (
        b'<!DOCTYPE a [<!ENTITY e SYSTEM "/etc/hostname">]><a>&e;</a>',
        "X002",
        (1, 14),
        "external entity “e”",
    ),
    (
        b'<!DOCTYPE a [<!ENTITY a "b&b;"><!ENTITY b "a&a;">]><a>&a;</a>',
        "X002",
        (1, 55),
        "without bound",
    ),
]


@pytest.mark.parametrize(("content", "code", "place", "word"), CASES)
def test_what_is_not_well_formed_is_explained(
    content: bytes, code: str, place: tuple[int, int], word: str
) -> None:
    diagnostic = refusal(content)
    assert (diagnostic.code, diagnostic.line, diagnostic.column) == (code, *place)
    assert word in diagnostic.message


@pytest.mark.parametrize(
    "declared",
    [
        '<!NOTATION jpeg SYSTEM "jpeg"><!ENTITY image SYSTEM "x.jpg" NDATA jpeg>',
        '<!ENTITY chapter SYSTEM "/etc/hostname">',
        '<!ENTITY % more SYSTEM "/etc/hostname">',
    ],
)
def test_an_external_entity_that_is_only_declared_is_no_fault(declared: str) -> None:
    document = parse("f.xml", f"<!DOCTYPE a [{declared}]><a>x</a>".encode())
    assert document.root.text == "x"


def test_an_external_entity_is_not_loaded_by_a_hidden_reference(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    declared = f'<!ENTITY e SYSTEM "{secret}"><!ENTITY hidden "&#38;e;">'
    content = f"<!DOCTYPE a [{declared}]><a>&hidden;</a>".encode()
    try:
        found = "".join(map(str, parse("f.xml", content).root.itertext()))
    except DiagnosticError as error:
        found = str(error)
    assert "secret" not in found.replace(str(secret), "")


def test_entities_do_not_expand_without_bound() -> None:
    levels = "".join(
        f'<!ENTITY e{i} "{f"&e{i - 1};" * 10 if i else "aaaaaaaaaa"}">' for i in range(9)
    )
    assert refusal(f"<!DOCTYPE a [{levels}]><a>&e8;</a>".encode()).code == "X002"


def test_entities_do_not_expand_without_bound_beside_a_long_text() -> None:
    levels = "".join(
        f'<!ENTITY e{i} "{f"&e{i - 1};" * 10 if i else "aaaaaaaaaa"}">' for i in range(9)
    )
    long = "x" * 10_000_100
    assert refusal(f"<!DOCTYPE a [{levels}]><a>{long}&e8;</a>".encode()).code in ("X001", "X002")


def test_a_text_of_any_length_is_read() -> None:
    document = parse("f.xml", b"<a>" + b"x" * 11_000_000 + b"</a>")
    assert len(document.root.text or "") == 11_000_000


def test_a_dtd_is_not_loaded_but_told_of(tmp_path: Path) -> None:
    (tmp_path / "x.dtd").write_text('<!ENTITY word "LOADED">', encoding="utf-8")
    head = f'<!DOCTYPE TEI SYSTEM "{tmp_path}/x.dtd">\n'
    assert "not defined" in refusal((head + "<TEI>&word;</TEI>").encode()).message
    document = parse("f.xml", ("\n" + head + "<TEI/>").encode())
    codes = {(d.code, d.line, d.column) for d in validate(document, Context())}
    assert ("V120", 2, 1) in codes


def test_a_dtd_on_the_web_is_not_fetched() -> None:
    document = parse("f.xml", b'<!DOCTYPE a SYSTEM "http://localhost:9/x.dtd"><a/>')
    assert document.root.tag == "a"


def test_a_repeated_id_is_no_reason_not_to_read_a_file() -> None:
    document = parse("f.xml", b'<a><b xml:id="x"/><b xml:id="x"/></a>')
    assert len(document.root) == 2


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        # The end tag that is left belongs to the outer one.
        ("<div>\n<p><div>x</p>\n</div>", "before `</p>`, or take the `<div>` of line 2 out."),
        ("<div>\n<p><div>x</p></div>\n</div>", "behind it out: elements do not overlap."),
        ("<a>\n<p><div>x</p></div>\n</a>", "behind it out: elements do not overlap."),
        ("<a>\n<p><div>x</p><div>y</div></a>", "Write `</div>` before `</p>`."),
    ],
)
def test_an_end_tag_that_another_element_needs_is_left(content: str, hint: str) -> None:
    assert refusal(content.encode()).hint.endswith(hint)


def test_the_end_tags_that_a_file_lacks_are_told_as_they_are_written() -> None:
    assert "`</q></p></div>`" in refusal(b"<div>\n<p><q>x").hint
