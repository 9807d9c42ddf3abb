"""The conformance suite of RELAX NG, whole: correct and incorrect schemas, valid and not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from toolkit.diagnostics import DiagnosticError
from toolkit.validate.relaxng import Schema, load_schema

DISPUTED: dict[int, str] = {}
"""Cases believed wrong: the number of the case in the suite, and the reason. There are none."""


def write(element: etree._Element, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    inner = next(iter(element), None)
    if inner is None:
        path.write_text(element.text or "", encoding="utf-8")
    else:
        path.write_bytes(etree.tostring(inner, encoding="utf-8", with_tail=False))


def write_resources(element: etree._Element, folder: Path) -> None:
    for child in element:
        if child.tag == "resource":
            write(child, folder / child.get("name", ""))
        elif child.tag == "dir":
            write_resources(child, folder / child.get("name", ""))


def _load(path: Path) -> Schema | None:
    try:
        return load_schema(path)
    except DiagnosticError:
        return None


def _wrong(case: etree._Element, folder: Path) -> Iterator[str]:
    write_resources(case, folder)
    schema: Schema | None = None
    for part in case:
        if part.tag in ("correct", "incorrect"):
            write(part, folder / "schema.rng")
            schema = _load(folder / "schema.rng")
            if (schema is not None) != (part.tag == "correct"):
                yield f"schema in section {case.findtext('section')} is {part.tag}"
        elif part.tag in ("valid", "invalid") and schema is not None:
            write(part, folder / "instance.xml")
            found = schema.validate((folder / "instance.xml").read_bytes(), "instance.xml")
            if bool(found) == (part.tag == "valid"):
                yield f"instance in section {case.findtext('section')} is {part.tag}: {found}"


def test_the_conformance_suite_passes_whole(data_folder: Path, tmp_path: Path) -> None:
    suite = etree.parse(str(data_folder / "schemas" / "relaxng-spectest.xml"))
    cases = list(suite.iter("testCase"))
    assert len(cases) == 385
    wrong = {
        number: found
        for number, case in enumerate(cases)
        if (found := list(_wrong(case, tmp_path / str(number)))) and number not in DISPUTED
    }
    assert wrong == {}


INCORRECT = {
    "3": '<element name="a" {}><frob/></element>',
    "4.10": '<element name="p:a" {}><empty/></element>',
    "4.16": '<element name="a" {}><data type="integer"/></element>',
    "4.17": "<grammar {}><start><notAllowed/></start><start><notAllowed/></start></grammar>",
    "4.18": '<grammar {}><start><ref name="none"/></start></grammar>',
    "4.19": '<grammar {}><start><ref name="a"/></start>'
    '<define name="a"><optional><ref name="a"/></optional></define></grammar>',
    "7.1.1": '<element name="a" {}><attribute name="b"><attribute name="c"/></attribute></element>',
    "7.1.2": '<element name="a" {}><oneOrMore><group><attribute name="b"/><attribute name="c"/>'
    "</group></oneOrMore></element>",
    "7.1.3": '<element name="a" {}><list><text/></list></element>',
    "7.1.4": '<element name="a" {}><data type="token"><except><text/></except></data></element>',
    "7.1.5": "<grammar {}><start><text/></start></grammar>",
    "7.2": '<element name="a" {}><value>x</value><value>y</value></element>',
    "7.3": '<element name="a" {}><attribute name="b"/><attribute name="b"/></element>',
    "7.4": '<element name="a" {}><interleave><text/><text/></interleave></element>',
}


@pytest.mark.parametrize("section", sorted(INCORRECT))
def test_a_bad_schema_is_told_with_the_rule_and_the_place(section: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.rng"
    namespace = 'xmlns="http://relaxng.org/ns/structure/1.0"'
    path.write_text("\n" + INCORRECT[section].format(namespace), encoding="utf-8")
    with pytest.raises(DiagnosticError) as error:
        load_schema(path)
    found = error.value.diagnostics[0]
    assert found.file == str(path)
    assert found.line == 2
    assert section == "3" or f"section {section})" in found.message
