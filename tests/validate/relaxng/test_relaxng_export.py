"""A schema written as one file accepts what the schema accepts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from tests.letter import LETTER
from tests.validate.relaxng.test_relaxng_conformance import write, write_resources
from tests.validate.relaxng.test_relaxng_real_data import jing
from toolkit.diagnostics import DiagnosticError
from toolkit.files import read_bytes
from toolkit.validate.bearings import Bearings
from toolkit.validate.bundled import default_schema
from toolkit.validate.relaxng import Schema, load_schema
from toolkit.validate.relaxng.comparison import compare
from toolkit.validate.relaxng.syntax.writing import as_one_file
from toolkit.validate.schemas import schema_at


def exported(path: Path, into: Path) -> Schema:
    text = as_one_file(path, read_bytes(path), Bearings())
    into.mkdir()
    (into / "one.rng").write_text(text, encoding="utf-8")
    return load_schema(into / "one.rng")


def differing(case: etree._Element, folder: Path) -> Iterator[str]:
    write_resources(case, folder)
    schema: Schema | None = None
    for part in case:
        if part.tag == "correct":
            write(part, folder / "schema.rng")
            schema = exported(folder / "schema.rng", folder / "exported")
        elif part.tag in ("valid", "invalid") and schema is not None:
            write(part, folder / "instance.xml")
            found = schema.validate((folder / "instance.xml").read_bytes(), "instance.xml")
            if bool(found) == (part.tag == "valid"):
                yield f"instance in section {case.findtext('section')} is {part.tag}: {found}"


def test_the_verdicts_of_the_conformance_suite_stay(data_folder: Path, tmp_path: Path) -> None:
    suite = etree.parse(str(data_folder / "schemas" / "relaxng-spectest.xml"))
    cases = [case for case in suite.iter("testCase") if case.find("correct") is not None]
    assert len(cases) > 100
    found = {}
    for number, case in enumerate(cases):
        try:
            found[number] = list(differing(case, tmp_path / str(number)))
        except DiagnosticError as error:
            found[number] = [str(error)]
    assert {number: told for number, told in found.items() if told} == {}


COMPACT = """
default namespace = "http://x.org/"
namespace p = "http://y.org/"
datatypes xsd = "http://www.w3.org/2001/XMLSchema-datatypes"
include "part.rnc" { b = element p:b { attribute p:n { xsd:integer { minInclude } }?, text } }
start |= element q { attribute t { xsd:QName "p:x" | "a & < \\x{d} b" }, external "inner.rnc" }
""".replace("minInclude", 'minInclusive = "3"')
PART = (
    'default namespace = "http://z.org/"\nstart = a\na = element a { b* }\nb = element b { empty }'
)
INNER = "grammar { start = element * - (p:* | i) { parent-less* }\nparent-less = text }"


def test_includes_names_and_values_stay(tmp_path: Path) -> None:
    (tmp_path / "main.rnc").write_text(COMPACT, encoding="utf-8")
    (tmp_path / "part.rnc").write_text(PART, encoding="utf-8")
    (tmp_path / "inner.rnc").write_text(f'namespace p = "http://y.org/"\n{INNER}', encoding="utf-8")
    one = exported(tmp_path / "main.rnc", tmp_path / "exported")
    assert compare(load_schema(tmp_path / "main.rnc"), one).same
    text = (tmp_path / "exported" / "one.rng").read_text(encoding="utf-8")
    assert "include" not in text
    assert "externalRef" not in text


@pytest.fixture(scope="module")
def one_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Schema]:
    """Return the bundled grammar in one file."""
    folder = tmp_path_factory.mktemp("grammar") / "exported"
    schema = exported(default_schema().grammar, folder)
    return folder / "one.rng", schema


def test_the_bundled_grammar_is_the_same_in_one_file(one_file: tuple[Path, Schema]) -> None:
    assert compare(schema_at(default_schema().grammar), one_file[1]).same


def test_jing_reads_it_and_agrees(one_file: tuple[Path, Schema], tmp_path: Path) -> None:
    path, one = one_file
    spoiled = LETTER.replace("persName", "persname")
    for name, text in (("valid.xml", LETTER), ("wrong.xml", spoiled)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    files = [tmp_path / "valid.xml", tmp_path / "wrong.xml"]
    found = jing(path, files)
    for file in files:
        ours = one.validate(file.read_bytes(), file.name)
        assert found[str(file)][:1] == [violation.line for violation in ours][:1]


def test_a_schema_with_a_mistake_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "bad.rnc").write_text("start = element a { b }", encoding="utf-8")
    with pytest.raises(DiagnosticError) as refused:
        exported(tmp_path / "bad.rnc", tmp_path / "exported")
    assert [d.code for d in refused.value.diagnostics] == ["V182"]
