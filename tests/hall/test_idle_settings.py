"""A setting that can have no effect is told at its place, with what is nearest."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.diagnostics import Diagnostic
from toolkit.edition import load_edition
from toolkit.idle_settings import idle_settings
from toolkit.pipeline.build import publish_edition
from toolkit.pipeline.running import Options

GOOD = 'title = "Letters"\nlanguage = "en"\n'
LETTER = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>T</title>'
    "</titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc>"
    '</teiHeader><text><body><p>a<note type="textual" resp="#ab #cd">n</note></p></body>'
    "</text></TEI>"
)
NOTES = frozenset({("textual", "#ab #cd"), ("", "#ef")})


def edition_in(folder: Path, settings: str) -> Path:
    (folder / "edition.toml").write_text(GOOD + settings, "utf-8")
    (folder / "tei").mkdir(exist_ok=True)
    for stem in ("letter-1", "letter-2"):
        (folder / "tei" / f"{stem}.xml").write_text(LETTER, "utf-8")
    (folder / "transcriptions").mkdir(exist_ok=True)
    (folder / "transcriptions" / "diary.txt").write_text("x", "utf-8")
    return folder


def idle_in(folder: Path, settings: str) -> tuple[Diagnostic, ...]:
    return idle_settings(load_edition(edition_in(folder, settings)), NOTES)


@pytest.mark.parametrize(
    ("settings", "line", "column", "message", "hint"),
    [
        (
            '[print]\ndocuments = ["letter-*",\n  "leter-1"]',
            5,
            3,
            "“leter-1”",
            "letter-1, letter-2",
        ),
        ('[print]\ndocuments = ["letter-1.xml"]', 4, 14, "“letter-1.xml”", "Leave out “.xml”"),
        ('[print]\ndocuments = ["18*"]', 4, 14, "“18*”", "There are: diary, letter-1, letter-2."),
        (
            '[[documents]]\nmatch = "dairy.txt"\nconventions = "default"',
            *(4, 9, "no transcription is called “dairy.txt”", "Nearest: diary.txt"),
        ),
        (
            '[[documents]]\nmatch = "*"\nconventions = "default"\n'
            '[[documents]]\nmatch = "diary*"\nconventions = "default"',
            *(7, 9, "met by a block above", "above that one"),
        ),
        ('[validate.per-file-ignores]\n"te/*" = ["V402"]', 4, 2, "“te/*”", "tei/letter-1.xml"),
        ('schemas = "scheme"', 3, 1, "“scheme” of schemas is not there", "tei schema add"),
        ('[print]\nline-numbers = "off"\nline-interval = 3', 5, 1, "has no effect", "Take one"),
        (
            '[print]\nline-numbers = "off"\napparatus = "lines"',
            5,
            1,
            "cannot name lines",
            "letters",
        ),
        ('[[note-series]]\ntitle = "A"\ntype = "text"', 5, 8, 'type="text"', "Nearest: textual."),
        ('[[note-series]]\ntitle = "A"\nresp = "ab"', 5, 8, 'resp="ab"', "#ab"),
        (
            '[[note-series]]\ntitle = "A"\ntype = "textual"\nresp = "#ef"',
            *(3, 3, "no note has both", "Take out one"),
        ),
        (
            '[[note-series]]\ntitle = "A"\ntype = "textual"\n'
            '[[note-series]]\ntitle = "B"\nresp = "#ab"',
            *(6, 3, "all notes of the series “B”", "narrower one above"),
        ),
    ],
)
def test_what_has_no_effect_is_told_at_its_place(
    settings: str, line: int, column: int, message: str, hint: str, tmp_path: Path
) -> None:
    (found,) = idle_in(tmp_path, settings)
    assert (found.code, found.file) == ("E006", str(tmp_path / "edition.toml"))
    assert (found.line, found.column) == (line, column)
    assert message in found.message
    assert hint in found.hint


def test_settings_that_have_an_effect_are_not_told(tmp_path: Path) -> None:
    settings = (
        '[print]\ndocuments = ["letter-?", "diary"]\nline-interval = 3\n'
        '[[documents]]\nmatch = "*.txt"\nconventions = "default"\n'
        '[[note-series]]\ntitle = "A"\nresp = "#cd"\n[[note-series]]\ntitle = "B"\nresp = "#ef"\n'
        '[validate.per-file-ignores]\n"tei/*" = ["V402"]\n'
    )
    assert idle_in(tmp_path, settings) == ()


def test_an_edition_without_documents_is_told_nothing(tmp_path: Path) -> None:
    (tmp_path / "edition.toml").write_text(GOOD + '[print]\ndocuments = ["a"]\n', "utf-8")
    assert idle_settings(load_edition(tmp_path), frozenset()) == ()


def test_publishing_tells_what_has_no_effect_once(tmp_path: Path) -> None:
    settings = '[print]\ndocuments = ["gone"]\n[[note-series]]\ntitle = "A"\ntype = "text"'
    edition = load_edition(edition_in(tmp_path, settings))
    reports = publish_edition(edition, ("text",), tmp_path / "output", Options(jobs=1))
    found = [d for report in reports for d in report.diagnostics if d.code == "E006"]
    assert [d.line for d in found] == [4, 7]
