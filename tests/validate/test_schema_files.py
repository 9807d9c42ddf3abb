"""Schemas: the edition's own works as the bundled one does; a bad one is told of with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tests.letter import LETTER
from toolkit.diagnostics import DiagnosticError
from toolkit.tei.parse import parse
from toolkit.validate import Context, validate
from toolkit.validate.relaxng import load_schema
from toolkit.validate.schemas import schema_at

GRAMMAR = '<grammar xmlns="http://relaxng.org/ns/structure/1.0">'


def refusal(path: Path):
    with pytest.raises(DiagnosticError) as caught:
        validate(parse("letter.xml", LETTER.encode()), Context(schema=path))
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.hint
    return diagnostic


@pytest.mark.parametrize(
    ("content", "code", "line", "word"),
    [
        (None, "F001", 1, "no such file"),
        (f"{GRAMMAR}\n<start></grammar>", "V181", 2, "well-formed"),
        ("<grammar/>", "V190", 1, "`<grammar>`"),
        ('<s:schema xmlns:s="http://www.w3.org/2001/XMLSchema"/>', "V190", 1, "`<schema>`"),
        (f'{GRAMMAR}\n<start>\n<ref name="p"/></start></grammar>', "V182", 3, "“p”"),
        (f"{GRAMMAR}\n<start>\n<elment/></start></grammar>", "V181", 3, "<elment>"),
        (f'{GRAMMAR}\n<include href="no.rng"/></grammar>', "V183", 2, "no.rng"),
        (f'{GRAMMAR}\n<include href="http://x.org/a.rng"/></grammar>', "V183", 2, "local file"),
        (f'{GRAMMAR}\n<include href="schema.rng"/></grammar>', "V182", 2, "refers to itself"),
        (
            f'{GRAMMAR}\n<start><element name="x:a"><empty/></element></start></grammar>',
            "V182",
            2,
            "prefix x",
        ),
        (
            f'<!DOCTYPE grammar [<!ENTITY x SYSTEM "/etc/hostname">]>\n{GRAMMAR}<start>'
            '<element name="a"><value>&x;</value></element></start></grammar>',
            "V183",
            2,
            "“x”",
        ),
    ],
)
def test_a_bad_schema_is_refused_with_its_line(
    tmp_path: Path, content: str | None, code: str, line: int, word: str
) -> None:
    path = tmp_path / "schema.rng"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    diagnostic = refusal(path)
    assert (diagnostic.code, diagnostic.line) == (code, line)
    assert word in diagnostic.message


def test_a_mistake_in_an_included_file_names_that_file(tmp_path: Path) -> None:
    (tmp_path / "main.rng").write_text(f'{GRAMMAR}<include href="part.rng"/></grammar>')
    (tmp_path / "part.rng").write_text(f'{GRAMMAR}\n\n<start><ref name="x"/></start></grammar>')
    diagnostic = refusal(tmp_path / "main.rng")
    assert diagnostic.file.endswith("part.rng")
    assert diagnostic.line == 3


def test_compact_syntax_is_read(tmp_path: Path) -> None:
    (tmp_path / "s.rnc").write_text("start = element a { attribute n { xsd:integer }, text }")
    context = Context(schema=tmp_path / "s.rnc")
    assert validate(parse("a.xml", b'<a n="1">x</a>'), context) == ()
    assert [d.code for d in validate(parse("a.xml", b'<a n="x">x</a>'), context)] == ["V108"]


def test_a_mistake_in_compact_syntax_has_line_and_column(tmp_path: Path) -> None:
    (tmp_path / "s.rnc").write_text("start =\n  element a { txt }")
    diagnostic = refusal(tmp_path / "s.rnc")
    assert (diagnostic.code, diagnostic.line, diagnostic.column) == ("V182", 2, 15)


def test_a_cache_that_cannot_be_kept_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    (tmp_path / "s.rnc").write_text("start = element a { empty }")
    for folder in (tmp_path / "file", tmp_path / "cache"):
        schema_at.cache_clear()
        context = Context(schema=tmp_path / "s.rnc", cache=folder)
        for content, valid in ((b"<a/>", True), (b"<b/>", False)):
            assert (validate(parse("a.xml", content), context) == ()) == valid
    (kept,) = (tmp_path / "cache").glob("relaxng-*")
    kept.write_bytes(b"{")
    schema_at.cache_clear()
    assert validate(parse("a.xml", b"<a/>"), context) == ()


def test_identifiers_of_a_schema_are_checked(tmp_path: Path) -> None:
    (tmp_path / "s.rnc").write_text(
        "start = element a { element b { attribute id { xsd:ID }?, attribute to { xsd:IDREF }? }* }"
    )
    content = b'<a><b id="x"/><b to="x"/>\n<b   id="x"/><b to="y"/></a>'
    found = validate(parse("a.xml", content), Context(schema=tmp_path / "s.rnc"))
    told = [(d.code, d.line, d.column) for d in found]
    assert told == [("V111", 2, 6), ("V112", 2, 17)]


def test_content_that_a_value_decides_is_refused_plainly(tmp_path: Path) -> None:
    """No name is wrong here, but the value of one attribute does not go with the content."""
    (tmp_path / "s.rnc").write_text(
        'start = element a { (attribute t { "x" }, element b { empty })'
        ' | (attribute t { "y" }, element c { empty }) }'
    )
    context = Context(schema=tmp_path / "s.rnc")
    assert validate(parse("a.xml", b'<a t="y"><c/></a>'), context) == ()
    (found,) = validate(parse("a.xml", b'<a t="y">\n<b/></a>'), context)
    assert (found.code, found.line, found.column) == ("V102", 2, 1)
    assert "`<c>`" in found.hint


def test_an_encoding_that_only_the_parser_knows_is_validated(tmp_path: Path) -> None:
    (tmp_path / "s.rnc").write_text("start = element a { element b { text }* }")
    context = Context(schema=tmp_path / "s.rnc")
    for body, codes in (("<b>北京</b>", []), ("<c>北京</c>", ["V101"])):
        text = f'<?xml version="1.0" encoding="GB18030"?>\n<a>{body}</a>'
        found = validate(parse("a.xml", text.encode("gb18030")), context)
        assert [d.code for d in found] == codes


def test_includes_are_merged_and_overridden(tmp_path: Path) -> None:
    (tmp_path / "part.rng").write_text(
        f'{GRAMMAR}<start><ref name="a"/></start>'
        '<define name="a"><element name="a"><ref name="b"/></element></define>'
        '<define name="b"><element name="b"><empty/></element></define></grammar>'
    )
    (tmp_path / "main.rng").write_text(
        f'{GRAMMAR}<include href="part.rng"><define name="b"><element name="c"><empty/></element>'
        "</define></include></grammar>"
    )
    context = Context(schema=tmp_path / "main.rng")
    assert validate(parse("a.xml", b"<a><c/></a>"), context) == ()
    assert [d.code for d in validate(parse("a.xml", b"<a><b/></a>"), context)] == ["V101"]


def test_a_schema_of_one_element_works(tmp_path: Path) -> None:
    (tmp_path / "s.rng").write_text(
        '<element name="note" xmlns="http://relaxng.org/ns/structure/1.0"><attribute name="to"/>'
        '<interleave><element name="a"><text/></element><element name="b"><text/></element>'
        "</interleave></element>"
    )
    context = Context(schema=tmp_path / "s.rng")
    assert validate(parse("n.xml", b'<note to="x"><b/><a/></note>'), context) == ()
    codes = [d.code for d in validate(parse("n.xml", b"<note><b/></note>"), context)]
    assert codes == ["V104", "V107"]


def test_libxml2_has_the_same_verdicts(data_folder: Path) -> None:
    """An oracle that shares nothing with the engine."""
    path = data_folder / "schemas" / "eltec-1.rng"
    oracle = etree.RelaxNG(etree.parse(path))
    ours = load_schema(path)
    files = sorted((data_folder / "corpora" / "eltec-por").glob("*.xml"))
    verdicts = set()
    for file in (*files, *sorted((data_folder / "mistakes").glob("0*.xml"))):
        document = parse(str(file), file.read_bytes())
        valid = not ours.validate(document.content, str(file))
        assert oracle.validate(document.root.getroottree()) == valid, file
        verdicts.add(valid)
    assert verdicts == {True, False}
