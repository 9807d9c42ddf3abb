"""The conformance suite of SchXslt2: each case gives the verdict and the report it asks for."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from toolkit.diagnostics import DiagnosticError
from toolkit.tei.parse import parse_file
from toolkit.validate.schematron import DEFAULT_PHASE, load_rules, svrl

SUITE = "{https://doi.org/10.5281/zenodo.5679629#}"
NAMESPACES = {"svrl": "http://purl.oclc.org/dsdl/svrl"}
GROUPS = (
    "instance-document-selection",
    "pattern-templating",
    "reporting",
    "rule-based-validation",
    "schema-composition",
)
CASES_IN_ALL = 87


def suite(data_folder: Path) -> Path:
    return data_folder / "schemas" / "schematron-conformance" / "testcases"


def write_documents(case: etree._Element, folder: Path) -> Path:
    """Write the documents of a case to files and return the first."""
    files = []
    for document in case.iterfind(f"{SUITE}documents/{SUITE}document"):
        file = folder / document.get("filename", "")
        (content,) = document.iterchildren(etree.Element)
        file.write_bytes(etree.tostring(content, with_tail=False))
        files.append(file)
    return files[0]


def run(case: etree._Element, schema: etree._Element, folder: Path) -> etree._Element | None:
    """Return the report, or None if the schema is refused."""
    document = write_documents(case, folder)
    file = folder / "schema.sch"
    file.write_bytes(etree.tostring(schema, with_tail=False))
    try:
        rules = load_rules(file, case.get("phase", DEFAULT_PHASE), full=True)
    except DiagnosticError as error:
        assert {d.code for d in error.diagnostics} == {"V690"}
        return None
    return etree.fromstring(svrl(rules, parse_file(document), folder).encode())


def verdict(report: etree._Element | None) -> str:
    if report is None:
        return "error"
    found = report.xpath("//svrl:failed-assert | //svrl:successful-report", namespaces=NAMESPACES)
    return "invalid" if found else "valid"


@pytest.mark.parametrize("group", GROUPS)
def test_every_case_of_the_suite_passes(data_folder: Path, tmp_path: Path, group: str) -> None:
    failed = []
    for file in sorted((suite(data_folder) / group).glob("*.xml")):
        case = etree.parse(file).getroot()
        for schema in case.iterfind(f"{SUITE}schemas/*"):
            report = run(case, schema, tmp_path)
            wanted = [a.get("assert", "") for a in case.iter(f"{SUITE}assertion")]
            kept = report is None or all(
                report.xpath(f"boolean({test})", namespaces=NAMESPACES) for test in wanted
            )
            if verdict(report) != case.get("expect") or not kept:
                failed.append(file.name)
    assert failed == []


def test_the_groups_are_the_whole_suite(data_folder: Path) -> None:
    folder = suite(data_folder)
    assert {path.name for path in folder.iterdir()} == set(GROUPS)
    assert len(list(folder.glob("*/*.xml"))) == CASES_IN_ALL
