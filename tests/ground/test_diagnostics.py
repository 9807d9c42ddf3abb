from __future__ import annotations

import json
import pickle
import re
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import etree

from toolkit.diagnostics import Diagnostic, DiagnosticError, Kind, Position, Severity
from toolkit.diagnostics.colour import coloured, wanted
from toolkit.diagnostics.formats import names, render
from toolkit.diagnostics.sources import Sources

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


def test_json_is_a_list_of_findings_that_follows_its_schema(repository: Path) -> None:
    schema = json.loads((repository / "schemas" / "findings.schema.json").read_text("utf-8"))
    said = json.loads(render("json", [finding(Path("a.xml"))]))
    assert list(Draft202012Validator(schema).iter_errors(said)) == []
    (found,) = said
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
    hostile = KIND.at(Position("a,b:c.xml", 2, 3), "100 %\nwrong", "Mend it.")
    said = "100 %25%0Awrong%0AMend it."
    assert render("github", [hostile]) == (
        f"::error file=a%2Cb%3Ac.xml,line=2,col=3,title=T001::{said}\n"
    )


@pytest.mark.parametrize("service", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_build_services_get_paths_from_the_top_of_the_checkout(
    service: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "edition").mkdir()
    monkeypatch.chdir(tmp_path / "edition")
    monkeypatch.setenv(service, str(tmp_path))
    for file in ("tei/a.xml", "../edition/tei/a.xml", tmp_path / "edition/tei/a.xml"):
        assert "file=edition/tei/a.xml," in render("github", [finding(Path(file))])
    (elsewhere,) = json.loads(render("gitlab", [finding(Path("/elsewhere/a.xml"))]))
    assert elsewhere["location"]["path"] == "/elsewhere/a.xml"


@pytest.mark.parametrize("is_linked", [False, True])
def test_at_a_desk_the_checkout_begins_where_git_lies(
    is_linked: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for service in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(service, raising=False)
    (tmp_path / "edition").mkdir()
    monkeypatch.chdir(tmp_path / "edition")
    if is_linked:
        (tmp_path / ".git").write_text("gitdir: elsewhere", encoding="utf-8")
    else:
        (tmp_path / ".git").mkdir()
    assert "file=edition/tei/a.xml," in render("github", [finding(Path("tei/a.xml"))])


def sarif_run(*found: Diagnostic) -> dict[str, Any]:
    run: dict[str, Any] = json.loads(render("sarif", found))["runs"][0]
    return run


def test_sarif_names_rule_place_and_level() -> None:
    run = sarif_run(finding(Path("a b.xml")))
    (result,) = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "T001"
    assert result["level"] == "error"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "a%20b.xml", "uriBaseId": "%SRCROOT%"}
    assert place["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"]
    assert place["region"] == {"startLine": 2, "startColumn": 3}


def test_sarif_explains_its_rules() -> None:
    said = replace(finding(Path("a.xml")), code="V301")
    (rule,) = sarif_run(said)["tool"]["driver"]["rules"]
    assert rule["name"] == "NoSuchId"
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert 'ref="#clra"' in rule["help"]["text"]
    assert "```\n<p>Dear" in rule["help"]["markdown"]


def test_sarif_marks_the_whole_tag(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    file.write_text("<a>\n <b c='d'>x</b></a>", encoding="utf-8")
    (result,) = sarif_run(finding(file, 2, 2))["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 2, "startColumn": 2, "endColumn": 11}


def test_fingerprints_stay_when_lines_move_and_tell_like_findings_apart(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"

    def prints(text: str, *lines: int) -> list[str]:
        file.write_text(text, encoding="utf-8")
        run = sarif_run(*(finding(file, line, 1) for line in lines))
        return [each["partialFingerprints"]["placeContent/v1"] for each in run["results"]]

    before = prints("<a>\n<b/>\n<b/>\n</a>", 2, 3)
    assert prints("<a>\n\n\n<b/>\n\n<b/>\n</a>", 4, 6) == before
    assert len(set(before)) == 2


def test_gitlab_gets_what_its_reports_must_have() -> None:
    (issue,) = json.loads(render("gitlab", [finding(Path("a.xml"))]))
    assert issue == {
        "description": "wrong, 100 % sure. Mend it.",
        "check_name": "T001",
        "fingerprint": issue["fingerprint"],
        "severity": "major",
        "location": {"path": "a.xml", "lines": {"begin": 2}},
    }
    assert len(issue["fingerprint"]) == 64


def test_what_is_given_is_shown_instead_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    file.write_text("old\nold\n", encoding="utf-8")
    sources = Sources({str(file): b"new\nnew\n"})
    assert "2 | new" in render("text", [finding(file)], sources)


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1", "utf-8-sig"])
def test_the_place_is_found_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.xml"
    file.write_bytes("<a>é\n <b/></a>".encode(encoding))
    assert Sources().content(finding(file, 2, 2)) == "<b/>"


@pytest.mark.parametrize("place", [(1, 1), (9, 9), (2, 99)])
def test_a_place_that_is_not_there_has_no_content(tmp_path: Path, place: tuple[int, int]) -> None:
    assert Sources().content(finding(tmp_path / "absent.xml", *place)) == ""
    (tmp_path / "empty.xml").write_bytes(b"")
    assert Sources().content(finding(tmp_path / "empty.xml", *place)) == ""


def test_junit_is_well_formed_whatever_a_document_says() -> None:
    hostile = KIND.at(Position('a"<b.xml', 1, 1), "a \x1b \ufffe & ]]> <x>", "Mend it.")
    root = etree.fromstring(render("junit", [hostile, finding(Path("b.xml"))]).encode())
    assert [suite.get("failures") for suite in root] == ["1", "1"]
    assert root[0][0].get("classname") == 'a"<b.xml'


def test_junit_has_a_test_where_nothing_is_found() -> None:
    root = etree.fromstring(render("junit", []).encode())
    assert (root.get("tests"), root.get("failures")) == ("1", "0")
    assert len(root.findall("testsuite/testcase")) == 1


def test_formats_are_found_by_their_files() -> None:
    assert {"text", "json", "github", "sarif", "junit", "gitlab"} <= set(names())


def test_an_error_crosses_a_process_border_unchanged() -> None:
    error = DiagnosticError(finding(Path("a.xml")))
    assert pickle.loads(pickle.dumps(error)).diagnostics == error.diagnostics  # noqa: S301


class _Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environment", "expected"),
    [
        (_Terminal(), {}, True),
        (_Terminal(), {"NO_COLOR": ""}, True),
        (_Terminal(), {"NO_COLOR": "1"}, False),
        (_Terminal(), {"TERM": "dumb"}, False),
        (StringIO(), {}, False),
    ],
)
def test_colours_are_for_terminals_and_for_those_who_want_them(
    stream: StringIO, environment: dict[str, str], expected: bool
) -> None:
    assert wanted(stream, environment) is expected


def test_colours_leave_the_characters_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "with space.xml"
    file.write_text("one\nb.xml:1:2: error X001: two\n", encoding="utf-8")
    plain = render("text", [finding(file)])
    painted = coloured(plain)
    assert "\x1b[1;31merror\x1b[0m" in painted
    assert painted.count("\x1b[1;31m") == 1
    assert re.sub("\x1b\\[[0-9;]*m", "", painted) == plain
