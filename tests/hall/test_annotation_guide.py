"""The guide to annotation: its walk through does what the guide says."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest

from tests.hall.conftest import Run
from toolkit.reviewing.screen import KEYS


@pytest.fixture
def guide(repository: Path) -> str:
    return (repository / "docs" / "annotation.md").read_text(encoding="utf-8")


def blocks(guide: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", guide, re.DOTALL | re.MULTILINE)


def test_the_walk_through_gives_what_the_guide_shows(
    guide: str, tmp_path: Path, tei: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter, tagged = blocks(guide, "xml")
    imported, annotated, asked, answered = blocks(guide, "text")
    (tmp_path / "edition.toml").write_text('title = "Letters of a miller"\nlanguage = "en"\n')
    (tmp_path / "tei").mkdir()
    (tmp_path / "tei" / "1864-05-02.xml").write_text(letter, encoding="utf-8")
    (tmp_path / "persons.csv").write_text(blocks(guide, "csv")[0], encoding="utf-8")
    assert tei("register", "import", "persons.csv", "--kind", "person") == (0, "", imported)
    assert tei("annotate") == (0, "", annotated)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(sys, "stdin", io.StringIO("p\n2\n1\nq\n"))
    code, out, err = tei("review")
    assert (code, err) == (0, answered)
    assert asked in out
    assert tei("annotate")[0] == 0
    assert tagged in (tmp_path / "tei" / "1864-05-02.xml").read_text(encoding="utf-8")
    decided = (tmp_path / "annotation" / "decisions.toml").read_text(encoding="utf-8")
    assert decided.endswith(blocks(guide, "toml")[0])


def test_the_guide_explains_every_key(guide: str) -> None:
    section = guide.partition("\n## Keys of the review\n")[2].partition("\n## ")[0]
    explained = set(re.findall(r"`(\S)`", section))
    assert {key for keys, _ in KEYS for key in keys if key not in " ,"} <= explained
