"""The compact syntax says the same as the XML syntax."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.diagnostics import DiagnosticError
from toolkit.validate.relaxng import Schema, load_schema


def _schema(folder: Path, text: str, name: str = "main.rnc") -> Schema:
    (folder / name).write_text(text, encoding="utf-8")
    return load_schema(folder / name)


def _valid(schema: Schema, document: str) -> bool:
    return not schema.validate(document.encode(), "document.xml")


def test_names_are_in_the_default_namespace_and_attributes_in_none(tmp_path: Path) -> None:
    schema = _schema(
        tmp_path, 'default namespace = "u:a"\nelement a { attribute b { text }, text }'
    )
    assert _valid(schema, '<a xmlns="u:a" b="1">x</a>')
    assert not _valid(schema, '<a b="1">x</a>')


def test_includes_override_definitions(tmp_path: Path) -> None:
    (tmp_path / "base.rnc").write_text(
        "start = element a { b }\nb = element b { empty }", encoding="utf-8"
    )
    schema = _schema(tmp_path, 'include "base.rnc" { b = element c { empty } }')
    assert _valid(schema, "<a><c/></a>")
    assert not _valid(schema, "<a><b/></a>")


def test_definitions_combine(tmp_path: Path) -> None:
    schema = _schema(
        tmp_path,
        "start = element a { b }\nb |= element b { empty }\nb |= element c { empty }",
    )
    assert _valid(schema, "<a><b/></a>")
    assert _valid(schema, "<a><c/></a>")


def test_annotations_are_skipped(tmp_path: Path) -> None:
    schema = _schema(
        tmp_path,
        'namespace a = "u:annotation"\n'
        "## documentation\n"
        '[ a:note = "x" ] start = [ a:doc [ "text" a:more [ ] ] ] element a { empty } '
        '>> a:after [ "x" ]\n'
        'a:component [ a:attribute = "x" "content" ]',
    )
    assert _valid(schema, "<a/>")


def test_datatypes_have_facets_and_exceptions(tmp_path: Path) -> None:
    schema = _schema(
        tmp_path,
        'element a { xsd:integer { minInclusive = "1" maxInclusive = "9" } - ("4" | "5") }',
    )
    assert _valid(schema, "<a> 3 </a>")
    assert not _valid(schema, "<a>4</a>")
    assert not _valid(schema, "<a>10</a>")


def test_name_classes_have_exceptions(tmp_path: Path) -> None:
    schema = _schema(
        tmp_path, 'namespace x = "u:x"\nelement * - (x:* | b) { attribute * { text }*, text }'
    )
    assert _valid(schema, '<a c="1"/>')
    assert not _valid(schema, "<b/>")
    assert not _valid(schema, '<a xmlns="u:x"/>')


def test_quoted_keywords_and_joined_literals_work(tmp_path: Path) -> None:
    schema = _schema(tmp_path, "start = \\list\n\\list = element list { \"a\" ~ 'b' }")
    assert _valid(schema, "<list>ab</list>")


@pytest.mark.parametrize(
    ("text", "column"),
    [("element a { text", 17), ("element a { b, c | d }", 18), ("element a { % }", 13)],
)
def test_a_slip_is_told_with_its_place(text: str, column: int, tmp_path: Path) -> None:
    with pytest.raises(DiagnosticError) as error:
        _schema(tmp_path, text)
    assert (error.value.diagnostics[0].line, error.value.diagnostics[0].column) == (1, column)
