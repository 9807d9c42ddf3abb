"""What a user of ``tei schema compare`` can rely on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.hall.conftest import Run
from toolkit.validate.relaxng.comparison import Difference


@pytest.fixture(autouse=True)
def schemas(tmp_path: Path) -> None:
    Path(tmp_path, "one.rnc").write_text("start = element a { element b { empty }* }")
    Path(tmp_path, "same.rnc").write_text("start = element a { b* } b = element b { empty }")
    Path(tmp_path, "more.rnc").write_text("start = element a { element b { text }* }")
    Path(tmp_path, "broken.rnc").write_text("start = element a {")


def test_the_exit_code_tells_whether_the_schemas_are_the_same(tei: Run) -> None:
    code, out, _ = tei("schema", "compare", "one.rnc", "same.rnc")
    assert (code, out.splitlines()[-1]) == (
        0,
        "A and B accept the same documents (2 elements compared).",
    )
    code, out, _ = tei("schema", "compare", "one.rnc", "more.rnc")
    assert code == 1
    assert "Only B accepts:\n  text in <b>\n    a/b: <b>text</b>\n" in out


def test_the_comparison_comes_as_json(tei: Run, repository: Path) -> None:
    code, out, _ = tei("schema", "compare", "one.rnc", "more.rnc", "--format", "json")
    told = json.loads(out)
    schema = json.loads((repository / "schemas" / "comparison.schema.json").read_text("utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(told)) == []
    kinds = schema["$defs"]["difference"]["properties"]["difference"]["enum"]
    assert kinds == list(Difference)
    assert code == 1
    assert (told["A"], told["B"], told["same"]) == ("one.rnc", "more.rnc", False)
    assert told["differences"][0]["document"] == "<a><b>text</b></a>"


@pytest.mark.parametrize("other", ["broken.rnc", "missing.rng"])
def test_a_schema_that_cannot_be_used_is_named(tei: Run, other: str) -> None:
    code, out, err = tei("schema", "compare", "one.rnc", other)
    assert (code, out) == (2, "")
    assert other in err


def test_a_schema_of_the_toolkit_goes_by_its_name(tei: Run) -> None:
    code, out, _ = tei("schema", "compare", "tei", "one.rnc")
    assert (code, out.splitlines()[:2]) == (1, ["A: tei", "B: one.rnc"])
    assert "<TEI> as outermost element; B has no such element" in out


def test_an_unknown_format_is_wrong_use(tei: Run) -> None:
    code, _, err = tei("schema", "compare", "one.rnc", "one.rnc", "--format", "bogus")
    assert code == 2
    assert "there are: text, json" in err
