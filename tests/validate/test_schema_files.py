"""Schemas: the edition's own works as the bundled one does; a bad one is told of with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tests.letter import LETTER
from toolkit.diagnostics import DiagnosticError
from toolkit.tei.parse import parse
from toolkit.validate import Context, validate
from toolkit.validate.grammar.files import read_schema
from toolkit.validate.relaxng import load_schema

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
        ("<grammar>\n<start></grammar>", "X001", 2, "`<start>`"),
        ('<s:schema xmlns:s="http://www.w3.org/2001/XMLSchema"/>', "V190", 1, "`<schema>`"),
        (f'{GRAMMAR}\n<start>\n<ref name="p"/></start></grammar>', "V190", 3, "“p”"),
        (f"{GRAMMAR}\n<start>\n<elment/></start></grammar>", "V190", 3, "`<elment>`"),
        (f'{GRAMMAR}\n<include href="no.rng"/></grammar>', "V190", 2, "no.rng"),
        (f'{GRAMMAR}\n<include href="http://x.org/a.rng"/></grammar>', "V190", 2, "not fetched"),
        (f'{GRAMMAR}\n<include href="schema.rng"/></grammar>', "V190", 2, "includes itself"),
        (f'{GRAMMAR}\n<start><element name="x:a"/></start></grammar>', "V190", 2, "prefix “x”"),
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


def test_compact_syntax_is_named_as_such(tmp_path: Path) -> None:
    (tmp_path / "s.rnc").write_text("start = element a { text }")
    assert "compact syntax" in refusal(tmp_path / "s.rnc").message


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


def test_the_engine_says_the_same_of_a_schema_read_and_of_the_file(data_folder: Path) -> None:
    """The tree that is handed to the engine means what the file means."""
    path = data_folder / "schemas" / "eltec-1.rng"
    direct = etree.RelaxNG(etree.parse(path))
    ours = load_schema(path).engine
    files = sorted((data_folder / "corpora" / "eltec-por").glob("*.xml"))
    for file in (*files, *sorted((data_folder / "mistakes").glob("0*.xml"))):
        document = parse(str(file), file.read_bytes()).root.getroottree()
        assert direct.validate(document) == ours.validate(document), file


def test_every_element_of_a_schema_keeps_its_place(tmp_path: Path) -> None:
    path = tmp_path / "s.rng"
    path.write_text(f'{GRAMMAR}\n<start>\n<element name="a"><empty/></element></start></grammar>')
    tree = read_schema(path)
    (element,) = tree.root.iter("{*}element")
    number = element.sourceline
    assert isinstance(number, int)
    assert tree.position(number).line == 3
