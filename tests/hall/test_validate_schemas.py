"""The reports of ``tei validate`` tell what the files were checked against."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.hall.conftest import Run
from tests.letter import LETTER

OTHER = "start = element note { text }"
NOTE = '<?xml-model href="note.rnc"?><note>{}</note>'


@pytest.fixture
def files(tei: Run) -> None:
    """Write a letter, and two files with a schema of their own, one of them valid."""
    Path("note.rnc").write_text(OTHER, encoding="utf-8")
    Path("letter.xml").write_text(LETTER, encoding="utf-8")
    Path("a.xml").write_text(NOTE.format("x"), encoding="utf-8")
    Path("b.xml").write_text(NOTE.format("<bogus/>"), encoding="utf-8")


def test_the_closing_lines_name_the_schemas(tei: Run, files: None) -> None:
    _, _, err = tei("validate", "letter.xml", "a.xml", "b.xml")
    assert "Schema: note.rnc, sha256 " in err
    assert "(xml-model) for 2 files\n" in err
    assert "Schema: tei, TEI P5 4.12.0 (bundled) for 1 file\n" in err
    _, _, err = tei("validate", "letter.xml")
    assert err.startswith("Schema: tei, TEI P5 4.12.0 (bundled)\n")


def test_an_option_and_an_edition_are_named_as_the_origin(tei: Run, files: None) -> None:
    _, _, err = tei("validate", "a.xml", "--schema", "note.rnc")
    assert "(option)" in err
    settings = 'title = "A"\nlanguage = "en"\nschema = "note.rnc"\n'
    Path("edition.toml").write_text(settings, encoding="utf-8")
    _, _, err = tei("validate", "a.xml")
    assert "(edition)" in err


def test_json_names_the_schemas_of_the_file(tei: Run, files: None, repository: Path) -> None:
    _, out, _ = tei("validate", "letter.xml", "b.xml", "--format", "json")
    (found,) = json.loads(out)
    (schema,) = found["schemas"]
    assert (schema["name"], schema["origin"]) == ("note.rnc", "xml-model")
    form = json.loads((repository / "schemas" / "findings.schema.json").read_text("utf-8"))
    Draft202012Validator(form).validate([found])


def test_sarif_names_the_schemas_of_the_run(tei: Run, files: None) -> None:
    _, out, _ = tei("validate", "letter.xml", "a.xml", "b.xml", "--format", "sarif")
    (run,) = json.loads(out)["runs"]
    named = [(each["name"], each["files"]) for each in run["properties"]["schemas"]]
    assert named == [("note.rnc", 2), ("tei", 1)]


def test_an_address_that_is_not_at_hand_is_told_once(tei: Run, files: None) -> None:
    for name in ("c.xml", "d.xml"):
        model = '<?xml-model href="https://example.org/x.rng"?>'
        Path(name).write_text(f"{model}{LETTER.partition('?>')[2] or LETTER}", encoding="utf-8")
    _, out, _ = tei("validate", "c.xml", "d.xml", "--format", "json")
    told = [found["file"] for found in json.loads(out) if found["code"] == "V191"]
    assert told == ["c.xml"]
