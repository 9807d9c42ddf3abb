from __future__ import annotations

import json
import pickle
from pathlib import Path

from lxml import etree

from toolkit.diagnostics import Diagnostic, DiagnosticError, Kind, Position, Severity
from toolkit.diagnostics.formats import names, render

KIND = Kind("T001", "test", Severity.ERROR, "A finding of the tests.")


def finding(file: Path, line: int = 2, column: int = 3) -> Diagnostic:
    return KIND.at(Position(str(file), line, column), "wrong, 100 % sure", "Mend it.")


def test_text_shows_the_line_with_a_caret_under_the_place(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("one\ntwo\n", encoding="utf-8")
    lines = render("text", [finding(file)]).splitlines()
    assert lines[0] == f"{file}:2:3: error T001: wrong, 100 % sure"
    assert lines[1].index("o", lines[1].index("|")) == lines[2].index("^")
    assert lines[3] == "  = Mend it."


def test_text_sends_no_control_characters_to_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("one\n\x1b[2Jtwo\n", encoding="utf-8")
    found = KIND.at(Position(str(file), 2, 3), "bad \x1b[31m", "")
    assert "\x1b" not in render("text", [found])


def test_json_is_a_list_of_findings() -> None:
    (found,) = json.loads(render("json", [finding(Path("a.xml"))]))
    assert found == {
        "code": "T001",
        "severity": "error",
        "file": "a.xml",
        "line": 2,
        "column": 3,
        "message": "wrong, 100 % sure",
        "hint": "Mend it.",
    }


def test_json_of_nothing_is_an_empty_list() -> None:
    assert json.loads(render("json", [])) == []


def test_github_commands_escape_what_would_end_them() -> None:
    text = render("github", [finding(Path("a,b.xml"))])
    assert text == "::error file=a%2Cb.xml,line=2,col=3,title=T001::wrong, 100 %25 sure Mend it.\n"


def test_sarif_names_rule_place_and_level() -> None:
    (run,) = json.loads(render("sarif", [finding(Path("a b.xml"))]))["runs"]
    (result,) = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "T001"
    assert result["level"] == "error"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%20b.xml"
    assert place["region"] == {"startLine": 2, "startColumn": 3}


def test_junit_is_well_formed_whatever_a_document_says() -> None:
    hostile = KIND.at(Position('a"<b.xml', 1, 1), "a \x1b \ufffe & ]]> <x>", "Mend it.")
    root = etree.fromstring(render("junit", [hostile, finding(Path("b.xml"))]).encode())
    assert [suite.get("failures") for suite in root] == ["1", "1"]
    assert root[0][0].get("classname") == 'a"<b.xml'


def test_formats_are_found_by_their_files() -> None:
    assert {"text", "json", "github", "sarif", "junit"} <= set(names())


def test_an_error_crosses_a_process_border_unchanged() -> None:
    error = DiagnosticError(finding(Path("a.xml")))
    assert pickle.loads(pickle.dumps(error)).diagnostics == error.diagnostics  # noqa: S301
