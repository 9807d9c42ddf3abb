"""Which findings of ``tei validate`` count, and how they are shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.hall.conftest import Run
from tests.letter import LETTER
from toolkit.checking.codes import Codes, UnknownCodeError, code_of
from toolkit.diagnostics import Kind, Position, Severity
from toolkit.diagnostics.explanation import names

SETTINGS = 'title = "A"\nlanguage = "en"\n'


def letter(*spoiled: str) -> str:
    """Return a letter with some mistakes in its text."""
    return LETTER.replace("<p>thank", "".join(f"<p>{each}</p>\n" for each in spoiled) + "<p>thank")


UNKNOWN = "<bogus/>"  # V101
POINTER = '<ref target="#nobody">x</ref>'  # V301
EMPTY = "<hi/>"  # V602


def codes(tei: Run, *arguments: object) -> list[str]:
    _, out, _ = tei("validate", *arguments, "--format", "json")
    return [found["code"] for found in json.loads(out)]


@pytest.fixture
def spoiled(tei: Run) -> Path:
    """Return a letter with three mistakes."""
    path = Path("a.xml")
    path.write_text(letter(UNKNOWN, POINTER, EMPTY), encoding="utf-8")
    assert codes(tei, path) == ["V101", "V301", "V602"]
    return path


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--select", "V1"), ["V101"]),
        (("--select", "V1,V3"), ["V101", "V301"]),
        (("--select", "v101", "--select", "rule-warning"), ["V101", "V602"]),
        (("--ignore", "V"), []),
        (("--ignore", "V", "--select", "V301"), ["V301"]),
        (("--select", "V", "--ignore", "V6"), ["V101", "V301"]),
        (("--select", "V301", "--ignore", "V301"), []),
        (("--no-schematron",), ["V101", "V301"]),
        (("--no-references",), ["V101", "V602"]),
    ],
)
def test_codes_are_selected_and_ignored(
    tei: Run, spoiled: Path, options: tuple[str, ...], expected: list[str]
) -> None:
    assert codes(tei, spoiled, *options) == expected


def test_what_keeps_a_file_from_being_checked_always_counts(tei: Run) -> None:
    Path("a.xml").write_text("<TEI><p></TEI>")
    assert codes(tei, "a.xml", "absent.xml", "--select", "V6", "--ignore", "X") == ["X001", "F001"]


@pytest.mark.parametrize("word", ["V999", "bogus", "V1O1", "unknown-elment", "V1011"])
def test_an_unknown_code_is_wrong_use(tei: Run, word: str) -> None:
    code, _, err = tei("validate", "a.xml", "--select", word)
    assert code == 2
    assert f"“{word}”" in err
    if word == "unknown-elment":
        assert "Did you mean “unknown-element”?" in err


def test_settings_say_which_codes_count(tei: Run, spoiled: Path) -> None:
    Path("edition.toml").write_text(SETTINGS + '[validate]\nignore = ["V1", "rule-warning"]\n')
    assert codes(tei, spoiled) == ["V301"]
    assert codes(tei, spoiled, "--ignore", "V3") == ["V101", "V602"]


def test_settings_excuse_files(tei: Run) -> None:
    ignored = '[validate.per-file-ignores]\n"old/*" = ["V1", "V6"]\n"*/b.xml" = ["V301"]\n'
    Path("edition.toml").write_text(SETTINGS + ignored)
    for name in ("old/a.xml", "old/deep/b.xml", "new/b.xml"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(letter(UNKNOWN, POINTER, EMPTY), encoding="utf-8")
    assert codes(tei, "old/a.xml", "old/deep/b.xml", "new/b.xml") == ["V301", "V101", "V602"]


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ('[validate]\nselect = ["V1", "V99"]\n', (4, 1)),
        ('[validate.per-file-ignores]\n"a b.xml" = ["bogus"]\n', (4, 2)),
        ('[validate]\nselct = ["V1"]\n', (4, 1)),
    ],
)
def test_a_wrong_code_in_the_settings_is_shown_with_its_line(
    tei: Run, lines: str, where: tuple[int, int]
) -> None:
    Path("edition.toml").write_text(SETTINGS + lines)
    code, _, err = tei("validate")
    assert code == 2
    assert f"edition.toml:{where[0]}:{where[1]}: error E003" in err


def test_a_wrong_profile_in_the_settings_is_shown_with_its_line(tei: Run) -> None:
    Path("tei").mkdir()
    Path("tei/a.xml").write_text(letter(), encoding="utf-8")
    Path("edition.toml").write_text(SETTINGS + 'conventions = "merchant"\n')
    code, _, err = tei("validate")
    assert code == 2
    assert "edition.toml:3:1: error C201" in err


@given(st.sampled_from(sorted(names())), st.integers(1, 4), st.integers(1, 4))
def test_the_longer_beginning_of_a_code_decides(code: str, selected: int, ignored: int) -> None:
    counted = Codes(select=(code[:selected],), ignore=(code[:ignored],)).counts(code)
    assert counted == (selected > ignored)


@given(st.text(max_size=8))
def test_a_word_is_a_code_or_refused(word: str) -> None:
    try:
        code = code_of(word)
    except UnknownCodeError as error:
        assert error.hint.endswith("tei explain lists all codes.")
    else:
        assert any(known.startswith(code) for known in names())


class TestBaseline:
    def test_old_findings_are_known_and_new_ones_fail(self, tei: Run, spoiled: Path) -> None:
        code, out, err = tei("validate", spoiled, "--write-baseline", "known.json")
        assert (code, out) == (0, "")
        assert "3 known from the baseline" in err
        assert tei("validate", spoiled, "--baseline", "known.json")[0] == 0
        spoiled.write_text(letter(UNKNOWN, UNKNOWN, POINTER, EMPTY), encoding="utf-8")
        assert codes(tei, spoiled, "--baseline", "known.json") == ["V101"]

    def test_moved_lines_are_not_new(self, tei: Run, spoiled: Path) -> None:
        tei("validate", spoiled, "--write-baseline", "known.json")
        text = spoiled.read_text(encoding="utf-8")
        spoiled.write_text(text.replace("<p>", "\n\n  <p>\n"), encoding="utf-8")
        assert codes(tei, spoiled, "--baseline", "known.json") == []

    def test_it_is_the_same_text_wherever_it_is_written(self, tei: Run, spoiled: Path) -> None:
        Path("ci").mkdir()
        tei("validate", spoiled, "--write-baseline", "ci/known.json")
        first = Path("ci/known.json").read_bytes()
        tei("validate", spoiled.absolute(), "--write-baseline", Path("ci/known.json").absolute())
        assert Path("ci/known.json").read_bytes() == first
        assert list(json.loads(first)["files"]) == ["../a.xml"]

    def test_it_follows_its_schema(self, tei: Run, spoiled: Path, repository: Path) -> None:
        tei("validate", spoiled, "--write-baseline", "known.json")
        said = json.loads(Path("known.json").read_text(encoding="utf-8"))
        schema = json.loads((repository / "schemas" / "baseline.schema.json").read_text("utf-8"))
        assert list(Draft202012Validator(schema).iter_errors(said)) == []
        assert said["files"]["a.xml"][0] == {"code": "V101", "content": "<bogus/>", "count": 1}

    def test_mended_findings_are_told_as_no_longer_needed(self, tei: Run, spoiled: Path) -> None:
        other = Path("b.xml")
        other.write_text(letter(UNKNOWN), encoding="utf-8")
        tei("validate", ".", "--write-baseline", "known.json")
        spoiled.write_text(letter(POINTER, EMPTY), encoding="utf-8")
        code, out, _ = tei("validate", ".", "--baseline", "known.json")
        assert code == 0
        assert "known.json:1:1: note E202: 1 of the findings V101 that are known of a.xml" in out
        other.unlink()
        assert codes(tei, ".", "--baseline", "known.json") == ["E202", "E202"]

    @pytest.mark.parametrize(
        "options", [("--select", "V3"), ("--no-schematron",), ("--no-references",), ("b.xml",)]
    )
    def test_what_was_not_looked_for_is_not_told_as_mended(
        self, tei: Run, spoiled: Path, options: tuple[str, ...]
    ) -> None:
        Path("b.xml").write_text(LETTER, encoding="utf-8")
        tei("validate", ".", "--write-baseline", "known.json")
        paths = () if options == ("b.xml",) else (spoiled,)
        assert codes(tei, *paths, *options, "--baseline", "known.json") == []

    def test_a_file_that_cannot_be_checked_is_not_told_as_mended(
        self, tei: Run, spoiled: Path
    ) -> None:
        tei("validate", spoiled, "--write-baseline", "known.json")
        spoiled.write_text("<TEI>", encoding="utf-8")
        assert codes(tei, spoiled, "--baseline", "known.json") == ["X001"]

    def test_a_file_that_cannot_be_checked_is_never_known(self, tei: Run) -> None:
        Path("broken.xml").write_text("<TEI>", encoding="utf-8")
        Path("schema.rng").write_text("<none/>", encoding="utf-8")
        Path("whole.xml").write_text(letter(), encoding="utf-8")
        for code, arguments in (
            (1, ("broken.xml",)),
            (2, ("whole.xml", "--schema", "schema.rng")),
        ):
            assert tei("validate", *arguments, "--write-baseline", "known.json")[0] == code
            assert json.loads(Path("known.json").read_text("utf-8"))["files"] == {}

    def test_a_baseline_of_old_does_not_hide_a_file_that_cannot_be_checked(self, tei: Run) -> None:
        Path("broken.xml").write_text("<TEI>", encoding="utf-8")
        entry = {"code": "X001", "content": "<TEI>", "count": 9}
        for content in ("", "<TEI>"):
            known = {"version": 1, "files": {"broken.xml": [{**entry, "content": content}]}}
            Path("known.json").write_text(json.dumps(known), encoding="utf-8")
            assert codes(tei, "broken.xml", "--baseline", "known.json") == ["X001"]

    def test_a_missing_file_is_never_known(self, tei: Run) -> None:
        assert tei("validate", "absent.xml", "--write-baseline", "known.json")[0] == 1
        assert tei("validate", "absent.xml", "--baseline", "known.json")[0] == 1

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (None, "F001"),
            ("{", "known.json:1:2: error E201"),
            ("[]", "E201"),
            ('{"version": 2, "files": {}}', "E201"),
            ('{"version": 1, "files": {"a.xml": [{"code": "V101"}]}}', "E201"),
            ("[" * 100_000, "E201"),
        ],
    )
    def test_a_baseline_that_is_none_is_wrong_use(
        self, tei: Run, spoiled: Path, text: str | None, said: str
    ) -> None:
        if text is not None:
            Path("known.json").write_text(text)
        code, _, err = tei("validate", spoiled, "--baseline", "known.json")
        assert code == 2
        assert said in err


def test_statistics_count_each_code_the_most_frequent_first(tei: Run, repository: Path) -> None:
    Path("a.xml").write_text(letter(POINTER, UNKNOWN, UNKNOWN), encoding="utf-8")
    code, out, _ = tei("validate", "a.xml", "--statistics")
    assert code == 1
    assert [line.split()[:3] for line in out.splitlines()] == [
        ["2", "V101", "unknown-element"],
        ["1", "V301", "no-such-id"],
    ]
    assert "a.xml:33:4: `<bogus>` is not a TEI element" in out
    said = json.loads(tei("validate", "a.xml", "--statistics", "--format", "json")[1])
    schema = json.loads((repository / "schemas" / "statistics.schema.json").read_text("utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(said)) == []
    assert [each["count"] for each in said] == [2, 1]


def test_findings_are_written_into_a_file(tei: Run, spoiled: Path) -> None:
    arguments = ("validate", spoiled, "--format", "sarif", "--output-file", "out/tei.sarif")
    code, out, _ = tei(*arguments)
    assert (code, out) == (1, "")
    (run,) = json.loads(Path("out/tei.sarif").read_text(encoding="utf-8"))["runs"]
    assert [each["ruleId"] for each in run["results"]] == ["V101", "V301", "V602"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--watch", "--write-baseline", "b.json"),
        ("--watch", "-"),
        ("-", "--write-baseline", "b.json"),
        ("--write-baseline", "b.json", "--changed-since", "main"),
        ("--stdin-filename", "b.xml"),
        ("--watch", "--format", "json"),
        ("--statistics", "--format", "sarif"),
    ],
)
def test_options_that_contradict_each_other_are_wrong_use(
    tei: Run, arguments: tuple[str, ...]
) -> None:
    code, _, err = tei("validate", "a.xml", *arguments)
    assert code == 2
    assert err.startswith("tei: ")


def test_a_build_leaves_out_what_does_not_count(tei: Run) -> None:
    tei("init", "letters")
    settings = Path("letters/edition.toml")
    Path("letters/tei/spoiled.xml").parent.mkdir(exist_ok=True)
    Path("letters/tei/spoiled.xml").write_text(letter(EMPTY), encoding="utf-8")
    build = ("build", "--edition", "letters", "--format", "json")
    assert "V602" in tei(*build)[1]
    settings.write_text(settings.read_text("utf-8") + '\n[validate]\nignore = ["V602"]\n')
    assert "V602" not in tei(*build)[1]


def test_a_finding_keeps_its_code_for_codes_that_no_explanation_has() -> None:
    kind = Kind("T001", "test", Severity.ERROR, "A finding of the tests.")
    found = kind.at(Position("a.xml"), "wrong")
    assert Codes().counting([found]) == (found,)
    assert Codes(select=("V",)).counting([found]) == ()
