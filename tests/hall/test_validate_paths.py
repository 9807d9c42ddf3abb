"""Which files ``tei validate`` looks at."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from tests.hall.conftest import Run
from tests.letter import LETTER
from toolkit.checking.paths import expand

BROKEN = "<TEI><p></TEI>"


def write(*names: str, text: str = LETTER) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")


def found(tei: Run, *arguments: str) -> list[tuple[str, str]]:
    """Return code and file of each finding."""
    _, out, _ = tei("validate", *arguments, "--format", "json", "--no-schematron")
    return [(each["code"], each["file"]) for each in json.loads(out)]


@pytest.fixture
def names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Return a function that expands paths in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*paths: str) -> list[str]:
        files, _ = expand(map(Path, paths), ".xml")
        return [file.as_posix() for file in files]

    return run


def test_folders_files_and_patterns_name_each_file_once(names: Callable[..., list[str]]) -> None:
    write("tei/b.xml", "tei/a.xml", "tei/deep/c.XML", "tei/notes.txt")
    assert names("tei") == ["tei/a.xml", "tei/b.xml", "tei/deep/c.XML"]
    assert names("tei/b.xml", "tei", "./tei/b.xml") == [
        "tei/b.xml",
        "tei/a.xml",
        "tei/deep/c.XML",
    ]
    assert names("tei/**/*.xml") == ["tei/a.xml", "tei/b.xml"]
    assert names("tei/**") == names("tei")
    assert names("t*") == names("tei")
    assert names("tei/[ab].xml") == ["tei/a.xml", "tei/b.xml"]
    assert names(str(Path.cwd() / "tei/?.xml")) == [str(Path.cwd() / f"tei/{c}.xml") for c in "ab"]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(
    names: Callable[..., list[str]],
) -> None:
    write("a[1].xml", "a1.xml")
    assert names("a[1].xml") == ["a[1].xml"]


def test_hidden_files_and_folders_are_left_out(names: Callable[..., list[str]]) -> None:
    write(".git/a.xml", ".b.xml", "c.xml")
    assert names(".") == names("**/*.xml") == ["c.xml"]


def test_links_that_lead_in_a_circle_end(names: Callable[..., list[str]]) -> None:
    write("tei/a.xml")
    Path("tei/again").symlink_to(Path("tei").absolute())
    Path("tei/once-more").symlink_to(Path("tei").absolute())
    assert names("tei") == names("tei/**/*.xml") == ["tei/a.xml"]


def test_every_path_that_cannot_be_meant_is_a_finding(tei: Run) -> None:
    write("good.xml")
    Path("empty").mkdir()
    Path("empty.xml").write_bytes(b"")
    Path("picture.xml").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    Path("loop.xml").symlink_to("loop.xml")
    Path("nowhere.xml").symlink_to("void.xml")
    os.mkfifo("pipes.xml")
    arguments = ["absent.xml", "x/*.xml", "a**/b", "empty", "/dev/zero", "."]
    assert sorted(found(tei, *arguments)) == [
        ("F001", "a**/b"),
        ("F001", "absent.xml"),
        ("F001", "empty"),
        ("F001", "nowhere.xml"),
        ("F001", "x/*.xml"),
        ("F002", "/dev/zero"),
        ("F002", "loop.xml"),
        ("F002", "pipes.xml"),
        ("F003", "empty.xml"),
        ("X001", "picture.xml"),
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_a_finding(tei: Run) -> None:
    write("tei/a.xml", "tei/closed/b.xml", "c.xml")
    Path("tei/closed").chmod(0)
    Path("c.xml").chmod(0)
    try:
        assert found(tei, "tei", "c.xml") == [("F002", "tei/closed"), ("F002", "c.xml")]
    finally:
        Path("tei/closed").chmod(0o755)


def test_a_file_that_vanishes_during_the_run_is_a_finding(
    tei: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from toolkit.checking import run

    def expanded(*_: object) -> tuple[list[Path], list[object]]:
        return [Path("gone.xml"), Path("here.xml")], []

    write("here.xml", text=BROKEN)
    monkeypatch.setattr(run, "expand", expanded)
    assert found(tei, ".") == [("F001", "gone.xml"), ("X001", "here.xml")]


def test_an_edition_without_documents_is_no_success(tei: Run) -> None:
    Path("edition.toml").write_text('title = "A"\nlanguage = "en"\n')
    assert found(tei) == [("F001", "tei")]
    write("tei/registers/persons.xml")
    assert ("F001", "tei") not in found(tei)


def test_a_link_that_leads_nowhere_is_told_of_as_such(tei: Run) -> None:
    Path("a.xml").symlink_to("absent.xml")
    Path("b.xml").symlink_to("b.xml")
    _, out, _ = tei("validate", "a.xml", "b.xml")
    assert "this link leads to a file that is not there" in out
    assert out.count("Mend the link") == 2


def test_standard_input_is_named_and_shown_as_it_is(
    tei: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def give(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(text.encode())))

    write("letter.xml", text="what the disk has is older")
    give(LETTER.replace("<p>thank", "<p><bogus/>thank"))
    code, out, _ = tei("validate", "-", "--stdin-filename", "letter.xml")
    assert code == 1
    assert "letter.xml:32:12: error V101" in out
    assert "<p><bogus/>thank you" in out
    give("")
    assert found(tei, "-") == [("F003", "<stdin>")]
    give(BROKEN)
    assert found(tei, "-", "letter.xml") == [("X001", "<stdin>"), ("X001", "letter.xml")]


def git(*arguments: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository_of_letters(tei: Run) -> None:
    """Make a repository whose branch left main when it had the letters a, b and c."""
    git("init", "--quiet", "--initial-branch", "main")
    write("tei/a.xml", "tei/b.xml", "tei/c.xml", text=BROKEN)
    git("add", ".")
    git("commit", "--quiet", "--message", "letters")
    git("switch", "--quiet", "--create", "mine")


@pytest.mark.usefixtures("repository_of_letters")
class TestChangedSince:
    def test_committed_uncommitted_and_unknown_files_are_looked_at(self, tei: Run) -> None:
        assert found(tei, "tei", "--changed-since", "main") == []
        write("tei/a.xml", text=BROKEN + "<!-- committed -->")
        git("commit", "--quiet", "--all", "--message", "a")
        write("tei/b.xml", text=BROKEN + "<!-- not committed -->")
        write("tei/new ä.xml", text=BROKEN)
        write(".gitignore", text="ignored.xml\n")
        write("tei/ignored.xml", text=BROKEN)
        looked_at = [file for _, file in found(tei, "tei", "--changed-since", "main")]
        assert looked_at == ["tei/a.xml", "tei/b.xml", "tei/new ä.xml"]

    def test_what_only_the_other_branch_changed_is_not_looked_at(self, tei: Run) -> None:
        git("switch", "--quiet", "main")
        write("tei/c.xml", text=BROKEN + "<!-- theirs -->")
        git("commit", "--quiet", "--all", "--message", "c")
        git("switch", "--quiet", "mine")
        assert found(tei, "tei", "--changed-since", "main") == []

    def test_files_that_were_deleted_are_not_missed(self, tei: Run) -> None:
        Path("tei/a.xml").unlink()
        assert found(tei, "tei", "--changed-since", "HEAD") == []

    def test_it_works_from_a_folder_below(self, tei: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        write("tei/a.xml", text=BROKEN + "<!-- changed -->")
        monkeypatch.chdir("tei")
        assert found(tei, ".", "--changed-since", "main") == [("X001", "a.xml")]

    @pytest.mark.parametrize(
        "revision", ["bogus", "--output=stolen", "-h", "", "main..mine", "@{u}"]
    )
    def test_a_revision_that_is_none_is_wrong_use(self, tei: Run, revision: str) -> None:
        code, _, err = tei("validate", "tei", f"--changed-since={revision}")
        assert code == 2
        assert err.startswith(f"tei: --changed-since {revision}: ")
        assert not Path("stolen").exists()

    def test_branches_without_a_common_commit_are_wrong_use(self, tei: Run) -> None:
        git("switch", "--quiet", "--orphan", "alone")
        write("tei/a.xml", text=BROKEN)
        git("add", ".")
        git("commit", "--quiet", "--message", "alone")
        code, _, err = tei("validate", "tei", "--changed-since", "main")
        assert code == 2
        assert "no commit in common" in err

    def test_no_program_of_the_configuration_is_run(self, tei: Run) -> None:
        write("trap", text="#!/bin/sh\ntouch sprung\ncat\n")
        Path("trap").chmod(0o755)
        trap = str(Path("trap").absolute())
        hooks = Path("hooks")
        hooks.mkdir()
        for hook in ("post-index-change", "pre-auto-gc"):
            (hooks / hook).symlink_to(trap)
        for key in ("core.fsmonitor", "diff.external", "core.pager", "filter.x.clean"):
            git("config", key, trap)
        git("config", "diff.x.textconv", trap)
        git("config", "core.hooksPath", str(hooks.absolute()))
        for command in ("diff-index", "merge-base", "ls-files", "rev-parse"):
            git("config", f"alias.{command}", f"!{trap}")
        write(".gitattributes", text="*.xml diff=x filter=x\n")
        write("tei/a.xml", text=BROKEN + "<!-- changed -->")
        assert found(tei, "tei", "--changed-since", "main") == [("X001", "tei/a.xml")]
        assert not Path("sprung").exists()


def test_outside_of_a_repository_there_are_no_revisions(tei: Run) -> None:
    write("a.xml")
    code, _, err = tei("validate", "a.xml", "--changed-since", "main")
    assert code == 2
    assert "not in a git repository" in err


def test_without_git_there_are_no_revisions(tei: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.xml")
    monkeypatch.setenv("PATH", "")
    code, _, err = tei("validate", "a.xml", "--changed-since", "main")
    assert code == 2
    assert "git is not installed" in err
